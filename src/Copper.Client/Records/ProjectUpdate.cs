using Copper.Client.Entities;
using Copper.Client.Models;

namespace Copper.Client.Records;

/// <summary>What is to change on a project.</summary>
public sealed class ProjectUpdate : ProjectFields, IRecordChanges<CopperProject>;
