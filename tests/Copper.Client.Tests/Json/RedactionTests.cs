using Copper.Client.Json;
using Copper.Client.Models;
using Copper.Client.Tests.Support;

namespace Copper.Client.Tests.Json;

/// <summary>Secrets are known by the name of the member that holds them, in whatever spelling it comes.</summary>
public class RedactionTests : ScriptedTest
{
    [Theory]
    [InlineData("Secret")]
    [InlineData("secrets")]
    [InlineData("webhook_secret")]
    [InlineData("SECRET_KEY")]
    [InlineData("Headers")]
    [InlineData("custom_headers")]
    [InlineData("http_header")]
    [InlineData("Authorization")]
    [InlineData("apiKey")]
    [InlineData("access_token")]
    [InlineData("Password")]
    public async Task A_webhook_shows_no_secret_of_another_spelling(string member)
    {
        foreach (var value in new[] { "\"s3cret\"", """{"key":"s3cret"}""", """["s3cret"]""", """{"more":[{"key":"s3cret"}]}""" })
        {
            Service.ThenJson($$"""
                {"id":1,"target":"https://a.example","type":"person","event":"new","{{member}}":{{value}},
                "nested":{"{{member}}":{{value}}},"color":"red"}
                """);

            var webhook = await RunAsync(Client().Webhooks.GetAsync(1));

            Assert.Equal("***", webhook.AdditionalMembers![member]);
            Assert.DoesNotContain(
                "s3cret", webhook.AdditionalMembers.ToString() + ((AdditionalMembers)webhook.AdditionalMembers["nested"]!)[member],
                StringComparison.Ordinal);
            Assert.Equal("red", webhook.AdditionalMembers["color"]);
        }
    }

    [Theory]
    [InlineData("")]
    [InlineData("a")]
    [InlineData("demo@copper.example:")]
    [InlineData("ab")]
    public void A_secret_is_masked_in_base_64_too(string before)
    {
        const string Secret = "k3y-of-an-account/+?";
        var encoded = Convert.ToBase64String(System.Text.Encoding.UTF8.GetBytes(before + Secret));

        var text = Redaction.Redact($"bad key {encoded}, {encoded.TrimEnd('=').Replace('+', '-').Replace('/', '_')}.", Secret);

        Assert.DoesNotContain(encoded.Substring(encoded.Length / 2, 8), text, StringComparison.Ordinal);
        Assert.Equal(2, text.Split("***").Length - 1);
    }

    [Fact]
    public async Task So_does_every_other_record_but_its_headers_and_other_members_stay()
    {
        Service.ThenJson("""{"id":1,"api_token":"s3cret","headers":"two lines","secretary":null}""");

        var person = await RunAsync(Client().People.GetAsync(1));

        Assert.Equal("***", person.AdditionalMembers!["api_token"]);
        Assert.Equal("two lines", person.AdditionalMembers["headers"]);
        Assert.Null(person.AdditionalMembers["secretary"]);
    }

    [Theory]
    [InlineData("secret")]
    [InlineData("Webhook_Secret")]
    [InlineData("Authorization")]
    public void A_notification_masks_what_has_the_name_of_a_secret_and_can_still_be_checked(string name)
    {
        var body = $$"""{"ids":[1],"type":"person","event":"new","{{name}}":"s3cret","sequence":12}""";
        var notification = CopperNotification.Parse(body);

        Assert.Equal("***", notification.AdditionalMembers![name]);
        Assert.Equal(12L, notification.AdditionalMembers["sequence"]);
        Assert.False(notification.Carries(new CopperSecretMap([new(name, "other")])));
        Assert.False(notification.Carries(new CopperSecretMap([new(name, "***")])));
        Assert.True(notification.Carries(new CopperSecretMap([new(name, "s3cret")])));
    }

    [Theory]
    [InlineData("secret")]
    [InlineData("Secret")]
    [InlineData("webhook_secret")]
    [InlineData("headers")]
    [InlineData("Headers")]
    public async Task An_error_does_not_repeat_a_short_or_long_secret_that_was_sent(string member)
    {
        foreach (var value in new[] { "ab", "s3cret-value" })
        {
            Service.Then(
                422, """{"message":"Bad webhook: {\"MEMBER\":{\"key\":\"VALUE\"}} with key=VALUE key: VALUE, cab about"}""".Replace(
                    "MEMBER", member, StringComparison.Ordinal).Replace("VALUE", value, StringComparison.Ordinal));

            var body = new JsonBody { ["target"] = "https://a.example", [member] = new JsonBody { ["key"] = value } };
            var failure = await FailsAsync<CopperValidationException>(Client().Webhooks.CreateAsync(body));

            Assert.DoesNotMatch($"\\b{value}\\b", failure.Message + failure.ServerMessage);
            Assert.Contains("cab about", failure.ServerMessage, StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData("""{"webhook_secret":"s3cret","name":"x"}""")]
    [InlineData("""{"Secret": {"a":"s3cret"}}""")]
    [InlineData("""{\"api_key\":\"s3cret\"}""")]
    [InlineData("""{"client_secret"=>"s3cret"}""")]
    [InlineData("Authorization: Bearer s3cret")]
    [InlineData("/people?access_token=s3cret&page=2")]
    public void A_text_shows_no_value_of_a_member_with_the_name_of_a_secret(string text)
    {
        var redacted = Redaction.RedactSecretMembers(text);

        Assert.DoesNotContain("s3cret", redacted, StringComparison.Ordinal);
        Assert.Contains("***", redacted, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""{"secret":["is too long"]}""")]
    [InlineData("""{"secret":"is not allowed here"}""")]
    [InlineData("The token is not valid: ask for another one.")]
    [InlineData("Unknown secret: name it")]
    public void A_sentence_about_a_secret_stays(string text) => Assert.Equal(text, Redaction.RedactSecretMembers(text));

    [Fact]
    public async Task A_trace_does_not_show_a_secret_in_the_query()
    {
        Service.ThenJson("{}");
        var request = new CopperRequest(HttpMethod.Get, "people/7") { Query = { new("api_key", "s3cret"), new("page", "2") } };

        await RunAsync(Client().SendAsync(request));

        Assert.NotEmpty(Trace.Events);
        Assert.All(Trace.Events, static traceEvent =>
            Assert.DoesNotContain("s3cret", traceEvent.Message + traceEvent.PathAndQuery, StringComparison.Ordinal));
        Assert.Contains(Trace.Events, static traceEvent => traceEvent.PathAndQuery == "/people/7?api_key=***&page=2");
    }
}
