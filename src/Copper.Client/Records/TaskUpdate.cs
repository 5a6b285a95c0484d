using Copper.Client.Entities;
using Copper.Client.Models;

namespace Copper.Client.Records;

/// <summary>What is to change on a task.</summary>
public sealed class TaskUpdate : TaskFields, IRecordChanges<CopperTask>;
