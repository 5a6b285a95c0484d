using Copper.Client.Entities;
using Copper.Client.Json;
using Copper.Client.Models;

namespace Copper.Client.Records;

/// <summary>A new project.</summary>
public sealed class ProjectCreate : ProjectFields, INewRecord<CopperProject>
{
    private protected override void Check(JsonBody fields) => CheckName(fields);
}
