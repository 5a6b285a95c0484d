using Copper.Client.CustomFields;
using Copper.Client.Json;
using Copper.Client.Models;
using CopperPS.Binding;

namespace CopperPS.Cmdlets.Base;

/// <summary>
/// The times in a flat row have no zone: they are local, or UTC where the row was exported with -Utc. The time of creation, which never
/// changes and is in every such row, tells which; without it, the time of the last change does, unless the record changed since.
/// </summary>
internal static class RowTimes
{
    private const string Created = "DateCreated";

    /// <summary>The column that tells which version of the record a row shows.</summary>
    public const string Modified = "DateModified";

    /// <summary>Reads the times of a row that was exported in UTC as UTC.</summary>
    /// <param name="row">The row.</param>
    /// <param name="fields">The fields as they were read, in local time.</param>
    public static IEnumerable<ReadModifyWriteStep<T>> StepsOf<T>(RecordRow row, JsonBody fields)
        where T : class, ICopperRecord
    {
        var times = fields.Names.Where(name => fields[name] is DateTimeOffset
            && IsWithoutZone(row[RecordDifferences.PropertyOf(name)])).ToArray();
        return times.Length == 0 ? [] :
        [
            new ReadModifyWriteStep<T>(string.Empty)
            {
                AddFields = (body, present) =>
                {
                    foreach (var name in IsUtc(row, present) ? times : [])
                    {
                        body[name] = ReadUtc(row[RecordDifferences.PropertyOf(name)]) ?? body[name];
                    }
                },
            },
        ];
    }

    /// <summary>The record was modified since the row was exported, or the row shows a later version; false when the row does not
    /// tell.</summary>
    public static bool ShowsOtherVersion(RecordRow row, ICopperRecord present) =>
        Versions(row, present) is { } versions && !IsSame(versions.Shown, versions.Present);

    /// <summary>When the record was last modified, as the row shows it and as it stands, if the row is older; null otherwise.</summary>
    public static (DateTimeOffset Shown, DateTimeOffset Present)? OlderVersion(RecordRow row, ICopperRecord present) =>
        Versions(row, present) is { } versions && versions.Shown < versions.Present && !IsSame(versions.Shown, versions.Present)
            ? versions
            : null;

    /// <summary>The row shows the record's times in UTC.</summary>
    public static bool IsUtc(RecordRow row, ICopperRecord present) => IsUtcBy(Created, row, present)
        ?? IsUtcBy(Modified, row, present) ?? false;

    /// <summary>Whether the time in a column is UTC; null when it tells nothing.</summary>
    private static bool? IsUtcBy(string column, RecordRow row, ICopperRecord present) =>
        RecordProperties.ValueOf(present, column) is not DateTimeOffset time || !IsWithoutZone(row[column]) ? null
            : IsSame(ReadLocal(row[column]), time) ? false
            : IsSame(ReadUtc(row[column]), time) ? true
            : null;

    /// <summary>The time in a cell, in the zone that the row has.</summary>
    public static DateTimeOffset? Read(RecordRow row, object? cell, ICopperRecord present) => cell switch
    {
        DateTimeOffset time => time,
        DateTime time => new DateTimeOffset(time),
        _ => IsUtc(row, present) ? ReadUtc(cell) : ReadLocal(cell),
    };

    /// <summary>Both are the same second. A spreadsheet shows minutes only, and saves what it shows: then the minute is compared.</summary>
    public static bool IsSame(DateTimeOffset? cell, DateTimeOffset time) => cell is { } shown
        && (shown.ToUnixTimeSeconds() == time.ToUnixTimeSeconds() || (shown.Second == 0
            && shown.ToUnixTimeSeconds() / 60 == time.ToUnixTimeSeconds() / 60));

    private static (DateTimeOffset Shown, DateTimeOffset Present)? Versions(RecordRow row, ICopperRecord present) =>
        row[Modified] is { } cell && Read(row, cell, present) is { } shown
        && RecordProperties.ValueOf(present, Modified) is DateTimeOffset modified
            ? (shown, modified)
            : null;

    private static bool IsWithoutZone(object? cell) => ReadUtc(cell) is { } utc && ReadLocal(cell) is { } local && utc != local;

    private static DateTimeOffset? ReadLocal(object? cell) =>
        cell is string text && DateText.TryParse(text, isCalendarDate: false, out var time) ? time : null;

    private static DateTimeOffset? ReadUtc(object? cell) =>
        cell is string text && DateText.TryParse(text, isCalendarDate: true, out var time) ? time : null;
}
