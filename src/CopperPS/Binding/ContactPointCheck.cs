using System.Collections;
using Copper.Client.Models;
using Copper.Data.Columns;
using CopperPS.Core;

namespace CopperPS.Binding;

/// <summary>What an e-mail address or a phone number must be to be written. A record may have others: somebody else wrote them.</summary>
internal static class ContactPointCheck
{
    /// <summary>What is wrong with a value, or with one of several; null when nothing is.</summary>
    public static string? ProblemOf(object? value) => value switch
    {
        CopperContactPoint point => CellCheck.ProblemOf(point) is { } problem ? VisibleText.Of(problem) : null,
        string => null,
        IEnumerable list => list.Cast<object?>().Select(ProblemOf).FirstOrDefault(static problem => problem is not null),
        _ => null,
    };
}
