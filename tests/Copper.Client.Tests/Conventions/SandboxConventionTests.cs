using System.Text.Json.Nodes;
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

    /// <summary>Members that no demo record fills, and why.</summary>
    private static readonly Dictionary<string, string> EmptyInTheDemo = new()
    {
        ["lead.converted_at"] = "A search returns no converted lead.",
        ["lead.converted_contact_id"] = "As converted_at.",
        ["lead.converted_opportunity_id"] = "As converted_at.",
        ["person.monetary_value"] = "No request sets it, and accounts that were surveyed have null.",
        ["person.monetary_unit"] = "As monetary_value.",
        ["person.converted_value"] = "As monetary_value.",
        ["person.converted_unit"] = "As monetary_value.",
        ["company.email_domains"] = "Accounts that were surveyed have null.",
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

    [Theory]
    [MemberData(nameof(Searchable))]
    public void Some_demo_record_has_a_value_in_every_member(string name)
    {
        var entity = CopperEntities.Searchable.Single(item => item.Name == name);
        var records = PublishedRequests.SearchDemo(entity.Plural).Ok().Items.Select(static record => record!.AsObject()).ToArray();
        var empty = records.SelectMany(static record => record.Select(static member => member.Key)).Distinct()
            .Where(member => records.All(record => IsEmpty(record[member])) && !EmptyInTheDemo.ContainsKey($"{name}.{member}"));

        Assert.All(empty, member => Assert.Fail(
            $"No demo record has a value in {name}.{member}, so that nobody can try it. Set it in the class of the records in "
            + "src/Copper.Sandbox/Demo, or list it in SandboxConventionTests.EmptyInTheDemo with the reason."));
    }

    private static bool IsEmpty(JsonNode? value) => value is null or JsonArray { Count: 0 };
}
