using System.Text.Json.Nodes;
using Copper.Client.Models;
using Copper.Client.Tests.Support;

namespace Copper.Client.Tests.Fixtures;

/// <summary>What the service really responds is read, and none of it is lost; nor is any of it when a member is not what it was.</summary>
public class PublishedResponseTests : ScriptedTest
{
    /// <summary>What may stand in place of a member, by what stood there.</summary>
    private static readonly (string Name, Func<JsonNode?, JsonNode?> Change)[] Changes =
    [
        ("null", static _ => null),
        ("a number as text", static node => IsNumber(node) ? JsonValue.Create(node!.ToJsonString()) : JsonValue.Create("12x")),
        ("a text as number", static node => JsonValue.Create(4711)),
        ("a fraction", static node => JsonValue.Create(5.5m)),
        ("beyond every number", static _ => JsonNode.Parse("1e30")),
        ("a flag", static _ => JsonValue.Create(true)),
        ("an object", static _ => new JsonObject { ["odd"] = 1 }),
        ("an empty object", static _ => new JsonObject()),
        ("a list", static _ => new JsonArray(7, "eight", null)),
        ("an odd text", static _ => JsonValue.Create("1,000.50")),
    ];

    public static TheoryData<string> OfRecords => [.. PublishedResponses.OfRecords];

    public static TheoryData<string> Errors =>
        [.. PublishedResponses.Names.Where(static name => name.StartsWith("ERROR", StringComparison.Ordinal))];

    public static TheoryData<string> Notifications =>
        [.. PublishedResponses.Names.Where(static name => name.StartsWith("NOTIFICATION", StringComparison.Ordinal))];

    public static TheoryData<string> Deletions =>
        [.. PublishedResponses.Names.Where(static name => name.StartsWith("DELETE", StringComparison.Ordinal))];

    [Theory]
    [MemberData(nameof(OfRecords))]
    public async Task A_response_is_read_and_nothing_of_it_is_lost(string name)
    {
        var sent = JsonNode.Parse(PublishedResponses.Text(name))!;

        var read = await ReadAsync(name, sent);

        var items = Items(name, sent);
        Assert.Equal(items.Count, read.Count);
        Assert.Empty(items.Zip(read, static (item, record) => Kept.Lost(item, record)).SelectMany(static lost => lost));
        Assert.DoesNotContain(Trace.Events, static message => message.Kind == Copper.Client.CopperTraceKind.Unreadable);
        Assert.All(read, static record => Assert.False(string.IsNullOrEmpty(record.ToString())));
    }

    [Theory]
    [MemberData(nameof(OfRecords))]
    public async Task A_changed_member_costs_no_more_than_its_own_record_and_is_kept(string name)
    {
        var original = JsonNode.Parse(PublishedResponses.Text(name))!;
        var count = Items(name, original).Count;
        foreach (var path in Paths(Items(name, original)[0]!, []))
        {
            foreach (var (change, apply) in Changes.Append(("missing", static _ => null)))
            {
                var sent = original.DeepClone();
                var item = Items(name, sent)[0]!;
                Apply(item, path, apply, isMissing: change == "missing");
                var isOwnId = path is ["id"];
                var what = $"{string.Join(".", path)} is {change}";
                try
                {
                    var read = await ReadAsync(name, sent);
                    var lost = !isOwnId
                        && read.Count == count ? Items(name, sent).Zip(read, static (item, record) => Kept.Lost(item, record))
                        .SelectMany(static lost => lost).ToArray() : [];
                    Assert.True(read.Count == count
                        || (isOwnId && read.Count == count - 1), $"{what}: {read.Count} of {count} records came.");
                    Assert.True(lost.Length == 0, $"{what}: {string.Join(", ", lost)}");
                }
                catch (CopperException failure)
                {
                    Assert.True(isOwnId, $"{what}: {failure.Message}");
                    Assert.DoesNotContain("Copper.Client", failure.Message, StringComparison.Ordinal);
                    Assert.DoesNotContain("System.", failure.Message, StringComparison.Ordinal);
                }
            }
        }
    }

    [Theory]
    [MemberData(nameof(Errors))]
    public async Task An_error_is_an_error_in_the_words_of_the_service(string name)
    {
        var sent = JsonNode.Parse(PublishedResponses.Text(name))!;
        var client = Client(static options => options.MaxRetries = 0);
        Service.Then(sent["status"]!.GetValue<int>(), sent["body"]!.ToJsonString());

        var failure = await Assert.ThrowsAnyAsync<CopperApiException>(() => client.People.GetAsync(1));

        Assert.False(string.IsNullOrWhiteSpace(failure.ServerMessage));
        Assert.DoesNotContain("{", failure.ServerMessage, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Notifications))]
    public void A_notification_is_read_and_nothing_of_it_is_lost(string name)
    {
        var sent = JsonNode.Parse(PublishedResponses.Text(name))!.AsObject();

        var notification = CopperNotification.Parse(sent.ToJsonString());

        Assert.Empty(notification.UpdatedAttributes);
        sent.Remove("updated_attributes");
        Assert.Empty(Kept.Lost(sent, notification));
    }

    [Theory]
    [MemberData(nameof(Notifications))]
    public void A_notification_with_a_changed_member_is_read_or_is_said_to_be_none(string name)
    {
        foreach (var path in Paths(JsonNode.Parse(PublishedResponses.Text(name))!, []))
        {
            foreach (var (change, apply) in Changes)
            {
                var sent = JsonNode.Parse(PublishedResponses.Text(name))!.AsObject();
                Apply(sent, path, apply, isMissing: false);
                try
                {
                    var read = CopperNotification.Parse(sent.ToJsonString());
                    sent.Remove("updated_attributes");
                    Assert.Empty(Kept.Lost(sent, read));
                }
                catch (FormatException failure)
                {
                    Assert.True(path[0] is "ids" or "type" or "event", $"{string.Join(".", path)} is {change}: {failure.Message}");
                }
            }
        }
    }

    [Theory]
    [MemberData(nameof(Deletions))]
    public async Task A_deletion_is_done_whatever_confirms_it(string name)
    {
        var text = PublishedResponses.Text(name);
        Service.ThenJson(text);

        await Client().People.DeleteAsync(JsonNode.Parse(text) is JsonObject sent && sent["id"] is { } id ? id.GetValue<long>() : 1);
    }

    private async Task<IReadOnlyList<object>> ReadAsync(string name, JsonNode sent)
    {
        Service.StartOver().ThenJson(sent.ToJsonString());
        var client = _client ??= Client(static options => options.MaxRetries = 0);
        client.Cache.Clear();
        return await PublishedResponses.ReadAsync(name, client, sent is JsonArray all ? all.Count : 1);
    }

    private CopperClient? _client;

    /// <summary>The records in a response, whatever its form.</summary>
    private static IReadOnlyList<JsonNode?> Items(string name, JsonNode sent) => sent switch
    {
        JsonArray list => [.. list.Where(static item => item is not JsonObject { } refused || refused["success"] is null)],
        JsonObject types when name.StartsWith("GET_activity_types", StringComparison.Ordinal) =>
            [.. types.SelectMany(static category => category.Value!.AsArray().Select(type => (category.Key, type)))
                .OrderBy(static item => (item.type!["category"]?.ToString() ?? item.Key) == "user" ? 0 : 1)
                    .Select(static item => item.type)],
        _ => [sent],
    };

    /// <summary>The paths of all members, those of nested objects and of the first item of nested lists included.</summary>
    private static IEnumerable<string[]> Paths(JsonNode node, string[] path) => node switch
    {
        JsonObject members =>
            members.SelectMany(member => Paths(member.Value ?? JsonValue.Create(0), [.. path, member.Key]).Prepend([.. path, member.Key])),
        JsonArray { Count: > 0 } list when list[0] is JsonObject first => Paths(first, [.. path, "0"]),
        _ => [],
    };

    private static void Apply(JsonNode item, string[] path, Func<JsonNode?, JsonNode?> change, bool isMissing)
    {
        var owner = item;
        foreach (var step in path.SkipLast(1))
        {
            owner = owner is JsonArray list ? list[int.Parse(step, System.Globalization.CultureInfo.InvariantCulture)]! : owner[step]!;
        }

        if (isMissing)
        {
            owner.AsObject().Remove(path[^1]);
        }
        else
        {
            owner[path[^1]] = change(owner[path[^1]]);
        }
    }

    private static bool IsNumber(JsonNode? node) =>
        node is JsonValue value && value.GetValueKind() == System.Text.Json.JsonValueKind.Number;
}
