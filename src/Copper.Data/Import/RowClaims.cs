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
        $"row {row} gives {value} to another {entity}, and only one can have it";

    /// <summary>The step of a row that waits.</summary>
    public static CopperPlanStep Held(CopperPlanStep step, string problem) => step.With(
        PlanAction.Hold, $"Row {step.Row}{(step.Name is null ? string.Empty : $" ({step.Name})")}: {problem}").Sealed();

    /// <summary>The rows have the same cells.</summary>
    public static bool IsSame(ImportRow one, ImportRow other) =>
        one.Headings.Union(other.Headings, StringComparer.OrdinalIgnoreCase)
            .All(heading => CellText.Of(one[heading]) == CellText.Of(other[heading]));

    /// <summary>The step of a row that was planned again, held or skipped where another row has taken what it writes.</summary>
    public CopperPlanStep Take(CopperPlanStep step, IReadOnlyList<ImportRow> rows)
    {
        if (step.Row is not { } row || step.Action is not (PlanAction.Create or PlanAction.Update))
        {
            return step;
        }

        if (step.Id is { } id && _rowsOfRecords.TryGetValue(id, out var other) && other != row)
        {
            return IsSame(rows[(int)other - 1], rows[(int)row - 1])
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
