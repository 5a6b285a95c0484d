using Copper.Client.Entities;
using Copper.Client.Models;
using Copper.Client.Tests.Sandbox;

namespace Copper.Client.Tests.Conventions;

/// <summary>What the client knows, the sandbox has: otherwise nobody could try it there.</summary>
public sealed class SandboxConventionTests
{
    /// <summary>Members of which the sandbox has none, and why.</summary>
    private static readonly Dictionary<string, string> NotInTheSandbox = new()
    {
        ["lead.source_id"] = "Another name of customer_source_id, which some responses have.",
        ["activity.is_deleted"] = "It comes with the bare id of a deleted activity, which no search returns.",
    };

    public static TheoryData<string> Searchable => [.. CopperEntities.Searchable.Select(static entity => entity.Name)];

    [Theory]
    [MemberData(nameof(Searchable))]
    public void The_sandbox_has_every_member_of_a_record(string name)
    {
        var entity = CopperEntities.Searchable.Single(item => item.Name == name);
        var known = CopperJsonContext.Default.GetTypeInfo(entity.ModelType)!.Properties
            .Where(static property => !property.IsExtensionData && property.Set is not null)
            .Select(static property => property.Name);
        var sent = PublishedRequests.Search(entity.Plural).Ok().Items
            .SelectMany(static record => record!.AsObject().Select(static member => member.Key))
            .ToHashSet(StringComparer.Ordinal);

        Assert.All(known.Except(sent), member => Assert.True(
            NotInTheSandbox.ContainsKey($"{name}.{member}"),
            $"The sandbox sends no {name}.{member}. Add it to src/Copper.Sandbox/Accounts/EntitySchemas.cs, or list it in "
            + "SandboxConventionTests.NotInTheSandbox with the reason."));
    }
}
