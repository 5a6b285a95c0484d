using System.Collections;
using System.Management.Automation;
using Copper.Data.Columns;
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
    private const int LongestText = 60;
    private const int MostColumns = 6;

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
            case string text when !text.TrimStart().StartsWith("{", StringComparison.Ordinal):
                var shown = text.Length > LongestText ? text.Substring(0, LongestText) + "…" : text;
                throw new PlanException(
                    $"'{shown}' is a text, and no step of a plan. Read the file of the plan: {Reading(IsPath(text) ? text : "plan.csv")}.");
            case string text:
                return CopperPlanStep.FromJson(text);
            case FileSystemInfo file:
                throw new PlanException($"'{file.Name}' is a file, and no step of a plan. Read it: {Reading(file.Name)}.");
            case ValueType or CopperPlanResult:
                throw new PlanException($"'{item}' is no step of a plan, but {item.BaseObject.GetType().Name}. Give the steps that "
                    + "-PlanOnly writes, or the rows of a file of them.");
            default:
                CheckColumns([.. RowValues.NamesOf(item!)]);
                return CopperPlanStep.FromRow(RowValues.NamesOf(item!)
                    .GroupBy(static name => name, StringComparer.OrdinalIgnoreCase)
                    .ToDictionary(
                        static name => name.Key,
                        name => Cell(RowValues.ValueOf(item!, name.Key), DeepestCell),
                        StringComparer.OrdinalIgnoreCase));
        }
    }

    /// <summary>Rows of another file, and a plan that was read as another one than it is.</summary>
    private static void CheckColumns(string[] names)
    {
        string[] wanted = [nameof(CopperPlanStep.Step), nameof(CopperPlanStep.Action), nameof(CopperPlanStep.Entity)];
        var found = wanted.Count(name => names.Contains(name, StringComparer.OrdinalIgnoreCase));
        if (found == wanted.Length)
        {
            return;
        }

        if (FileText.ProblemOfHeadings(names) is { } problem)
        {
            throw new PlanException(problem);
        }

        if (found == 0 && names.Length > 0)
        {
            var columns = string.Join(", ", names.Take(MostColumns)) + (names.Length > MostColumns ? " …" : string.Empty);
            throw new PlanException(
                $"This is no plan: a row has the columns {columns}, and a step has Step, Action and Entity. If the rows are records, make "
                    + "a plan of them: Import-CopperRecord -PlanOnly.");
        }
    }

    private static bool IsPath(string text) => text.Length <= LongestText && text.IndexOf('.') > 0
        && text.IndexOfAny([',', ';', '"', '\t', '\n']) < 0;

    /// <summary>The command that reads the file.</summary>
    private static string Reading(string path)
    {
        var quoted = $"'{path.Trim().Replace("'", "''")}'";
        var reader = path.TrimEnd().EndsWith(".json", StringComparison.OrdinalIgnoreCase) ? $"Get-Content {quoted} -Raw"
            : path.TrimEnd().EndsWith(".jsonl", StringComparison.OrdinalIgnoreCase) ? $"Get-Content {quoted}"
            : $"Import-Csv {quoted}";
        return reader + " | Invoke-CopperPlan";
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
