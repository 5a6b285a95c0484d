using Copper.Client;
using Copper.Data.Columns;

namespace CopperPS.Binding.Completers;

/// <summary>Offers the columns of the entity that was typed, custom fields among them.</summary>
public sealed class ColumnCompleter : AccountCompleter
{
    private protected override async Task<IEnumerable<Suggestion>> SuggestAsync(
        CopperClient client, TypedCommand command, CancellationToken cancellationToken)
    {
        if (CopperEntities.FindPrimary(command.Text("Entity")) is not { } entity || ColumnMap.Of(entity.Name) is not { } map)
        {
            return [];
        }

        var fields = await client.Metadata.CustomFieldDefinitions.GetAsync(cancellationToken).ConfigureAwait(false);
        return map.Columns.Where(static column => column.CanBeWritten).Select(static column => new Suggestion(column.Name, column.Name))
            .Concat(fields.Where(field => !string.IsNullOrWhiteSpace(field.Name) && field.IsAvailableOn(entity.Name))
                .Select(static field => new Suggestion(field.Name!.Trim(), $"custom field {field.Id}")));
    }
}
