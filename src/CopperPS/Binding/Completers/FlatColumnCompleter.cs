using Copper.Client;
using Copper.Data.Columns;

namespace CopperPS.Binding.Completers;

/// <summary>Offers the columns of flat records, custom fields among them: those of the records that are piped, where that shows.</summary>
public sealed class FlatColumnCompleter : AccountCompleter
{
    private protected override async Task<IEnumerable<Suggestion>> SuggestAsync(
        CopperClient client, TypedCommand command, CancellationToken cancellationToken)
    {
        var maps = ColumnMap.Of(command.SourceNoun) is { } map ? [map] : ColumnMap.All;
        var fields = await client.Metadata.CustomFieldDefinitions.GetAsync(cancellationToken).ConfigureAwait(false);
        return maps
            .SelectMany(static one => one.Columns.Select(static column => new Suggestion(column.Name, column.Name)))
            .Concat(fields
                .Where(field => !string.IsNullOrWhiteSpace(field.Name) && maps.Any(one => field.IsAvailableOn(one.Entity)))
                .Select(static field => new Suggestion(field.Name!.Trim(), $"custom field {field.Id}")))
            .GroupBy(static suggestion => suggestion.Text, StringComparer.OrdinalIgnoreCase)
            .Select(static same => same.First());
    }
}
