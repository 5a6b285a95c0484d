using Copper.Client;
using Copper.Data.Import;

namespace CopperPS.Binding.Completers;

/// <summary>Offers the rules by which an import can find records of the entity that was typed, custom fields among them.</summary>
public sealed class MatchRuleCompleter : AccountCompleter
{
    private protected override async Task<IEnumerable<Suggestion>> SuggestAsync(
        CopperClient client, TypedCommand command, CancellationToken cancellationToken)
    {
        var entity = CopperEntities.FindPrimary(command.Text("Entity"))?.Name;
        var entities = entity is null ? CopperEntities.Primary.Select(static item => item.Name) : [entity];
        var rules = entities.SelectMany(ImportPlanner.RulesOf).Distinct().Select(static rule => new Suggestion(rule, rule));
        var fields = await client.Metadata.CustomFieldDefinitions.GetAsync(cancellationToken).ConfigureAwait(false);
        return rules.Concat(fields
            .Where(field => !string.IsNullOrWhiteSpace(field.Name) && (entity is null || field.IsAvailableOn(entity)))
            .Select(static field => new Suggestion($"CustomField:{field.Name!.Trim()}", $"custom field {field.Id}")));
    }
}
