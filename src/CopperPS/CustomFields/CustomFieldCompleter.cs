using System.Collections;
using System.Management.Automation;
using System.Management.Automation.Language;
using Copper.Client.Crm;
using Copper.Client.Crm.CustomFields;
using Copper.Client.Crm.Models;
using CopperPS.Connection;

namespace CopperPS.CustomFields;

/// <summary>
/// Begins the hashtable of <c>-CustomField</c> with a field of the entity: <c>@{ 'Preferred Language' = </c>, and once one field is left,
/// also with each of its choices. PowerShell asks no completer within the braces of a hashtable, so that is as far as it goes.
/// From the session's cache or by one quick request; whatever goes wrong, nothing is offered.
/// </summary>
public sealed class CustomFieldCompleter : IArgumentCompleter
{
    /// <summary>Longer than this nobody wants to wait for a suggestion.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(1.5);

    /// <inheritdoc/>
    public IEnumerable<CompletionResult> CompleteArgument(string commandName, string parameterName, string wordToComplete, CommandAst commandAst, IDictionary fakeBoundParameters)
    {
        try
        {
            var session = fakeBoundParameters.Contains("Session") ? PSObject.AsPSObject(fakeBoundParameters["Session"]).BaseObject as CopperSession : DefaultSession.Current;
            return session is { IsClosed: false } && EntityOf(commandName) is { } entity
                ? Suggest(FieldsOf(session, entity, commandName.EndsWith("Get-Copper" + entity, StringComparison.OrdinalIgnoreCase)), wordToComplete).ToArray()
                : [];
        }
        catch (Exception)
        {
            // A prompt must show no error because somebody pressed Tab.
            return [];
        }
    }

    private static string? EntityOf(string commandName) =>
        CopperEntityWord.All.FirstOrDefault(entity => commandName.EndsWith("-Copper" + entity.Singular, StringComparison.OrdinalIgnoreCase))?.Singular;

    /// <summary>The fields that can be written, or searched.</summary>
    private static CopperCustomFieldDefinition[] FieldsOf(CopperSession session, string entity, bool toSearch)
    {
        using var deadline = new CancellationTokenSource(Patience);
        var reading = Task.Run(() => session.Client.Metadata.CustomFieldDefinitions.GetAsync(deadline.Token));
        if (!reading.Wait(Patience))
        {
            return [];
        }

        return reading.Result
            .Where(definition => definition.IsAvailableOn(entity) && definition.DataType != CustomFieldTypes.Connect && !string.IsNullOrWhiteSpace(definition.Name))
            .Where(definition => !toSearch || (definition.IsFilterable != false && definition.DataType is not (CustomFieldTypes.ShortText or CustomFieldTypes.LongText or CustomFieldTypes.Url)))
            .OrderBy(static definition => definition.Name, StringComparer.CurrentCultureIgnoreCase)
            .ToArray();
    }

    private static IEnumerable<CompletionResult> Suggest(CopperCustomFieldDefinition[] fields, string? word)
    {
        var sought = (word ?? string.Empty).Trim('\'', '"', '@', '{', ' ');
        var found = fields.Select(field => (Field: field, Place: field.Name!.IndexOf(sought, StringComparison.OrdinalIgnoreCase))).Where(static pair => pair.Place >= 0).ToArray();
        foreach (var field in found.OrderBy(static pair => pair.Place > 0).Select(static pair => pair.Field))
        {
            // A name that several fields have is no good: the id tells them apart.
            var key = fields.Count(other => string.Equals(other.Name, field.Name, StringComparison.OrdinalIgnoreCase)) > 1
                ? field.Id.ToString(System.Globalization.CultureInfo.InvariantCulture)
                : Quote(field.Name!);
            var begin = "@{ " + key + " = ";
            var choices = field.Options.Where(static option => !string.IsNullOrWhiteSpace(option.Name)).OrderBy(static option => option.Rank ?? long.MaxValue).Select(static option => option.Name!).ToArray();
            var tip = $"{field.Name} (id {field.Id}): {field.DataType}" + (choices.Length == 0 ? string.Empty : ", " + string.Join(", ", choices));
            yield return new CompletionResult(begin, field.Name, CompletionResultType.ParameterValue, tip);
            foreach (var choice in found.Length == 1 ? choices : [])
            {
                yield return new CompletionResult(begin + Quote(choice) + " }", choice, CompletionResultType.ParameterValue, tip);
            }
        }
    }

    private static string Quote(string text) => "'" + CodeGeneration.EscapeSingleQuotedStringContent(text) + "'";
}
