using Copper.Client.Models;

namespace Copper.Client;

/// <summary>A new project.</summary>
public sealed class ProjectCreate : ProjectFields, INewRecord<CopperProject>
{
    private protected override void Check(JsonBody fields) => CheckName(fields);
}
