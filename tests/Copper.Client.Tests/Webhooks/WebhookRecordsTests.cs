using Copper.Client.Models;
using Copper.Client.Tests.Support;
using Copper.Client.Webhooks;
using Copper.Sandbox;

namespace Copper.Client.Tests.Webhooks;

public sealed class WebhookRecordsTests : IDisposable
{
    private readonly CopperSandbox _sandbox;
    private readonly CopperClient _client;
    private DateTimeOffset _now = SandboxOptions.ReferenceDate;

    public WebhookRecordsTests()
    {
        _sandbox = new CopperSandbox(new SandboxOptions { People = 500, RateLimits = [], Clock = () => _now });
        _client = ClientOf(_sandbox);
    }

    public void Dispose() => _client.Dispose();

    private static CopperClient ClientOf(CopperSandbox sandbox) => new(new CopperClientOptions
    {
        Identity = CopperIdentity.FromApiKey(SandboxOptions.DefaultUserEmail, SandboxOptions.DefaultApiKey),
        Handler = new SandboxMessageHandler(sandbox),
        BaseUri = new Uri($"https://{Guid.NewGuid():n}.invalid/developer_api/v1"),
        RateLimits = [],
    });

    [Fact]
    public async Task Many_notifications_take_a_search_for_200_ids_and_one_record_is_read_by_its_id()
    {
        var notifications = Enumerable.Range(0, 14)
            .Select(number => Notification("person", "update", Enumerable.Range((number * 30) + 1, 30).Select(id => (long)id)))
            .Append(Notification("company", "new", [10_000_001])).ToArray();

        await new WebhookRecords(_client).AddRecordsAsync(notifications);

        Assert.Equal(
            ["/people/search", "/people/search", "/people/search", "/companies/10000001"], _sandbox.Journal.Select(entry => entry.Path));
        Assert.All(notifications, notification => Assert.Equal(notification.Ids, notification.Records.Select(record => record.Id)));
        Assert.IsType<CopperCompany>(notifications[14].Records[0]);
    }

    [Fact]
    public async Task Records_that_are_gone_are_noted_and_deletions_ask_for_nothing()
    {
        var update = Notification("person", "update", [3, 999_999, 4]);
        var deletion = Notification("person", "delete", [5]);
        var unknown = Notification("invoice", "new", [6]);

        await new WebhookRecords(_client).AddRecordsAsync([update, deletion, unknown]);

        Assert.Equal([3, 4], update.Records.Select(record => record.Id));
        Assert.Equal([999_999], update.MissingIds);
        Assert.Empty(deletion.Records.Concat(unknown.Records));
        Assert.Equal(["/people/search", "/people/999999"], _sandbox.Journal.Select(static entry => entry.Path));
    }

    [Fact]
    public async Task A_new_record_that_no_search_finds_yet_is_read_by_its_id()
    {
        var sandbox = new CopperSandbox(new SandboxOptions { People = 5, RateLimits = [], SearchLagTime = TimeSpan.FromDays(1) });
        using var client = ClientOf(sandbox);
        var person = await client.People.CreateAsync(new JsonBody { ["name"] = "Ada Lovelace" });
        var notification = Notification("person", "new", [1, 2, person.Id]);

        await new WebhookRecords(client).AddRecordsAsync([notification]);

        Assert.EndsWith($"/people/{person.Id}", sandbox.Journal[^1].Path, StringComparison.Ordinal);
        Assert.Empty(notification.MissingIds);
        Assert.Equal([1, 2, person.Id], notification.Records.Select(static record => record.Id));
    }

    [Fact]
    public async Task Activities_are_read_one_by_one()
    {
        var activity = (await _client.Activities.Search(new SearchQuery { First = 1 }).AllAsync()).Single();
        var notification = Notification("activity_log", "new", [activity.Id, 1]);

        await new WebhookRecords(_client).AddRecordsAsync([notification]);

        Assert.Equal(activity.Id, notification.Records.Single().Id);
        Assert.Equal([1], notification.MissingIds);
    }

    [Fact]
    public async Task What_changed_since_a_moment_is_found_with_its_records()
    {
        var since = SandboxOptions.ReferenceDate.AddDays(10);
        _now = since.AddMinutes(1);
        var made = await _client.People.CreateAsync(new JsonBody { ["name"] = "Ada" });
        await _client.People.UpdateAsync(7, new JsonBody { ["title"] = "Countess" });

        var changes = await new WebhookRecords(_client).FindChangesAsync("person", since).AllAsync();

        Assert.Equal(
            [("update", 7L), ("new", made.Id)], changes.Select(change => (change.Event!, change.Ids[0])).OrderBy(change => change.Item2));
        Assert.All(changes, change => Assert.True(change.IsCatchUp && change.Records.Count == 1 && change.Timestamp == _now));
    }

    private static CopperNotification Notification(string type, string change, IEnumerable<long> ids) =>
        CopperNotification.Parse($$"""{"ids":[{{string.Join(",", ids)}}],"type":"{{type}}","event":"{{change}}"}""");
}
