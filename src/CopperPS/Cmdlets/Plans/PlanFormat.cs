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
    public static string Status(object? value) => EnumText.Of<PlanStatus>(value) switch
    {
        "Done" => Colours.Green("Done"),
        "Failed" => Colours.Red("Failed"),
        "Unknown" => Colours.Red("Unknown"),
        "Skipped" => Colours.Faint("Skipped"),
        var other => other,
    };

    /// <summary>The action of a step; one that does nothing is faint.</summary>
    public static string Action(object? value) => EnumText.Of<PlanAction>(value) switch
    {
        "Skip" => Colours.Faint("Skip"),
        var other => other,
    };

    /// <summary>What a step changes, in one line, and why it does not.</summary>
    public static string What(object? changes, object? reason)
    {
        var text = string.Join("; ", Items(changes).Select(VisibleText.Of));
        var why = EnumText.OneLine(reason?.ToString());
        return string.IsNullOrEmpty(why) ? text : text.Length == 0 ? why : $"{text} ({why})";
    }

    /// <summary>
    /// What a journal says of a change, in one line: what became of it unless it was done, the values, and why it failed.
    /// </summary>
    public static string Journal(object? changes, object? status, object? reason)
    {
        var what = What(changes, reason);
        var outcome = EnumText.Of<PlanStatus>(status);
        return outcome is "Done" ? what
            : outcome.Length == 0 ? $"in flight: {what}"
            : what.Length == 0 ? Status(status) : $"{Status(status)}: {what}";
    }

    /// <summary>What a step changes, a change a line.</summary>
    public static string Lines(object? changes) => string.Join("\n", Items(changes).Select(VisibleText.Of));

    /// <summary>Each change; of changes that came back from a text only, that text.</summary>
    private static string[] Items(object? changes)
    {
        var bare = changes is PSObject wrapped ? wrapped.BaseObject : changes;
        var items = bare is IEnumerable list and not string
            ? list.Cast<object?>().Select(static item => EnumText.OneLine(item?.ToString())).ToArray()
            : [];
        return items.Length > 0 ? items
            : bare is PlanChangeList or string && EnumText.OneLine(bare.ToString()) is { Length: > 0 } text ? [text]
            : [];
    }
}
