using System.Collections;
using System.ComponentModel;
using System.Globalization;
using System.Management.Automation;
using Copper.Data.Columns;
using CopperPS.Cmdlets.Connection;
using CopperPS.Core;

namespace CopperPS.Formatting;

/// <summary>
/// What the views compute. Every method takes anything, null and deserialized objects too, and never throws: an
/// exception in a view shows as an empty cell.
/// </summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class FormatHelper
{
    private const string NarrowSpace = "\u202f";

    /// <summary>A time as people write it: local, short, in their culture.</summary>
    public static string Date(object? value) =>
        Time(value) is { } time
            ? Short(time.LocalDateTime)
            : TextOf(Bare(value));

    /// <summary>A day without a time, in the user's culture; no zone shifts it.</summary>
    public static string Day(object? value) =>
        Bare(value) is DateTime day
            ? day.ToString("d", CultureInfo.CurrentCulture)
            : TextOf(value);

    /// <summary>The local day of a time, for a narrow column: in the user's culture, or as 2026-01-31 where that would be cut.</summary>
    public static string LocalDay(object? value)
    {
        const int Widest = 10;
        if (Time(value) is not { } time)
        {
            return TextOf(Bare(value));
        }

        var text = time.LocalDateTime.ToString("d", CultureInfo.CurrentCulture);
        return text.Length <= Widest ? text : time.LocalDateTime.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
    }

    /// <summary>A span with its unit: <c>250 ms</c>, <c>6 s</c>, <c>1 min 30 s</c>, <c>2 h</c>.</summary>
    public static string Duration(object? value)
    {
        if (Bare(value) is not TimeSpan span)
        {
            return string.Empty;
        }

        if (span < TimeSpan.FromSeconds(1))
        {
            return string.Format(
                CultureInfo.CurrentCulture,
                span == TimeSpan.Zero ? "0 s" : "{0:0} ms",
                Math.Max(1, span.TotalMilliseconds));
        }

        if (span < TimeSpan.FromMinutes(1))
        {
            return string.Format(CultureInfo.CurrentCulture, "{0:0.#} s", span.TotalSeconds);
        }

        return span < TimeSpan.FromHours(1)
            ? WithRest((int)span.TotalMinutes, "min", span.Seconds, "s")
            : WithRest((int)span.TotalHours, "h", span.Minutes, "min");
    }

    /// <summary>The first item of a list.</summary>
    public static string First(object? list) => TextOf(Items(list).FirstOrDefault());

    /// <summary>The items of a list in one line.</summary>
    public static string Join(object? list) => string.Join("; ", Items(list).Select(TextOf));

    /// <summary>E-mail addresses, phone numbers, profiles or websites, each with its category, one a line.</summary>
    public static string ContactPoints(object? list) => Lines(Items(list).Select(static item =>
        PSObject.AsPSObject(item).Properties["Category"]?.Value is string { Length: > 0 } category
            ? $"{TextOf(item)} ({TextOf(category)})"
            : TextOf(item)));

    /// <summary>The custom fields that have a value, one a line.</summary>
    public static string CustomFields(object? list) => Lines(Items(list)
        .Where(static item => PSObject.AsPSObject(item).Properties["IsEmpty"]?.Value is not true)
        .Select(TextOf));

    /// <summary>The columns of a flat record that custom fields have, as far as they are filled, one a line.</summary>
    public static string FieldColumns(object? row)
    {
        var record = PSObject.AsPSObject(row ?? string.Empty);
        var entity = record.BaseObject is FlatRow ? record.BaseObject.GetType().Name.Substring("Flat".Length) : null;
        var map = ColumnMap.Of(entity);
        return Lines(record.Properties
            .Where(property => map is not null && map.Find(property.Name) is null
                && property.Value is not null && property.Value.ToString() is { Length: > 0 })
            .Select(static property => $"{TextOf(property.Name)}={CustomFieldValue(null, property.Value)}"));
    }

    /// <summary>A custom field's value: option names where they are known, several joined.</summary>
    public static string CustomFieldValue(object? computed, object? value) => Bare(computed ?? value) switch
    {
        null => string.Empty,
        string text => TextOf(text),
        DateTime day => Day(day),
        IEnumerable list => Join(list),
        IFormattable number => number.ToString(null, CultureInfo.CurrentCulture),
        var other => TextOf(other),
    };

    /// <summary>A name, and the id that it stands for: <c>Cobalt Insurance (10000202)</c>.</summary>
    public static string Named(object? name, object? id)
    {
        var number = Convert.ToString(Bare(id), CultureInfo.InvariantCulture);
        return TextOf(name) is { Length: > 0 } text
            ? (string.IsNullOrEmpty(number) ? text : $"{text} ({number})")
            : number ?? string.Empty;
    }

    /// <summary>
    /// A record that another one points to: <c>Théo Bonnet (person 429)</c>, or <c>person 429</c> where its name is not known.
    /// </summary>
    public static string Related(object? value) => value is null ? string.Empty
        : PSObject.AsPSObject(value) is var record && record.Properties["Type"]?.Value is { } type
            ? Named(record.Properties["Name"]?.Value, $"{TextOf(type)} {TextOf(record.Properties["Id"]?.Value)}")
            : TextOf(value);

    /// <summary>The record from which a relation was read.</summary>
    public static string RelatedFrom(object? item) => item is not null && PSObject.AsPSObject(item) is var relation
        && relation.Properties["FromType"]?.Value is { } type
            ? Named(relation.Properties["FromName"]?.Value, $"{TextOf(type)} {TextOf(relation.Properties["FromId"]?.Value)}")
            : string.Empty;

    /// <summary>An amount with its currency: <c>1,250.00 USD</c>.</summary>
    public static string Money(object? amount, object? unit) =>
        Bare(amount) is IFormattable number
            ? $"{number.ToString("N2", CultureInfo.CurrentCulture)} {TextOf(unit)}".TrimEnd()
            : string.Empty;

    /// <summary>An amount for a narrow column: without cents where there are none, or where they do not fit.</summary>
    public static string ShortMoney(object? amount, object? unit)
    {
        const int Widest = 14;
        if (Bare(amount) is not IFormattable number)
        {
            return string.Empty;
        }

        var text = Money(amount, unit);
        var isWhole = !LanguagePrimitives.TryConvertTo<decimal>(number, CultureInfo.InvariantCulture, out var value)
            || value == decimal.Truncate(value);
        return isWhole || text.Length > Widest ? $"{number.ToString("N0", CultureInfo.CurrentCulture)} {TextOf(unit)}".TrimEnd() : text;
    }

    /// <summary>A number of hundredths with its sign: <c>40 %</c>.</summary>
    public static string Percent(object? value) =>
        Bare(value) is IFormattable number
            ? $"{number.ToString(null, CultureInfo.CurrentCulture)} %"
            : string.Empty;

    /// <summary>How a record stands: what is won in green, what is lost in red, what is over in grey.</summary>
    public static string Status(object? value) => value?.ToString() switch
    {
        "Won" => Colours.Green("Won"),
        "Lost" => Colours.Red("Lost"),
        "Abandoned" or "Completed" => Colours.Faint(value.ToString()!),
        _ => TextOf(value),
    };

    /// <summary>When a task is due: in red when it is late.</summary>
    public static string DueDate(object? value, object? status) => Due(Date(value), value, status);

    /// <summary>The day on which a task is due, for a narrow column: in red when it is late.</summary>
    public static string DueDay(object? value, object? status) => Due(LocalDay(value), value, status);

    /// <summary>The stages of a pipeline with their probabilities, one a line.</summary>
    public static string Stages(object? list) => Lines(Items(list).Select(static item =>
        PSObject.AsPSObject(item).Properties["WinProbability"]?.Value is { } probability
            ? $"{TextOf(item)} ({Percent(probability)})"
            : TextOf(item)));

    /// <summary>Which service a session talks to, in as few letters as tell it.</summary>
    public static string Service(object? session) => Bare(session) switch
    {
        CopperSession { IsSandbox: true } => "sandbox",
        CopperSession known => known.BaseUri.Authority,
        CopperConnectionTest test => test.BaseUri.Host.EndsWith(".invalid", StringComparison.Ordinal) ? "sandbox" : test.BaseUri.Authority,
        _ => string.Empty,
    };

    private static string Due(string text, object? value, object? status) =>
        status?.ToString() != "Completed" && Time(value) < DateTimeOffset.Now ? Colours.Red(text) : text;

    private static DateTimeOffset? Time(object? value) => Bare(value) switch
    {
        DateTimeOffset time => time,
        DateTime time => new DateTimeOffset(time.ToUniversalTime()),

        // Out of a job or a file.
        PSObject past when past.Properties["UtcDateTime"]?.Value is DateTime time =>
            new DateTimeOffset(DateTime.SpecifyKind(time, DateTimeKind.Utc)),
        _ => null,
    };

    private static object? Bare(object? value) => value is PSObject { BaseObject: not PSCustomObject } wrapped ? wrapped.BaseObject : value;

    private static IEnumerable<object> Items(object? list) => Bare(list) switch
    {
        null or "" => [],
        string text => [text],
        IEnumerable items => items.Cast<object?>().OfType<object>(),
        var other => [other],
    };

    private static string Lines(IEnumerable<string?> lines) => string.Join("\n", lines);

    /// <summary>A text in one line, without what controls a terminal.</summary>
    private static string TextOf(object? value) => VisibleText.InView(value?.ToString() ?? string.Empty);

    private static string WithRest(int count, string unit, int rest, string restUnit) =>
        rest == 0 ? $"{count} {unit}" : $"{count} {unit} {rest} {restUnit}";

    // Some versions of the culture data put a space before "PM" that many consoles cannot show.
    private static string Short(DateTime time) => time.ToString("g", CultureInfo.CurrentCulture).Replace(NarrowSpace, " ");
}
