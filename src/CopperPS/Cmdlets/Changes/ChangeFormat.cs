using System.Collections;
using System.ComponentModel;
using System.Management.Automation;
using Copper.Data.ChangeFeed;
using CopperPS.Core;
using CopperPS.Formatting;

namespace CopperPS.Cmdlets.Changes;

/// <summary>What the view of changes computes, also of objects that come out of a job or a file.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class ChangeFormat
{
    /// <summary>The kind of a change, in a colour where something is gone.</summary>
    public static string Kind(object? value) => EnumText.Of<CopperChangeKind>(value) switch
    {
        nameof(CopperChangeKind.Deleted) => Colours.Red(nameof(CopperChangeKind.Deleted)),
        var other => other,
    };

    /// <summary>What a change has changed, in one line: each value before and after.</summary>
    public static string What(object? before, object? after)
    {
        if (Bare(after) is not IDictionary now)
        {
            return string.Empty;
        }

        var then = Bare(before) as IDictionary;
        return VisibleText.InView(string.Join("; ", now.Keys.Cast<object>().Select(name =>
            $"{name}: {Quoted(then, name)} -> {Quoted(now, name)}")));
    }

    /// <summary>The text of a value. What comes out of a job or a file has lost the names behind its ids.</summary>
    private static string Quoted(IDictionary? values, object name) =>
        (values is CopperChangedValues known ? known.TextOf((string)name) : Bare(values?[name])?.ToString()) is { Length: > 0 } text
            ? "'" + text + "'"
            : "nothing";

    private static object? Bare(object? value) => value is PSObject { BaseObject: not PSCustomObject } wrapped ? wrapped.BaseObject : value;
}
