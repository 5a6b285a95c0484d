using System.Globalization;
using Copper.Client;
using Copper.Client.Models;
using Copper.Data.Columns;

namespace Copper.Data.Plans;

/// <summary>
/// Finds out whether creates were carried out whose outcome is unknown: the records that were created since then are read, and
/// compared with what was sent. The service has no keys by which a create could be repeated safely.
/// </summary>
/// <param name="access">The records of the entity.</param>
/// <param name="dateFormat">How the account writes a close date.</param>
internal sealed class CreateLookup(RecordAccess access, string dateFormat)
{
    /// <summary>The clocks of this machine and of the service may differ by so much.</summary>
    private static readonly TimeSpan ClockSkew = TimeSpan.FromMinutes(2);

    private const string Parent = "parent";

    private static readonly string[] Telling =
        ["emails", "email", "phone_numbers", "email_domain", "company_name", "company_id", "related_resource", "title", "details",
            "monetary_value", "parent", "type", "activity_date", "user_id"];

    /// <summary>The outcome of each create: the id of its record, none, or several that it could be.</summary>
    /// <param name="open">The creates, with what was sent.</param>
    /// <param name="claimed">The ids of records that are known to come from other steps.</param>
    /// <param name="cancellationToken">Ends the search.</param>
    public async Task<IReadOnlyDictionary<long, CreateFinding>> FindAsync(
        IReadOnlyList<(CopperPlanStep Step, JsonBody Sent, DateTimeOffset Since)> open, ISet<long> claimed,
            CancellationToken cancellationToken)
    {
        var since = open.Min(static item => item.Since) - ClockSkew;
        var candidates = new List<ICopperRecord>();
        string? unreadable = null;
        foreach (var filter in FiltersFor(open.Select(static item => item.Sent), since))
        {
            var search = access.Search(new SearchQuery { Filter = filter });
            await foreach (var record in search.WithCancellation(cancellationToken).ConfigureAwait(false))
            {
                if (!claimed.Contains(record.Id) && !(access.Entity.DatesOf(record).Created < since))
                {
                    unreadable ??= ProblemOf(record);
                    candidates.Add(record);
                }
            }

            unreadable ??= search.Unreadable;
        }

        var findings = new Dictionary<long, CreateFinding>();
        foreach (var alike in open.GroupBy(static item => item.Sent.ToString(), StringComparer.Ordinal))
        {
            var items = alike.ToArray();
            var namesakes = candidates.Where(record => IsSame("name", items[0].Sent, record)).ToArray();
            var same = namesakes.Where(record => Telling.All(field => IsSame(field, items[0].Sent, record))).ToArray();
            if (!items[0].Sent.Contains("name"))
            {
                // An activity has none: what it says tells it.
                namesakes = same;
            }

            // A record of the name that differs otherwise may be the one, changed since, or somebody else's.
            var isUnclear = same.Length > items.Length || (same.Length < items.Length && namesakes.Length > same.Length);
            for (var i = 0; i < items.Length; i++)
            {
                findings[items[i].Step.Step] = isUnclear ? CreateFinding.Unclear(namesakes.Select(static record => record.Id))
                    : i < same.Length ? CreateFinding.Of(same[i])
                    : CreateFinding.Missing with { Unreadable = unreadable };
            }
        }

        return findings;
    }

    /// <summary>
    /// The records that were created since. Activities are found by what they are about only, not by the date of their creation.
    /// </summary>
    private IEnumerable<JsonBody> FiltersFor(IEnumerable<JsonBody> sent, DateTimeOffset since) => access.Entity.CanFilterByCreation
        ? [new JsonBody { ["minimum_created_date"] = since.ToUnixTimeSeconds() }]
        : sent.Where(static body => body.Contains(Parent)).Select(static body => new JsonBody { [Parent] = body[Parent] })
            .GroupBy(static filter => filter.ToString(), StringComparer.Ordinal).Select(static group => group.First());

    /// <summary>Why a record cannot be compared with what was sent; null when it can.</summary>
    private string? ProblemOf(ICopperRecord record) => record.Id <= 0 ? $"'{record}' has no id."
        : Telling.Prepend("name").FirstOrDefault(field =>
            FlatTable.MembersOf(record)?.TryGetValue(field, out var misfit) == true && misfit is not null) is { } member
            ? $"{access.Entity.Name} {record.Id} has {member} in a form that this version does not know."
            : null;

    private bool IsSame(string field, JsonBody sent, ICopperRecord record)
    {
        // What was to be empty the service may have filled in.
        if (!sent.Contains(field) || sent[field] is null)
        {
            return true;
        }

        var present = RecordFields.ValueOf(record, field, dateFormat);
        return field == "name"
            ? string.Equals(Squeeze(sent[field]), Squeeze(present), StringComparison.OrdinalIgnoreCase)
            : RecordFields.AreEqual(field, sent[field], present);
    }

    private static string Squeeze(object? text) => string.Join(
        " ", (Convert.ToString(text, CultureInfo.InvariantCulture) ?? string.Empty)
            .Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
}
