using System.Globalization;
using Copper.Client;
using Copper.Client.CustomFields;
using Copper.Client.Models;
using CopperPS.Binding.Completers;

namespace CopperPS.Binding.CustomFields;

/// <summary>
/// Begins the hashtable of <c>-CustomField</c> with a field of the entity: <c>@{ 'Preferred Language' = </c>, and once one field is left,
/// also with each of its choices. PowerShell asks no completer within the braces of a hashtable, so that is as far as it goes.
/// </summary>
public sealed class CustomFieldCompleter : AccountCompleter
{
    private protected override async Task<IEnumerable<Suggestion>> SuggestAsync(
        CopperClient client, TypedCommand command, CancellationToken cancellationToken)
    {
        var typed = CopperEntities.Primary
            .FirstOrDefault(entity => entity.Name.Equals(command.Noun, StringComparison.OrdinalIgnoreCase));
        if (typed?.Name is not { } entity)
        {
            return [];
        }

        var toSearch = command.Verb.Equals("Get", StringComparison.OrdinalIgnoreCase);
        var fields = (await client.Metadata.CustomFieldDefinitions.GetAsync(cancellationToken).ConfigureAwait(false))
            .Where(definition => definition.IsAvailableOn(entity)
                && definition.DataType != CustomFieldTypes.Connect
                && !string.IsNullOrWhiteSpace(definition.Name))
            .Where(definition => !toSearch
                || (definition.IsFilterable != false
                    && definition.DataType is not (CustomFieldTypes.ShortText or CustomFieldTypes.LongText or CustomFieldTypes.Url)))
            .OrderBy(static definition => definition.Name, StringComparer.CurrentCultureIgnoreCase)
            .ToArray();
        return Suggest(fields, command.Word).ToArray();
    }

    private static IEnumerable<Suggestion> Suggest(CopperCustomFieldDefinition[] fields, string sought)
    {
        var found = fields
            .Select(field => (Field: field, Rank: Completion.Rank(field.Name, sought)))
            .Where(static pair => pair.Rank is not null)
            .ToArray();
        foreach (var field in found.OrderBy(static pair => pair.Rank).Select(static pair => pair.Field))
        {
            // A name that several fields have is no good: the id tells them apart.
            var key = fields.Count(other => string.Equals(other.Name, field.Name, StringComparison.OrdinalIgnoreCase)) > 1
                ? field.Id.ToString(CultureInfo.InvariantCulture)
                : Completion.Quote(field.Name!);
            var begin = "@{ " + key + " = ";
            var choices = field.Options
                .Where(static option => !string.IsNullOrWhiteSpace(option.Name))
                .OrderBy(static option => option.Rank ?? long.MaxValue)
                .Select(static option => option.Name!)
                .ToArray();
            var tip = $"{field.Name} (id {field.Id}): {field.DataType}"
                + (choices.Length == 0 ? string.Empty : ", " + string.Join(", ", choices));
            yield return new Suggestion(begin, tip, field.Name, IsCode: true);
            foreach (var choice in found.Length == 1 ? choices : [])
            {
                yield return new Suggestion(begin + Completion.Quote(choice) + " }", tip, choice, IsCode: true);
            }
        }
    }
}
