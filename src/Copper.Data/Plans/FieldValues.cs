using Copper.Client;
using Copper.Client.Json;
using Copper.Client.Models;

namespace Copper.Data.Plans;

/// <summary>
/// Counts the records that hold a value of a custom field, or one of its choices: what its removal would take from them. The records are
/// read once, 200 in a request, since most fields cannot be searched.
/// </summary>
/// <param name="client">Whose account it is.</param>
/// <param name="progress">Is told how many records of which kind were read, and of how many; null for nobody.</param>
internal sealed class FieldValues(CopperClient client, Action<string, long, long?>? progress = null)
{
    /// <summary>Counts, in the order of what is asked for.</summary>
    public async Task<IReadOnlyList<long>> CountAsync(IReadOnlyList<FieldUse> uses, CancellationToken cancellationToken)
    {
        var counts = new long[uses.Count];
        foreach (var entity in RecordAccess.Order.Where(entity => uses.Any(use => use.Entities.Contains(entity))))
        {
            var access = RecordAccess.Of(client, entity);
            var search = access.Search(new SearchQuery { ReadsAll = true });
            var read = 0L;
            await foreach (var record in search.WithCancellation(cancellationToken).ConfigureAwait(false))
            {
                Add(counts, uses, entity, record);
                if (++read % SearchQuery.LargestPage == 0)
                {
                    progress?.Invoke(access.Entity.Plural, read, search.UpperBound);
                }
            }
        }

        return counts;
    }

    private static void Add(long[] counts, IReadOnlyList<FieldUse> uses, string entity, ICopperRecord record)
    {
        if (record is not ICustomFieldRecord { CustomFields: var fields })
        {
            return;
        }

        for (var place = 0; place < uses.Count; place++)
        {
            if (uses[place].Entities.Contains(entity) && fields.Find(field => field.DefinitionId == uses[place].Field) is { } value
                && !value.IsEmpty && value.Value is not false && Has(value.Value, uses[place].Option))
            {
                counts[place]++;
            }
        }
    }

    private static bool Has(object? value, long? option) => option is null || value switch
    {
        long one => one == option,
        JsonArray list => list.OfType<long>().Contains(option.Value),
        _ => false,
    };
}

/// <summary>What would be removed.</summary>
/// <param name="Field">The id of the custom field.</param>
/// <param name="Entities">The entities whose records would lose it, in the API's singular words.</param>
/// <param name="Option">The choice; null for every value.</param>
internal sealed record FieldUse(long Field, IReadOnlyCollection<string> Entities, long? Option = null);
