namespace Copper.Data.Plans;

/// <summary>One value that a step changes, for people to read.</summary>
/// <param name="Property">The column.</param>
/// <param name="Before">What the record shows now; empty for nothing.</param>
/// <param name="After">What it shows afterwards; empty for nothing.</param>
public sealed record PlanChange(string Property, string? Before, string? After)
{
    /// <summary>For example <c>Title: 'CEO' -> 'CTO'</c>.</summary>
    public override string ToString() => $"{Property}: {Quoted(Before)} -> {Quoted(After)}";

    private static string Quoted(string? text) => string.IsNullOrEmpty(text) ? "nothing" : "'" + text + "'";
}
