using System.Collections;
using System.ComponentModel;
using System.Management.Automation;
using Copper.Data.Plans;
using CopperPS.Core;
using CopperPS.Formatting;

namespace CopperPS.Cmdlets.Plans;

/// <summary>What the views of plans compute, also of objects that come out of a job or a file.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class PlanFormat
{
    /// <summary>The status of a step, in a colour where it needs a look.</summary>
    public static string Status(object? value) => Word<PlanStatus>(value) switch
    {
        "Done" => Colours.Green("Done"),
        "Failed" => Colours.Red("Failed"),
        "Unknown" => Colours.Red("Unknown"),
        "Skipped" => Colours.Faint("Skipped"),
        var other => other,
    };

    /// <summary>The action of a step; one that does nothing is faint.</summary>
    public static string Action(object? value) => Word<PlanAction>(value) is "Skip" ? Colours.Faint("Skip") : Word<PlanAction>(value);

    /// <summary>What a step changes, in one line, and why it does not.</summary>
    public static string What(object? changes, object? reason)
    {
        var text = string.Join("; ", Items(changes).Select(VisibleText.Of));
        var why = OneLine(reason?.ToString());
        return string.IsNullOrEmpty(why) ? text : text.Length == 0 ? why : $"{text} ({why})";
    }

    /// <summary>What a journal says of a change, in one line: the fields before and after, or why it failed.</summary>
    public static string Difference(object? before, object? after, object? reason) =>
        reason?.ToString() is { Length: > 0 } why ? OneLine(why)
        : $"{OneLine(before?.ToString())} -> {OneLine(after?.ToString())}".Trim() is var text and not "->" ? VisibleText.Of(text)
        : string.Empty;

    /// <summary>What a step changes, a change a line.</summary>
    public static string Lines(object? changes) => string.Join("\n", Items(changes).Select(VisibleText.Of));

    /// <summary>The word of an enumeration; a job or a file keeps its number.</summary>
    private static string Word<T>(object? value)
        where T : struct => (value is PSObject wrapped ? wrapped.BaseObject : value) switch
        {
            int number when Enum.IsDefined(typeof(T), number) => Enum.ToObject(typeof(T), number).ToString()!,
            var other => OneLine(other?.ToString()),
        };

    /// <summary>Each change; of changes that came back from a text only, that text.</summary>
    private static string[] Items(object? changes)
    {
        var bare = changes is PSObject wrapped ? wrapped.BaseObject : changes;
        var items = bare is IEnumerable list and not string
            ? list.Cast<object?>().Select(static item => OneLine(item?.ToString())).ToArray()
            : [];
        return items.Length > 0 ? items
            : bare is PlanChangeList or string && OneLine(bare.ToString()) is { Length: > 0 } text ? [text]
            : [];
    }

    private static string OneLine(string? text) => VisibleText.InView((text ?? string.Empty).Replace("\r\n", " ").Replace('\r', ' '));
}
