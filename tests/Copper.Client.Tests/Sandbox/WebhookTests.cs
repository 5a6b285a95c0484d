namespace Copper.Client.Tests.Sandbox;

public class WebhookTests
{
    private readonly TestAccount _account = new();

    [Fact]
    public void A_subscription_is_created_read_and_deleted()
    {
        var webhook = Subscribe().Ok();

        Assert.Equal("{\"key\":\"copper\"}", webhook.Json["secret"]!.ToJsonString());
        Assert.Equal(["id", "target", "type", "event", "secret", "created_at"], webhook.Json.AsObject().Select(member => member.Key));
        Assert.Equal(_account.Now.ToUnixTimeSeconds(), (long)webhook.Json["created_at"]!);
        Assert.Equal(webhook.Text, _account.Get($"/webhooks/{webhook.Id}").Ok().Text);
        Assert.Equal($"[{webhook.Text}]", _account.Get("/webhooks").Ok().Text);
        Assert.Equal($"{{\"id\":{webhook.Id}}}", _account.Delete($"/webhooks/{webhook.Id}").Ok().Text);
        Assert.Equal(404, _account.Get($"/webhooks/{webhook.Id}").Status);
    }

    [Fact]
    public void Type_and_event_are_fixed()
    {
        long id = Subscribe().Ok().Id;

        _account.Put($"/webhooks/{id}", new { target = "https://elsewhere.example/", headers = new { token = "x" } }).Ok();

        Assert.Equal(422, _account.Put($"/webhooks/{id}", new { type = "lead" }).Status);
        Assert.Equal(422, _account.Put($"/webhooks/{id}", new { @event = "new" }).Status);
    }

    [Theory]
    [InlineData("http://listener.example/")]
    [InlineData("listener.example")]
    public void The_target_has_to_be_an_https_address(string target)
    {
        var reply = _account.Post("/webhooks", new { target, type = "person", @event = "new" });

        Assert.Equal(422, reply.Status);
        Assert.StartsWith("Invalid input: Invalid URI For External Re", reply.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("people", "new")]
    [InlineData("activity", "new")]
    [InlineData("person", "create")]
    public void Types_and_events_are_fixed_words(string type, string change) =>
        Assert.Equal(422, _account.Post("/webhooks", new { target = "https://listener.example/", type, @event = change }).Status);

    [Fact]
    public void Secrets_are_objects_of_any_keys() => Assert.Equal(
        422, _account.Post(
            "/webhooks", new { target = "https://listener.example/", type = "person", @event = "new", secret = "x" }).Status);

    [Fact]
    public void An_account_has_100_subscriptions_at_most()
    {
        for (int count = 0; count < 100; count++)
        {
            Subscribe().Ok();
        }

        Assert.Equal(422, Subscribe().Status);
    }

    private TestReply Subscribe() => _account.Post(
        "/webhooks", new {
            target = "https://listener.example/", type = "activity_log", @event = "update", secret = new { key = "copper" } });
}
