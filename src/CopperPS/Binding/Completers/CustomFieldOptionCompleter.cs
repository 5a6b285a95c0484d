using Copper.Client;
using Copper.Client.Models;

namespace CopperPS.Binding.Completers;

/// <summary>
/// Offers the choices of the custom field that was typed before; those of all fields when none was. Where a hashtable is due, its
/// beginning.
/// </summary>
public sealed class CustomFieldOptionCompleter : AccountCompleter
{
    private protected override async Task<IEnumerable<Suggestion>> SuggestAsync(
        CopperClient client, TypedCommand command, CancellationToken cancellationToken)
    {
        if (command.Verb.Equals("New", StringComparison.OrdinalIgnoreCase))
        {
            // A field that is being created has no choices yet.
            return [];
        }

        var fields = await client.Metadata.CustomFieldDefinitions.GetAsync(cancellationToken).ConfigureAwait(false);
        var typed = command.References("Field") ?? command.References("Id") ?? command.References("MatchField");
        var isOfLead = command.Noun.Equals("Lead", StringComparison.OrdinalIgnoreCase);
        var isKey = command.Parameter.Equals("RenameOption", StringComparison.OrdinalIgnoreCase);
        return fields
            .Where(field => !isOfLead || field.IsAvailableOn(CopperEntityNames.Lead))
            .Where(field => typed is null || typed.Any(reference => IsMeant(field, reference)))
            .SelectMany(static field => field.Options.OrderBy(static option => option.Rank
                ?? long.MaxValue).Select(option => (Field: field, Option: option)))
            .Where(pair => !string.IsNullOrWhiteSpace(pair.Option.Name) && (!isKey || command.Fits(pair.Option.Name!)))
            .Select(pair => new Suggestion(
                isKey ? "@{ " + Completion.Quote(pair.Option.Name!) + " = " : pair.Option.Name!,
                $"{pair.Option.Name} (id {pair.Option.Id}, {pair.Field.Name})",
                isKey ? pair.Option.Name : null,
                isKey))
            .GroupBy(static suggestion => suggestion.Text, StringComparer.OrdinalIgnoreCase)
            .Select(static same => same.First() with { ToolTip = string.Join("; ", same.Select(static suggestion => suggestion.ToolTip)) });
    }

    private static bool IsMeant(CopperCustomFieldDefinition field, CopperReference reference) =>
        reference.Id == field.Id || (reference.Name is { } name
            && string.Equals(name, field.Name?.Trim(), StringComparison.OrdinalIgnoreCase));
}
