using Copper.Client.Models;

namespace Copper.Client;

/// <summary>A new task.</summary>
public sealed class TaskCreate : TaskFields, INewRecord<CopperTask>
{
    private protected override void Check(JsonBody fields) => CheckName(fields);
}
