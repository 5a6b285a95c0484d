using System.ComponentModel;
using System.Management.Automation;
using System.Reflection;

namespace CopperPS.Formatting;

/// <summary>
/// Colours of the views, taken from <c>$PSStyle</c>, so that they are those of the user's theme. There are none in Windows
/// PowerShell, which has no <c>$PSStyle</c>, none while NO_COLOR is set (no-color.org), none where the output does not go to a
/// console, and none while <c>$PSStyle.OutputRendering</c> is PlainText; with Ansi they are everywhere, as its users ask for.
/// </summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class Colours
{
    private static readonly object? Style = typeof(PSObject).Assembly.GetType("System.Management.Automation.PSStyle")?
        .GetProperty("Instance", BindingFlags.Public | BindingFlags.Static)?.GetValue(null);

    /// <summary>Good, done or won.</summary>
    public static string Green(string text) => Foreground("Green", text);

    /// <summary>Bad, late or lost.</summary>
    public static string Red(string text) => Foreground("Red", text);

    /// <summary>Of less weight than the rest.</summary>
    public static string Faint(string text) => Foreground("BrightBlack", text);

    private static bool AreWanted =>
        Style is not null
        && string.IsNullOrEmpty(Environment.GetEnvironmentVariable("NO_COLOR"))
        && Get(Style, "OutputRendering")?.ToString() switch
        {
            "Ansi" => true,
            "Host" => !Console.IsOutputRedirected,
            _ => false,
        };

    private static string Foreground(string colour, string text) =>
        text.Length > 0
            && AreWanted
            && Get(Get(Style, "Foreground"), colour) is string { Length: > 0 } sequence
            && Get(Style, "Reset") is string reset
            ? sequence + text + reset
            : text;

    private static object? Get(object? owner, string property) => owner?.GetType().GetProperty(property)?.GetValue(owner);
}
