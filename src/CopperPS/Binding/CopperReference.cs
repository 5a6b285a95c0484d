using System.Globalization;
using System.Management.Automation;
using System.Text.RegularExpressions;
using Copper.Client;
using Copper.Client.Models;
using Copper.Data.ChangeFeed;
using Copper.Data.Plans;

namespace CopperPS.Binding;

/// <summary>
/// Points to a record: created from a number, a numeric text, a record, any object with an Id property (a row of a CSV file),
/// or, where names are allowed, a name.
/// </summary>
public sealed class CopperReference
{
    /// <summary>opportunity 7, or opportunity 7 (Renewal).</summary>
    private static readonly Regex Shown = new(
        $"^({string.Join("|", CopperEntities.All.Select(static entity => entity.Name))}) ([1-9][0-9]*)( \\(.*\\))?$",
        RegexOptions.CultureInvariant | RegexOptions.Singleline);

    private CopperReference(long? id, string? entityType, string? name, object? source, bool isRecord = false)
    {
        Id = id;
        EntityType = entityType;
        Name = name;
        Source = source;
        IsRecord = isRecord;
    }

    /// <summary>The id; null when a name was given, or nothing that has an id.</summary>
    public long? Id { get; }

    /// <summary>The entity in the API's singular word, when a record was given; null for a bare id.</summary>
    public string? EntityType { get; }

    /// <summary>The text that was given, when it is no number.</summary>
    public string? Name { get; }

    /// <summary>What was given.</summary>
    public object? Source { get; }

    /// <summary>The account that the record was read from; null for an id, a name or a row, which tell none.</summary>
    internal RecordAccount? Account => Source switch
    {
        CopperRecord record => record.GetAccount(),
        CopperChange change => change.GetAccount(),
        _ => null,
    };

    /// <summary>What the account calls the record, where it was looked up by what was given; null otherwise.</summary>
    internal string? RecordName { get; private init; }

    /// <summary>
    /// A record of this module was given as it was read, not just an id or a row that has one: its properties are not meant to be
    /// written. Columns that were selected from a record are a row.
    /// </summary>
    internal bool IsRecord { get; }

    /// <summary>The property or column in which the id of an object stands.</summary>
    internal string Member { get; private init; } = "Id";

    /// <summary>Nothing was given: an empty cell of a CSV file.</summary>
    internal bool IsBlank => Id is null && string.IsNullOrWhiteSpace(Name) && Source is null or string;

    /// <summary>The same reference, whose id was found by its name.</summary>
    /// <param name="id">The id.</param>
    /// <param name="recordName">What the account calls the record; null where that is not known.</param>
    internal CopperReference WithId(long id, string? recordName = null) =>
        new(id, null, Name, Source, IsRecord) { RecordName = recordName };

    /// <summary>The same reference, of which was said besides what kind of record its id means.</summary>
    internal CopperReference WithEntity(string entity) => new(Id, entity, Name, Source, IsRecord) { RecordName = RecordName };

    /// <summary>The record's own text, or the id or name that was given.</summary>
    public override string ToString() => Source is ICopperRecord record
        ? $"'{record}' (id {record.Id.ToString(CultureInfo.InvariantCulture)})"
        : Name ?? Id?.ToString(CultureInfo.InvariantCulture) ?? RowDescription.Of(Source);

    /// <summary>Reads one value. Never throws: what makes no reference is told apart later, with a proper error.</summary>
    internal static CopperReference From(object value, string member = "Id")
    {
        var wrapper = PSObject.AsPSObject(value);
        var bare = wrapper.BaseObject;
        switch (bare)
        {
            case CopperReference reference:
                return reference;
            case ICopperRecord record:
                return new CopperReference(record.Id, record.GetEntityType(), null, bare, isRecord: true);
            case CopperChange change:
                return new CopperReference(change.Id, change.Entity, null, bare);
            case CopperNotification { Ids.Count: 1 } notification:
                return Of(notification).First();
            case CopperPlanResult { Id: { } id } result:
                return new CopperReference(id, result.Entity, null, bare);
            case CopperJournalEntry { Id: { } id } entry:
                return new CopperReference(id, entry.Entity, null, bare);
            case string text:
                return FromText(text);
            case { } when TotalCount.Is(wrapper):
                return new CopperReference(null, null, null, wrapper);
            case { } when RecordRow.IsForeign(wrapper) && WholeNumber(bare) is null:
                return new CopperReference(null, null, null, bare);
            default:
                return WholeNumber(bare!) is { } number
                    ? new CopperReference(number, null, null, bare)
                    : Past(wrapper, member, bare is PSCustomObject ? wrapper : bare!);
        }
    }

    /// <summary>Reads what stands for several records: a notification for all that it is about.</summary>
    internal static IEnumerable<CopperReference?> AllFrom(object value, string member = "Id") =>
        PSObject.AsPSObject(value).BaseObject is CopperNotification { Ids.Count: > 0 } notification
            ? Of(notification)
            : [From(value, member)];

    private static IEnumerable<CopperReference> Of(CopperNotification notification) =>
        notification.Ids.Select(id => new CopperReference(id, notification.Type, null, notification, isRecord: true));

    /// <summary>Reads what a pointer to a record shows of itself: person 7.</summary>
    internal static CopperReference FromPointer(string text)
    {
        var parts = text.Trim().Split([' '], 3);
        return parts.Length >= 2 && FromText(parts[1]).Id is { } id
            ? new CopperReference(id, parts[0].ToLowerInvariant(), null, text)
            : FromText(text);
    }

    private static CopperReference FromText(string text)
    {
        if (long.TryParse(text.Trim(), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var id))
        {
            return new CopperReference(id, null, null, text);
        }

        // As tables and -WhatIf show a record. Letter for letter: a project may be called Task 12.
        var shown = Shown.Match(text.Trim());
        return shown.Success && long.TryParse(shown.Groups[2].Value, NumberStyles.None, CultureInfo.InvariantCulture, out id)
            ? new CopperReference(id, shown.Groups[1].Value, null, text)
            : new CopperReference(null, null, text.Trim(), text);
    }

    /// <summary>An object that has an id: a record's own stands in Id, whatever a row may call it.</summary>
    private static CopperReference Past(PSObject value, string member, object source)
    {
        var origin = RecordOrigin.Of(value);

        // A row of tasks that has a column for their project points to the project.
        return origin.EntityType is null || (!origin.IsRecord && member != "Id" && value.Properties[member] is not null)
            ? new CopperReference(IdProperty(value, member), null, null, source) { Member = member }
            : new CopperReference(IdProperty(value, "Id"), origin.EntityType, null, source, origin.IsRecord);
    }

    private static long? IdProperty(PSObject value, string member)
    {
        var id = RowValues.ValueOf(value, member);
        return CellValue.Bare(id) switch
        {
            null => null,
            string text => FromText(text).Id,
            { } when TotalCount.Is(PSObject.AsPSObject(id!)) => null,
            { } number => WholeNumber(number),
        };
    }

    private static long? WholeNumber(object value) => value switch
    {
        sbyte or byte or short or ushort or int or uint or long => Convert.ToInt64(value, CultureInfo.InvariantCulture),
        ulong number and <= long.MaxValue => (long)number,
        decimal number when number == decimal.Truncate(number) && number is >= long.MinValue and <= long.MaxValue => (long)number,
        double number when number == Math.Truncate(number) && Math.Abs(number) < 9e15 => (long)number,
        _ => null,
    };
}
