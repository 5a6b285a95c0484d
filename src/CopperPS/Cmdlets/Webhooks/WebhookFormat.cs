using System.Collections;
using System.ComponentModel;
using System.Globalization;
using System.Management.Automation;
using CopperPS.Core;

namespace CopperPS.Cmdlets.Webhooks;

/// <summary>What the views of webhooks and notifications compute. Takes anything, deserialized objects too, and never throws.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class WebhookFormat
{
    /// <summary>Names and what is shown of their values, in one line.</summary>
    public static string Text(object? members) => Bare(members) switch
    {
        null => string.Empty,
        Hashtable past => VisibleText.InView(
            string.Join("; ", past.Cast<DictionaryEntry>().Select(static pair => $"{pair.Key}={pair.Value}"))),
        var own => VisibleText.InView(own.ToString() ?? string.Empty),
    };

    /// <summary>The changed fields in one line; of one only, with its values.</summary>
    public static string Changes(object? changes)
    {
        var items = Items(changes);
        return items.Length == 1 ? Line(items[0]) : VisibleText.InView(
            string.Join("; ", items.Select(static item => Property(item, "Name"))));
    }

    /// <summary>The changed fields with their values, one a line.</summary>
    public static string ChangeLines(object? changes) => string.Join("\n", Items(changes).Select(Line));

    private static string Line(object change) =>
        VisibleText.InView(
            $"{Property(change, "Name")}: {Value(Property(change, "OldValue"))} -> {Value(Property(change, "NewValue"))}");

    private static string Value(object? value) => Bare(value) switch
    {
        null => "(none)",
        ArrayList past => string.Join("; ", past.Cast<object?>()),
        var own => Convert.ToString(own, CultureInfo.CurrentCulture) ?? string.Empty,
    };

    private static object[] Items(object? list) =>
        Bare(list) is IEnumerable items and not string
            ? items.Cast<object?>().OfType<object>().ToArray()
            : [];

    private static object? Property(object item, string name) => PSObject.AsPSObject(item).Properties[name]?.Value;

    private static object? Bare(object? value) => value is PSObject { BaseObject: not PSCustomObject } wrapped ? wrapped.BaseObject : value;
}
