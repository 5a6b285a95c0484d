using Copper.Client;
using Copper.Data.Columns;

namespace Copper.Data.Plans;

/// <summary>All that a journal says of one record.</summary>
internal sealed class RecordHistory
{
    private readonly IReadOnlyList<CopperJournalEntry> _entries;
    private readonly CopperJournalEntry[] _effective;

    /// <param name="entries">The entries of the record, in their order.</param>
    /// <param name="place">The place of the last of them in the journal.</param>
    public RecordHistory(IReadOnlyList<CopperJournalEntry> entries, int place)
    {
        _entries = entries;
        Place = place;

        // What was rejected changed nothing, but a part of it may have been carried out: then it says what the record held afterwards.
        _effective = [.. entries.Where(static entry => entry.Status == PlanStatus.Done
            || (entry.Status == PlanStatus.Failed && entry.AfterImage is not null))];
    }

    public int Place { get; }

    /// <summary>When its last request was sent.</summary>
    public DateTimeOffset Time => _entries[_entries.Count - 1].Time;

    public string Entity => _entries[0].Entity;

    public long? Id => _entries[0].Id;

    public string? Name => _entries[_entries.Count - 1].Name;

    /// <summary>The last word on some step is that its outcome is unknown.</summary>
    public bool IsUncertain => _entries.GroupBy(static entry => (entry.Step, entry.Action))
        .Any(static group => group.Last().Status is null or PlanStatus.Unknown);

    /// <summary>Why a change cannot be taken back; null when all can be.</summary>
    public string? WhyFinal => _entries.FirstOrDefault(static entry => !entry.CanUndo
        && entry.Status is PlanStatus.Done or PlanStatus.Unknown or null) is { CanUndo: false } final
        ? final.Reason ?? "It cannot be taken back."
        : null;

    public bool HasChange => _effective.Length > 0;

    public bool WasCreated => _effective.Any(static entry => entry.Action == PlanAction.Create);

    public bool WasDeleted => _effective.Any(static entry => entry.Action == PlanAction.Delete);

    /// <summary>What the record held before the run: the first word on each field counts.</summary>
    public JsonBody Before
    {
        get
        {
            var image = new JsonBody();
            foreach (var entry in _effective)
            {
                AddMissing(image, entry.BeforeImage);
            }

            return image;
        }
    }

    /// <summary>What it held after the run: the last word on each field counts.</summary>
    public JsonBody After
    {
        get
        {
            var image = new JsonBody();
            foreach (var entry in Enumerable.Reverse(_effective))
            {
                AddMissing(image, entry.AfterImage);
            }

            return image;
        }
    }

    /// <summary>The value may be what a request of the journal has left, of which is not known what it did to this field.</summary>
    public bool MayHaveLeft(string field, object? value) => _effective.Any(entry => entry is { AfterImage: null, Fields: { } fields }
        && fields.Contains(field) && RecordFields.AreEqual(field, fields[field], value));

    private static void AddMissing(JsonBody image, JsonBody? other)
    {
        foreach (var member in other ?? [])
        {
            if (!image.Contains(member.Key))
            {
                image[member.Key] = member.Value;
            }
            else if (member.Key == RecordFields.CustomFields)
            {
                // Each custom field is a value of its own.
                var known = RecordFields.Items(image[member.Key]);
                image[member.Key] = known.Concat(RecordFields.Items(member.Value).Where(item => known.All(one => one.Id != item.Id)))
                    .Select(static item => RecordFields.Item(item.Id, item.Value))
                    .ToArray();
            }
        }
    }
}
