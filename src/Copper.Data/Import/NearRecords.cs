using Copper.Client;
using Copper.Client.Metadata;
using Copper.Client.Models;
using Copper.Data.Plans;

namespace Copper.Data.Import;

/// <summary>
/// Records whose names are like that of a row which no rule has matched: a mistyped name or address is seen, and nothing is guessed. Only
/// the first rows are looked for, one or two requests each.
/// </summary>
/// <param name="access">The records of the entity.</param>
internal sealed class NearRecords(RecordAccess access)
{
    private const int MostRows = 20;
    private const int MostNames = 3;
    private int _rows;

    /// <summary>What is near, as a sentence; null when nothing is, or too many rows were looked for already.</summary>
    public async Task<string?> FindAsync(string? name, CancellationToken cancellationToken)
    {
        if (name is null || _rows++ >= MostRows)
        {
            return null;
        }

        try
        {
            var found = await SearchAsync(name, name, cancellationToken).ConfigureAwait(false);
            if (found.Count == 0 && name.LastIndexOf(' ') is > 0 and var space)
            {
                found = await SearchAsync(name.Substring(space + 1), name, cancellationToken).ConfigureAwait(false);
            }

            return found.Count == 0 ? null : $"Near to it: {string.Join(", ", found.Select(record => FormattableString.Invariant(
                $"{access.Entity.Name} {record.Id} ({record})")))}.";
        }
        catch (CopperException exception) when (exception is not CopperAuthenticationException)
        {
            // It is only a hint.
            return null;
        }
    }

    private async Task<IReadOnlyList<ICopperRecord>> SearchAsync(string text, string name, CancellationToken cancellationToken)
    {
        var wanted = MatchRule.Normal(name);
        var found = new List<(ICopperRecord Record, int Distance)>();
        await foreach (var record in access.Search(
            new SearchQuery { Filter = new JsonBody { ["name"] = text }, First = SearchQuery.LargestPage })
            .WithCancellation(cancellationToken).ConfigureAwait(false))
        {
            var distance = EditDistance.Between(wanted, MatchRule.Normal(record.ToString()));
            if (distance <= Math.Max(2, wanted.Length / 5) && record is not CopperLead { ConvertedAt: not null })
            {
                found.Add((record, distance));
            }
        }

        return [.. found.OrderBy(static item => item.Distance).ThenBy(static item => item.Record.Id).Take(MostNames)
            .Select(static item => item.Record)];
    }
}
