using Copper.Client.Tests.Webhooks;
using Copper.Client.Webhooks.Listening;

namespace Copper.Client.Tests.Sandbox;

public class DeliveryTests : ListenerTest
{
    private readonly TestAccount _account = new();
    private readonly WebhookListener _listener;

    public DeliveryTests() => _listener = Listen();

    [Fact]
    public async Task A_change_is_posted_to_each_subscription_that_asked_for_it()
    {
        Subscribe("person", "new");
        long id = Subscribe("person", "update", secret: new { key = "s3cret" });
        Subscribe("company", "update");

        _account.Put("/people/7", new { title = "Countess" }).Ok();

        var notification = (await _listener.ReceiveAsync(Soon))!;
        Assert.Equal([7], notification.Ids);
        Assert.Equal(("person", "update", id), (notification.Type!, notification.Event!, notification.SubscriptionId!.Value));
        Assert.Equal("Countess", notification.UpdatedAttributes["title"]!.NewValue);
        Assert.Equal("s3cret", notification.AdditionalMembers!["key"]);
        Assert.Equal(_account.Now, notification.Timestamp);
        await _account.Sandbox.WhenDeliveredAsync();
        Assert.Equal(200, Assert.Single(_account.Sandbox.Deliveries).Status);
    }

    [Fact]
    public async Task Changes_of_custom_fields_come_by_definition_with_names_if_wanted()
    {
        long field = _account.FieldId("Preferred Language", "person");
        _account.Put("/people/7", new { custom_fields = new[] { new { custom_field_definition_id = field, value = (long?)null } } }).Ok();
        var option = _account.Get($"/custom_field_definitions/{field}").Json["options"]!.AsArray()[0]!;
        Subscribe("person", "update");
        Subscribe("person", "update", computed: true);

        _account.Put(
            "/people/7", new { custom_fields = new[] { new { custom_field_definition_id = field, value = (long)option["id"]! } } }).Ok();

        var ids = (await _listener.ReceiveAsync(Soon))!.UpdatedAttributes.Single();
        var names = (await _listener.ReceiveAsync(Soon))!.UpdatedAttributes.Single();
        Assert.Equal((field, (long)option["id"]!), (ids.DefinitionId, ids.NewValue));
        Assert.Equal((field, (string?)option["name"]), (names.DefinitionId, names.NewValue));
    }

    [Fact]
    public async Task Notifications_come_in_order_and_hold_30_ids_at_most()
    {
        Subscribe("person", "new");
        Subscribe("person", "delete");
        for (int count = 0; count < 50; count++)
        {
            _account.NewPerson("Person " + count);
        }

        var ids = new List<long>();
        while (ids.Count < 50)
        {
            ids.AddRange((await _listener.ReceiveAsync(Soon))!.Ids);
        }

        Assert.Equal(ids.Order(), ids);
    }

    [Fact]
    public async Task Headers_come_along()
    {
        var strict = Listen(options => options.Headers = Secret("X-Key", "s3cret"));
        Subscribe("person", "new", headers: new Dictionary<string, string> { ["X-Key"] = "s3cret" },
            target: strict.Statistics.Prefix!.AbsoluteUri);

        _account.NewPerson();

        Assert.NotNull(await strict.ReceiveAsync(Soon));
    }

    [Fact]
    public async Task A_delivery_that_fails_is_not_repeated_and_keeps_nobody_from_working()
    {
        Subscribe("person", "new", target: "http://127.0.0.1:9/");
        Subscribe("person", "new", target: "https://hooks.example.com/");

        _account.NewPerson();
        await _account.Sandbox.WhenDeliveredAsync();

        Assert.Equal(2, _account.Sandbox.Deliveries.Count);
        Assert.All(_account.Sandbox.Deliveries, delivery => Assert.True(delivery.Status is null && delivery.Failure is not null));
        Assert.Contains(_account.Sandbox.Deliveries, delivery => delivery.Failure == "The sandbox posts to this machine only.");
    }

    private long Subscribe(
        string type, string change, object? secret = null, object? headers = null, bool computed = false, string? target = null) =>
            _account.Post("/webhooks", new
    {
        target = target ?? _listener.Statistics.Prefix!.AbsoluteUri,
        type,
        @event = change,
        secret = secret ?? new { },
        headers = headers ?? new { },
        custom_field_computed_values = computed,
    }).Ok().Id;
}
