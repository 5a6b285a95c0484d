using System.Reflection;
using System.Text.Json.Nodes;
using Xunit.Sdk;

namespace Copper.Client.Tests.Sandbox;

/// <summary>
/// Holds the sandbox to the published responses in tests/Fixtures: its response to the same request has every member of the published
/// one, no member that none of them has, and values of the same types; and where a published value is null, the sandbox has such
/// records, too. What differs on purpose is listed here, and in the README of the sandbox.
/// </summary>
public class PublishedShapeTests
{
    /// <summary>Members of responses of live accounts that were surveyed but not published.</summary>
    private static readonly Dictionary<string, string[]> Surveyed = new()
    {
        ["account"] = ["primary_timezone", "settings", "settings.setting_team_permissions_enabled", "settings.setting_enable_leads"],
        ["user"] = ["groups"],
        ["pipelines"] = ["type", "is_revenue"],
        ["lead"] = ["converted_contact_id"],
        ["person"] = ["monetary_unit", "monetary_value", "converted_unit", "converted_value"],
        ["company"] = ["email_domains", "date_last_contacted"],
        ["opportunity"] = ["pipeline_type", "pipeline_is_revenue"],
        ["project"] = ["company_id"],
    };

    /// <summary>Published for one entity, and the same on each that has the list.</summary>
    private static readonly string[] Everywhere =
    [
        "custom_fields[].custom_field_definition_id", "custom_fields[].value", "custom_fields[].computed_value",
        "leads_converted_from[].lead_id", "leads_converted_from[].converted_timestamp",
    ];

    private static readonly string Folder = Path.Combine(
        typeof(PublishedShapeTests).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>()
            .Single(data => data.Key == "RepositoryRoot").Value!,
        "tests",
        "Fixtures");

    public static TheoryData<string> Fixtures => [.. FixtureNames];

    public static TheoryData<string> RequestNames => [.. PublishedRequests.All.Keys];

    [Theory]
    [MemberData(nameof(Fixtures))]
    public void Nothing_is_missing_from_the_response_to_the_same_request(string fixture)
    {
        var (_, ask) = PublishedRequests.All[RequestOf(fixture)];
        var published = Shape.Of(Read(fixture));
        var response = Shape.Of(ask().Ok().Json);

        Assert.Empty(published.Paths.Except(response.Paths));
        Assert.All(
            published.Paths.Intersect(response.Paths).Where(path => !path.EndsWith("custom_fields[].value", StringComparison.Ordinal)),
            path => AssertCompatible(path, published, response));
    }

    [Theory]
    [MemberData(nameof(RequestNames))]
    public void Nothing_is_invented(string request)
    {
        var (kind, ask) = PublishedRequests.All[request];
        var response = ask().Ok().Json;
        if (kind == "conversion")
        {
            Assert.All(response.AsObject(), part => AssertNothingInvented(part.Key, part.Value));
        }
        else
        {
            AssertNothingInvented(kind, response);
        }
    }

    [Theory]
    [InlineData("leads", "lead")]
    [InlineData("people", "person")]
    [InlineData("companies", "company")]
    [InlineData("opportunities", "opportunity")]
    [InlineData("projects", "project")]
    [InlineData("tasks", "task")]
    public void Where_published_records_have_null_or_nothing_demo_records_have_too(string path, string kind)
    {
        var published = PublishedShapeOf(kind);
        var demo = Shape.Of([.. PublishedRequests.SearchDemo(path).Ok().Items]);

        Assert.Empty(
            published.Paths.Where(
                member => !member.StartsWith("custom_fields", StringComparison.Ordinal)
                && !published.KindsAt(member).IsSubsetOf(demo.KindsAt(member)))
            .Select(member => $"{member}: {string.Join(" ", published.KindsAt(member).Except(demo.KindsAt(member)))}"));
    }

    private static void AssertCompatible(string path, Shape published, Shape response)
    {
        var there = published.KindsAt(path).Where(kind => kind is not ("null" or "empty")).ToArray();
        var here = response.KindsAt(path).Where(kind => kind is not ("null" or "empty")).ToArray();
        if (there.Length > 0 && here.Length > 0 && !there.Intersect(here).Any())
        {
            throw new XunitException($"{path}: published {string.Join(" ", there)}, here {string.Join(" ", here)}");
        }
    }

    /// <summary>All that is published about a kind of record, in whatever response; bulk responses have failures besides.</summary>
    private static Shape PublishedShapeOf(params string[] kinds) => Shape.Of(
        [.. PublishedRequests.All.Where(request => kinds.Contains(request.Value.Kind)).SelectMany(request => FixturesOf(request.Key))
            .Select(Read).SelectMany(Records)]);

    private static void AssertNothingInvented(string kind, JsonNode? response)
    {
        string entity = kind.StartsWith("bulk ", StringComparison.Ordinal) ? kind[5..] : kind;
        string[] known = [.. PublishedShapeOf(kind, entity).Paths, .. Surveyed.GetValueOrDefault(entity, []), .. Everywhere];

        Assert.All(Shape.Of([.. Records(response)]).Paths.Where(IsMember).Except(known), member => Assert.Fail(
            $"No published response of the kind '{entity}' has {member}. Add one that has it to tests/Fixtures, or the member to "
            + "PublishedShapeTests.Surveyed."));
    }

    /// <summary>Whether a path names a member: not an item of a list, nor what the client itself put into a free object.</summary>
    private static bool IsMember(string path) =>
        !path.EndsWith("[]", StringComparison.Ordinal)
        && !path.StartsWith("old_value.", StringComparison.Ordinal)
        && !path.StartsWith("new_value.", StringComparison.Ordinal);

    private static IEnumerable<JsonNode?> Records(JsonNode? response) => response is JsonArray items ? items : new[] { response };

    private static string[] FixtureNames => [.. Directory.GetFiles(Folder, "*.json")
        .Select(file => Path.GetFileNameWithoutExtension(file))
        .Where(name => !name.StartsWith("ERROR", StringComparison.Ordinal) && !name.StartsWith("NOTIFICATION", StringComparison.Ordinal))
        .Order(StringComparer.Ordinal)];

    private static IEnumerable<string> FixturesOf(string request) => FixtureNames.Where(fixture => RequestOf(fixture) == request);

    private static string RequestOf(string fixture) => fixture[..fixture.LastIndexOf('.')];

    private static JsonNode Read(string fixture) => JsonNode.Parse(File.ReadAllText(Path.Combine(Folder, fixture + ".json")))!;
}
