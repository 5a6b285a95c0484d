using Copper.Client.Models;

namespace Copper.Client;

/// <summary>What is to change on a task.</summary>
public sealed class TaskUpdate : TaskFields, IRecordChanges<CopperTask>;
