using System.Collections;
using System.Globalization;
using System.Management.Automation;
using System.Management.Automation.Language;

namespace CopperPS.Binding.Completers;

/// <summary>Offers the ways to write a date, instead of the names of files.</summary>
public sealed class DateCompleter : IArgumentCompleter
{
    /// <inheritdoc/>
    public IEnumerable<CompletionResult> CompleteArgument(
        string commandName, string parameterName, string wordToComplete, CommandAst commandAst, IDictionary fakeBoundParameters)
    {
        var today = DateTime.Today.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
        return Completion.Of(
            [
                new Suggestion("today", $"the beginning of today, {today}; yesterday and tomorrow are known too"),
                new Suggestion("-7d", "7 days ago; h is hours, d days, w weeks, m months, y years"),
                new Suggestion("+7d", "7 days from now; h is hours, d days, w weeks, m months, y years"),
                new Suggestion(today, "a day, or a time as 2026-01-31T08:00; dates as your culture writes them are read too"),
            ],
            wordToComplete);
    }
}
