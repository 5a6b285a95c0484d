using System.Management.Automation;
using CopperPS.Core;

namespace CopperPS.Formatting;

/// <summary>The word of an enumeration in a view. A value that comes out of a job or a file is its number or its text.</summary>
internal static class EnumText
{
    /// <summary>The word; of a text that is none, the text in one line, without what controls a terminal.</summary>
    /// <typeparam name="T">The enumeration.</typeparam>
    /// <param name="value">The value, its number or its text.</param>
    public static string Of<T>(object? value)
        where T : struct => (value is PSObject wrapped ? wrapped.BaseObject : value) switch
        {
            int number when Enum.IsDefined(typeof(T), number) => Enum.ToObject(typeof(T), number).ToString()!,
            var other => OneLine(other?.ToString()),
        };

    /// <summary>A text in one line, without what controls a terminal.</summary>
    public static string OneLine(string? text) =>
        VisibleText.InView((text ?? string.Empty).Replace("\r\n", " ").Replace('\r', ' '));
}
