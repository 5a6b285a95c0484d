using System.Text.RegularExpressions;
using CopperPS.Binding;

namespace CopperPS.Cmdlets.Hub;

/// <summary>A colour.</summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class HubColourAttribute : ValueCheckAttribute
{
    private static readonly Regex Hex = new("^#[0-9A-Fa-f]{6}$", RegexOptions.CultureInvariant);

    internal override string? Problem(object value) =>
        value is string text && Hex.IsMatch(text) ? null : "is no colour: write it as #rrggbb, for example #FFFF00.";
}

/// <summary>A number between bounds.</summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class HubRangeAttribute : ValueCheckAttribute
{
    /// <summary>The number has no fraction.</summary>
    public bool IsWhole { get; set; }

    /// <summary>The least number.</summary>
    public int Minimum { get; set; }

    /// <summary>The greatest number.</summary>
    public int Maximum { get; set; } = int.MaxValue;

    internal override string? Problem(object value) =>
        value is decimal number && number >= Minimum && number <= Maximum && (!IsWhole || number == decimal.Truncate(number))
            ? null
            : $"is no {(IsWhole ? "whole " : string.Empty)}number "
                + $"{(Maximum == int.MaxValue ? $"of {Minimum} or more" : $"from {Minimum} to {Maximum}")}.";
}
