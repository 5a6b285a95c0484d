using System.Text;

namespace Copper.Data.Plans;

/// <summary>
/// Steps that can be looked at, kept in a file, carried out with a journal, resumed and undone. A plan may be of any length: memory holds
/// its first 500 steps, and the others wait in a temporary file that only its owner can read and that goes with the process.
/// </summary>
public sealed class ChangePlan : IDisposable
{
    private readonly SpilledList<CopperPlanStep> _steps = SpilledSteps.New();
    private readonly List<StepHead> _heads = [];
    private Dictionary<long, int>? _places;

    /// <summary>A plan of these steps. Each has a number of its own, and can be carried out as it stands.</summary>
    /// <exception cref="PlanException">Two steps have one number, or create the record that others know by one id, or one of them cannot be
    /// carried out; or the temporary folder cannot take a long plan.</exception>
    public ChangePlan(IEnumerable<CopperPlanStep> steps)
    {
        var numbers = new HashSet<long>();
        var oldIds = new HashSet<(string, long)>();
        var entities = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var step in steps)
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

            if (!entities.TryGetValue(step.Entity, out var entity))
            {
                entities.Add(step.Entity, entity = step.Entity);
            }

            _steps.Add(step);
            _heads.Add(new StepHead(step.Step, entity, step.Action, step.Group is not null, step.OldId is not null));
        }
    }

    /// <summary>The steps, in the order in which they were planned.</summary>
    public IReadOnlyList<CopperPlanStep> Steps => _steps;

    /// <summary>What is in memory of the steps, in their order.</summary>
    internal IReadOnlyList<StepHead> Heads => _heads;

    /// <summary>The steps of some kind, in their order.</summary>
    /// <param name="isMeant">Tells by the head of a step whether it is meant.</param>
    internal IEnumerable<CopperPlanStep> StepsOf(Func<StepHead, bool> isMeant)
    {
        for (var place = 0; place < _heads.Count; place++)
        {
            if (isMeant(_heads[place]))
            {
                yield return _steps[place];
            }
        }
    }

    /// <summary>The step of a number; null when there is none.</summary>
    internal CopperPlanStep? Find(long number)
    {
        if (_places is null)
        {
            var places = new Dictionary<long, int>(_heads.Count);
            for (var place = 0; place < _heads.Count; place++)
            {
                places.Add(_heads[place].Step, place);
            }

            _places = places;
        }

        return _places.TryGetValue(number, out var found) ? _steps[found] : null;
    }

    /// <summary>Closes the temporary file of a long plan, whose steps cannot be read any more. The garbage collector does it otherwise.
    /// </summary>
    public void Dispose() => _steps.Dispose();

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
    public override string ToString() => string.Join(", ", _heads
        .GroupBy(static step => step.Action)
        .OrderBy(static group => group.Key)
        .Select(static group => FormattableString.Invariant($"{group.Count()} {group.Key}")));
}
