using System.Collections;
using System.ComponentModel;
using System.Globalization;
using System.Management.Automation;
using Copper.Data.Duplicates;
using CopperPS.Core;
using CopperPS.Formatting;

namespace CopperPS.Cmdlets.Duplicates;

/// <summary>What the views of duplicates compute, also of objects that come out of a job or a file.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class DuplicateFormat
{
    /// <summary>How certain a group is; what is certain is green.</summary>
    public static string Confidence(object? value) => (value is PSObject wrapped ? wrapped.BaseObject : value) switch
    {
        DuplicateConfidence.Exact or "Exact" => Colours.Green("Exact"),
        int number when Enum.IsDefined(typeof(DuplicateConfidence), number) => Confidence((DuplicateConfidence)number),
        var other => VisibleText.InView(other?.ToString() ?? string.Empty),
    };

    /// <summary>The ids of a group without the one to keep.</summary>
    public static string Others(object? ids) => string.Join(", ", Texts(ids).Skip(1));

    /// <summary>The items in one line.</summary>
    public static string Line(object? items) => string.Join(", ", Texts(items));

    /// <summary>A record with its id, for example Ada Lovelace (7).</summary>
    public static string Record(object? record)
    {
        var item = record is null ? null : PSObject.AsPSObject(record);
        var name = item?.Properties["Name"]?.Value?.ToString();
        return item is null ? string.Empty : VisibleText.InView(string.Format(
            CultureInfo.InvariantCulture, string.IsNullOrEmpty(name) ? "{1}" : "{0} ({1})", name, item.Properties["Id"]?.Value));
    }

    /// <summary>The records, one a line.</summary>
    public static string Lines(object? records) => string.Join("\n", Items(records).Select(Record));

    private static IEnumerable<string> Texts(object? items) => Items(items)
        .Select(static item => Convert.ToString(item is PSObject wrapped ? wrapped.BaseObject : item, CultureInfo.InvariantCulture))
        .Select(static text => VisibleText.InView(text ?? string.Empty));

    private static IEnumerable<object?> Items(object? items) => (items is PSObject wrapped ? wrapped.BaseObject : items) switch
    {
        null => [],
        IEnumerable list and not string => list.Cast<object?>(),
        var one => [one],
    };
}
