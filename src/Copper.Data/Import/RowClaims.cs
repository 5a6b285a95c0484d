using Copper.Data.Columns;
using Copper.Data.Plans;

namespace Copper.Data.Import;

/// <summary>
/// Which row means which record, and which row gives which address or domain: no two rows may mean one record, and only one record can
/// have an address.
/// </summary>
internal sealed class RowClaims
{
    private readonly Dictionary<long, long> _rowsOfRecords = [];
    private readonly Dictionary<string, long> _rowsOfValues = new(StringComparer.OrdinalIgnoreCase);

    /// <param name="plan">The plan, each step of which takes what it writes.</param>
    public RowClaims(ChangePlan plan)
    {
        foreach (var step in plan.Steps)
        {
            Note(step);
        }
    }

    /// <summary>Why a row waits that means the record of an earlier one.</summary>
    public static string SaysElse(string entity, long row) =>
        $"Row {row} means the same {entity}, and says something else. Leave one of the two out.";

    /// <summary>Why a row waits that gives what an earlier one gives, a sentence part.</summary>
    public static string GivesToAnother(string entity, long? row, string value) =>
        $"row {row} gives {value} to another {entity}, and only one can have it. Leave out one of the two rows if both mean one {entity}, "
            + "or clear the cell in the wrong one";

    /// <summary>The step of a row that waits.</summary>
    public static CopperPlanStep Held(CopperPlanStep step, string problem) => step.With(
        PlanAction.Hold, $"Row {step.Row}{(step.Name is null ? string.Empty : $" ({step.Name})")}: {problem}").Sealed();

    /// <summary>
    /// The later row says nothing that the earlier one does not say: its cells are the same or empty. Columns that are left out do not
    /// count, nor does the case of an address.
    /// </summary>
    /// <param name="earlier">The row that is carried out.</param>
    /// <param name="later">The row that may be left out.</param>
    /// <param name="headings">What the headings of the file stand for.</param>
    /// <param name="emptyClears">An empty cell says that the record is to be empty there.</param>
    public static bool SaysNoMore(
        ImportRow earlier, ImportRow later, IReadOnlyList<ImportHeading> headings, bool emptyClears) => headings
        .Where(static heading => (heading.Column ?? heading.CategoryOf) is not null || heading.Field is not null)
        .All(heading =>
        {
            var comparison = heading.Column?.Kind == ColumnKind.Email ? StringComparison.OrdinalIgnoreCase : StringComparison.Ordinal;
            var text = TextOf(later);
            return string.Equals(TextOf(earlier), text, comparison) || (text.Length == 0 && !emptyClears);

            string TextOf(ImportRow row) => CellText.Of(row[heading.Text])?.Trim() ?? string.Empty;
        });

    /// <summary>The step of a row that was planned again, held or skipped where another row has taken what it writes.</summary>
    /// <param name="step">The step.</param>
    /// <param name="saysNoMore">The second of two rows, by their numbers, says nothing that the first does not say.</param>
    public CopperPlanStep Take(CopperPlanStep step, Func<long, long, bool> saysNoMore)
    {
        if (step.Row is not { } row || step.Action is not (PlanAction.Create or PlanAction.Update))
        {
            return step;
        }

        if (step.Id is { } id && _rowsOfRecords.TryGetValue(id, out var other) && other != row)
        {
            return saysNoMore(other, row)
                ? step.With(PlanAction.Skip, $"Row {other} says the same.").Sealed()
                : Held(step, SaysElse(step.Entity, other));
        }

        foreach (var value in StepCheck.GainsOf(step))
        {
            if (_rowsOfValues.TryGetValue(value, out var giver) && giver != row)
            {
                return Held(step, GivesToAnother(step.Entity, giver, value) + ".");
            }
        }

        Note(step);
        return step;
    }

    private void Note(CopperPlanStep step)
    {
        if (step.Row is not { } row || step.Action == PlanAction.Hold)
        {
            return;
        }

        if (step.Id is { } id)
        {
            _rowsOfRecords[id] = row;
        }

        foreach (var value in StepCheck.GainsOf(step))
        {
            _rowsOfValues[value] = row;
        }
    }
}
