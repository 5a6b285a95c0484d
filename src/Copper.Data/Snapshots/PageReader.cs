using Copper.Client;

namespace Copper.Data.Snapshots;

/// <summary>Reads pages of one entity as they come.</summary>
/// <param name="client">Whose account it is.</param>
/// <param name="entity">The entity.</param>
internal sealed class PageReader(CopperClient client, CopperEntity entity)
{
    /// <summary>The most records that a page can have.</summary>
    public const int Size = SearchQuery.LargestPage;

    /// <summary>Reads a page.</summary>
    /// <param name="criteria">The criteria, which the paging is added to.</param>
    /// <param name="number">The number of the page, from 1.</param>
    /// <param name="sortBy">The field to sort by; null for none.</param>
    /// <param name="descending">The last first.</param>
    /// <param name="size">Records in the page.</param>
    /// <param name="cancellationToken">Cancels the request.</param>
    public async Task<RecordPage> ReadAsync(
        JsonBody criteria, long number, string? sortBy, bool descending, int size, CancellationToken cancellationToken)
    {
        criteria["page_number"] = number;
        criteria["page_size"] = size;
        if (sortBy is not null)
        {
            criteria["sort_by"] = sortBy;
            criteria["sort_direction"] = descending ? "desc" : "asc";
        }

        if (entity.ConvertedRecordsFilter is { } converted)
        {
            // A lead that was converted is not one that was deleted.
            criteria[converted] = true;
        }

        var list = await client.ReadRawListAsync(CopperRequest.Read(entity.Path + "/search", criteria), cancellationToken)
            .ConfigureAwait(false);
        return new RecordPage(list, number, size);
    }

    /// <summary>The record is there, although no search shows it.</summary>
    public async Task<bool> ExistsAsync(long id, CancellationToken cancellationToken)
    {
        try
        {
            await client.SendAsync(
                CopperRequest.Read(FormattableString.Invariant($"{entity.Path}/{id}")), cancellationToken).ConfigureAwait(false);
            return true;
        }
        catch (CopperNotFoundException)
        {
            return false;
        }
    }
}
