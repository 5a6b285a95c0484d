using Copper.Client.Models;

namespace Copper.Client;

/// <summary>What is to change on a project.</summary>
public sealed class ProjectUpdate : ProjectFields, IRecordChanges<CopperProject>;
