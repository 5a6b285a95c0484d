using Copper.Client;
using Copper.Data.Plans;
using Copper.Data.Tests.Support;

namespace Copper.Data.Tests.Plans;

/// <summary>Plans on an account of the sandbox, with journals in a folder of their own.</summary>
public abstract class PlanTest : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("copper-plan-").FullName;
    private int _files;

    internal SandboxAccount Account { get; } = new();

    internal CopperClient Client => Account.Client;

    public void Dispose()
    {
        Account.Dispose();
        Directory.Delete(_folder, recursive: true);
        GC.SuppressFinalize(this);
    }

    internal string NewPath() => Path.Combine(_folder, $"{++_files}.jsonl");

    internal static CopperPlanStep Create(long step, string entity, object fields, long? oldId = null) =>
        new() { Step = step, Action = PlanAction.Create, Entity = entity, Fields = Json(fields), Name = NameOf(fields), OldId = oldId };

    internal static CopperPlanStep Update(long step, string entity, long id, object fields, object? before = null) => new()
    {
        Step = step, Action = PlanAction.Update, Entity = entity, Id = id, Fields = Json(fields), Before = before is null ? null
            : Json(before),
    };

    internal static CopperPlanStep Delete(long step, string entity, long id) =>
        new() { Step = step, Action = PlanAction.Delete, Entity = entity, Id = id };

    internal static async Task<IReadOnlyList<CopperPlanResult>> RunAsync(
        CopperClient client, ChangePlan plan, ChangeJournal? journal = null, PlanRunnerOptions? options = null)
    {
        var results = new List<CopperPlanResult>();
        await foreach (var result in new PlanRunner(
            client, options ?? new PlanRunnerOptions { Delay = static (_, _) => Task.CompletedTask }).RunAsync(plan, journal))
        {
            results.Add(result);
        }

        return results;
    }

    internal static PlanRunnerOptions NoWait { get; } = new() { Delay = static (_, _) => Task.CompletedTask };

    private static string Json(object fields) => JsonBody.Parse(System.Text.Json.JsonSerializer.Serialize(fields)).ToString();

    private static string? NameOf(object fields) => fields.GetType().GetProperty("name")?.GetValue(fields) as string;
}
