using System.Collections;
using System.Management.Automation;
using Copper.Data.Plans;
using CopperPS.Binding;

namespace CopperPS.Cmdlets.Plans;

/// <summary>
/// Reads the steps of a plan: as they were made, as a file or a job gave them back, as rows of a CSV file, and as lines of JSON.
/// </summary>
internal static class PlanSteps
{
    // A list of changes, each of which has values that may be lists of objects, such as addresses. An object that contains itself has
    // no end.
    private const int DeepestCell = 8;

    /// <summary>The steps that an item holds: one, all of a file that was read as one text, or none when it is an empty row.</summary>
    /// <exception cref="PlanException">It is no step, or cannot be carried out.</exception>
    public static IEnumerable<CopperPlanStep> AllFrom(PSObject? item) =>
        item?.BaseObject is string text && text.TrimStart().StartsWith("[", StringComparison.Ordinal) ? CopperPlanStep.ListFromJson(text)
        : item?.BaseObject is PSCustomObject && IsEmpty(item) ? []
        : [From(item)];

    /// <summary>A spreadsheet keeps rows that were cleared, as rows of empty cells.</summary>
    private static bool IsEmpty(PSObject row) => RowValues.NamesOf(row) is var names
        && names.Any()
        && names.All(name => CellValue.Bare(RowValues.ValueOf(row, name)) is null or "");

    private static CopperPlanStep From(PSObject? item)
    {
        switch (item?.BaseObject)
        {
            case null:
                throw new PlanException("$null is no step of a plan.");
            case CopperPlanStep step:
                step.Validate();
                return step;
            case string text:
                return CopperPlanStep.FromJson(text);
            case ValueType or CopperPlanResult:
                throw new PlanException($"'{item}' is no step of a plan, but {item.BaseObject.GetType().Name}. Give the steps that "
                    + "-PlanOnly writes, or the rows of a file of them.");
            default:
                return CopperPlanStep.FromRow(RowValues.NamesOf(item!)
                    .GroupBy(static name => name, StringComparer.OrdinalIgnoreCase)
                    .ToDictionary(
                        static name => name.Key,
                        name => Cell(RowValues.ValueOf(item!, name.Key), DeepestCell),
                        StringComparer.OrdinalIgnoreCase));
        }
    }

    /// <summary>A cell, where changes that came out of JSON or Clixml are lists of rows themselves.</summary>
    /// <exception cref="PlanException">It is nested deeper than anything in a plan.</exception>
    private static object? Cell(object? value, int depth) => value switch
    {
        _ when depth == 0 => throw new PlanException("This is no step of a plan: its values are nested too deeply."),
        PSObject { BaseObject: PSCustomObject } row => Members(row, depth - 1),
        PSObject wrapped => Cell(wrapped.BaseObject, depth - 1),
        PlanChange or PlanChangeList or string => value,
        IDictionary entries => Members(PSObject.AsPSObject(entries), depth - 1),
        IEnumerable list => list.Cast<object?>().Select(item => Cell(item, depth - 1)).ToArray(),
        _ => value,
    };

    private static Dictionary<string, object?> Members(PSObject row, int depth) => RowValues.NamesOf(row)
        .ToDictionary(static name => name, name => Cell(RowValues.ValueOf(row, name), depth), StringComparer.OrdinalIgnoreCase);
}
