using Copper.Client;
using Copper.Client.CustomFields;
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

    /// <summary>
    /// Reads the times of a row that was exported in UTC as UTC. A time that the record shows so is that of the record: a spreadsheet drops
    /// the seconds, and the hour that the end of daylight saving doubles can be read as two times.
    /// </summary>
    /// <param name="row">The row.</param>
    /// <param name="fields">The fields as they were read, in local time.</param>
    /// <param name="showsWholeRecord">The row is an export. Of other rows only the times that may be another one are compared.</param>
    public static IEnumerable<ReadModifyWriteStep<T>> StepsOf<T>(RecordRow row, JsonBody fields, bool showsWholeRecord)
        where T : class, ICopperRecord
    {
        var times = fields.Names.Where(name => fields[name] is DateTimeOffset
            && row[RecordDifferences.PropertyOf(name)] is string cell && WallClock(cell) is { } shown
            && (showsWholeRecord || cell.Count(static c => c == ':') < 2 || TimeZoneInfo.Local.IsAmbiguousTime(shown))).ToArray();
        return times.Length == 0 ? [] :
        [
            new ReadModifyWriteStep<T>(string.Empty)
            {
                AddFields = (body, present) =>
                {
                    var isUtc = IsUtc(row, present);
                    foreach (var name in times)
                    {
                        var cell = (string)row[RecordDifferences.PropertyOf(name)]!;
                        body[name] = RecordProperties.ValueOf(present, RecordDifferences.PropertyOf(name)) is DateTimeOffset time
                            && IsShown(cell, time, isUtc) ? time
                            : isUtc ? ReadUtc(cell) ?? body[name]
                            : body[name];
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

    /// <summary>The cell shows the time on the clock that the record's time has, to the second, or to the minute where it has no
    /// seconds.</summary>
    private static bool IsShown(string cell, DateTimeOffset time, bool isUtc)
    {
        var present = isUtc ? time.UtcDateTime : time.LocalDateTime;
        var unit = cell.Count(static c => c == ':') < 2 ? TimeSpan.TicksPerMinute : TimeSpan.TicksPerSecond;
        return WallClock(cell) is { } shown && shown.Ticks / unit == present.Ticks / unit;
    }

    /// <summary>The date and the time that a text without a zone shows; null for one with a zone, or without a time.</summary>
    private static DateTime? WallClock(string cell) => cell.IndexOf(':') > 0
        && DateText.TryParse(cell, isCalendarDate: true, out var utc) && DateText.TryParse(cell, isCalendarDate: false, out var local)
        && utc.Offset == TimeSpan.Zero && local.Offset == TimeZoneInfo.Local.GetUtcOffset(utc.DateTime)
            ? utc.DateTime
            : null;

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
