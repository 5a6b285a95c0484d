using System.Text;

namespace Copper.Data.Plans;

/// <summary>Steps that can be looked at, kept in a file, carried out with a journal, resumed and undone.</summary>
public sealed class ChangePlan
{
    /// <summary>A plan of these steps. Each has a number of its own, and can be carried out as it stands.</summary>
    /// <exception cref="PlanException">Two steps have one number, or create the record that others know by one id, or one of them cannot be
    /// carried out.</exception>
    public ChangePlan(IEnumerable<CopperPlanStep> steps)
    {
        Steps = [.. steps];
        var numbers = new HashSet<long>();
        var oldIds = new HashSet<(string, long)>();
        foreach (var step in Steps)
        {
            step.Validate();
            if (!numbers.Add(step.Step))
            {
                throw new PlanException($"Two steps of the plan have the number {step.Step}. Leave one of them out.");
            }

            if (step is { Action: PlanAction.Create, OldId: { } oldId } && !oldIds.Add((step.Entity, oldId)))
            {
                throw new PlanException($"Two steps of the plan create {step.Entity} {oldId} again. Leave one of them out.");
            }
        }
    }

    /// <summary>The steps, in the order in which they were planned.</summary>
    public IReadOnlyList<CopperPlanStep> Steps { get; }

    /// <summary>Writes the plan to a file, a step a line, as JSON. An existing file is replaced.</summary>
    public void Save(string path)
    {
        using var writer = new StreamWriter(PrivateFile.Create(path, FileMode.Create), new UTF8Encoding(false));
        foreach (var step in Steps)
        {
            writer.Write(step.ToJson());
            writer.Write('\n');
        }
    }

    /// <summary>Reads a plan that <see cref="Save"/> wrote. Lines that were taken out are not carried out.</summary>
    /// <exception cref="PlanException">A line is no step, or cannot be carried out.</exception>
    public static ChangePlan Load(string path) =>
        new(File.ReadLines(path, Encoding.UTF8).Where(static line => line.Trim().Length > 0).Select(CopperPlanStep.FromJson));

    /// <summary>How many steps do what, for example <c>3 Create, 12 Update, 1 Hold</c>.</summary>
    public override string ToString() => string.Join(", ", Steps
        .GroupBy(static step => step.Action)
        .OrderBy(static group => group.Key)
        .Select(static group => FormattableString.Invariant($"{group.Count()} {group.Key}")));
}
