using Copper.Data.Columns;

namespace CopperPS.Binding;

/// <summary>The domain of e-mail addresses.</summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class EmailDomainAttribute : ValueCheckAttribute
{
    internal override string? Problem(object value) => value is string text ? CellCheck.ProblemOfDomain(text) : null;
}
