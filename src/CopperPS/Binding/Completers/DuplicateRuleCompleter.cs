using Copper.Client;
using Copper.Data.Duplicates;

namespace CopperPS.Binding.Completers;

/// <summary>Offers the rules by which duplicates are found: the usual ones, their parts, and custom fields of the entity.</summary>
public sealed class DuplicateRuleCompleter : AccountCompleter
{
    private protected override async Task<IEnumerable<Suggestion>> SuggestAsync(
        CopperClient client, TypedCommand command, CancellationToken cancellationToken)
    {
        var entity = CopperEntities.FindPrimary(command.Text("Entity"))?.Name;
        var entities = entity is null ? DuplicateIndex.Entities : [entity];
        var rules = entities.SelectMany(static name => DuplicateIndex.DefaultRules(name).Concat(DuplicateIndex.PartsOf(name))).Distinct()
            .Select(static rule => new Suggestion(rule, rule));
        var fields = await client.Metadata.CustomFieldDefinitions.GetAsync(cancellationToken).ConfigureAwait(false);
        return rules.Concat(fields
            .Where(field => !string.IsNullOrWhiteSpace(field.Name) && (entity is null || field.IsAvailableOn(entity)))
            .Select(static field => new Suggestion($"CustomField:{field.Name!.Trim()}", $"custom field {field.Id}")));
    }
}
