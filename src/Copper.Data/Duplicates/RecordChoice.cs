using System.Collections;
using System.Globalization;
using Copper.Client;
using Copper.Client.Models;
using Copper.Data.Columns;

namespace Copper.Data.Duplicates;

/// <summary>Chooses the record of a group that is worth keeping: the most complete one, then the oldest one.</summary>
internal static class RecordChoice
{
    /// <summary>The form of a close date, which the records of a group do not have.</summary>
    private const string AnyDateFormat = "MM/dd/yyyy";

    /// <summary>The group of these records.</summary>
    /// <param name="number">Its number.</param>
    /// <param name="set">Why they are together.</param>
    /// <param name="records">The records, two or more.</param>
    public static CopperDuplicateGroup GroupOf(int number, DuplicateSet set, IReadOnlyList<ICopperRecord> records)
    {
        var entity = records[0].GetEntityType();
        var rated = records
            .Select(record => (
                Record: record, Values: ValuesIn(record), CopperEntities.GetPrimary(entity).DatesOf(record).Created))
            .OrderByDescending(static item => item.Values)
            .ThenBy(static item => item.Created ?? DateTimeOffset.MaxValue)
            .ThenBy(static item => item.Record.Id)
            .ToArray();
        var (keep, next) = (rated[0], rated[1]);
        var reason = keep.Values > next.Values
            ? $"It is the most complete: {Values(keep.Values)}, the next one has {next.Values.ToString(CultureInfo.InvariantCulture)}."
            : keep.Created is { } created && (next.Created is null || created < next.Created)
                ? $"It is the oldest of those with {Values(keep.Values)}: created {Day(created)}."
                : $"It has the lowest id of those with {Values(keep.Values)} and the same age.";
        return new CopperDuplicateGroup
        {
            Group = number,
            Entity = entity,
            Confidence = set.Confidence,
            Reasons = set.Reasons,
            KeepReason = reason,
            Records = [keep.Record, .. records.Where(record => record.Id != keep.Record.Id).OrderBy(static record => record.Id)],
        };
    }

    private static string Values(int count) => count == 1 ? "1 value" : $"{count.ToString(CultureInfo.InvariantCulture)} values";

    private static string Day(DateTimeOffset time) => time.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    /// <summary>How many values a record has in fields that users fill: each address, tag and custom field counts.</summary>
    internal static int ValuesIn(ICopperRecord record) => RecordFields.WholeImageOf(record, AnyDateFormat)
        .Sum(static member => member.Value is IEnumerable list and not (string or Copper.Client.JsonBody)
            ? list.Cast<object?>().Count()
            : 1);
}
