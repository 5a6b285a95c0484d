using System.Globalization;
using System.Text.RegularExpressions;

namespace Copper.Sandbox.Hub;

/// <summary>An attribute that <c>data</c> may hold.</summary>
/// <param name="Name">Name on the wire.</param>
/// <param name="Check">Says what is wrong with a value; null if nothing is.</param>
/// <param name="CanBeCleared">Whether null and an empty text are allowed.</param>
internal sealed record HubAttribute(string Name, Func<string, string?> Check, bool CanBeCleared = true)
{
    private static readonly Regex HexColour = new("^#[0-9A-Fa-f]{6}$", RegexOptions.CultureInvariant);

    public bool IsRequired { get; init; }

    /// <summary>Whether an update may change it, too.</summary>
    public bool IsUpdatable { get; init; } = true;

    public static HubAttribute Text(string name) => new(name, static _ => null);

    /// <summary>The message is documented.</summary>
    public static HubAttribute Colour() =>
        new("Colour", static value => HexColour.IsMatch(value) ? null
            : "Colour must be a valid hex color code. (like #FFFF00).", CanBeCleared: false);

    // The messages below follow the documented ones; their words are assumed.
    public static HubAttribute Date(string name) => new(name, value =>
        DateTime.TryParseExact(value, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out _) ? null
            : $"{name} must be a valid date. (like 2013-12-24).");

    public static HubAttribute Number(string name) =>
        new(name, value => HubNumbers.TryRead(value, out _) ? null : $"{name} must be a number.");

    public static HubAttribute Id(string name) =>
        new(name, value => HubNumbers.Id(value) is > 0 ? null : $"{name} must be a valid id.", CanBeCleared: false);

    public static HubAttribute Status() =>
        new("Status", static value => value is "0" or "1" or "2" or "3" or "4" or "5" ? null
            : "Status must be 0, 1, 2, 3, 4 or 5.", CanBeCleared: false)
    {
        IsUpdatable = false,
    };

    /// <summary>The message is documented for Highlighted.</summary>
    public static HubAttribute Flag(string name) =>
        new(name, value => value is "0" or "1" ? null : $"{name} must be 0 or 1.", CanBeCleared: false);

    /// <summary>The message is documented.</summary>
    public static HubAttribute Hours() =>
        new("HoursWorked", static value => HubNumbers.Id(value) is > 0 ? null
            : "HoursWorked must be a positive Integer.", CanBeCleared: false);

    public string? Problem(string? value) => string.IsNullOrEmpty(value)
        ? CanBeCleared ? null : Check("")
        : Check(value!);
}
