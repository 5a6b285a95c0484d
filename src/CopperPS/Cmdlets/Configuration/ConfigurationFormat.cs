using System.ComponentModel;
using Copper.Data.Configuration;
using CopperPS.Core;
using CopperPS.Formatting;

namespace CopperPS.Cmdlets.Configuration;

/// <summary>What the views of configurations compute, also of objects that come out of a job or a file.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class ConfigurationFormat
{
    /// <summary>In what file and account differ, in a colour.</summary>
    public static string Change(object? value) => EnumText.Of<ConfigurationChange>(value) switch
    {
        nameof(ConfigurationChange.Missing) => Colours.Red(nameof(ConfigurationChange.Missing)),
        nameof(ConfigurationChange.Extra) => Colours.Green(nameof(ConfigurationChange.Extra)),
        var other => other,
    };

    /// <summary>What brings the account in line.</summary>
    public static string Remedy(object? value) => EnumText.Of<ConfigurationRemedy>(value);

    /// <summary>A text in one line.</summary>
    public static string Line(object? value) => VisibleText.Of(EnumText.OneLine(value?.ToString()));

    /// <summary>What the account has, and what the file says; what to do where all of it is missing or extra.</summary>
    public static string What(object? property, object? inAccount, object? inFile, object? toDo) => Line(
        property?.ToString() is { Length: > 0 } name ? $"{name}: '{inAccount}' -> '{inFile}'" : toDo);
}
