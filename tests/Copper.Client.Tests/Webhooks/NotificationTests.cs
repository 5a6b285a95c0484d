using System.Text;
using Copper.Client.Json;
using Copper.Client.Models;
using Copper.Client.Webhooks.Listening;

namespace Copper.Client.Tests.Webhooks;

public class NotificationTests
{
    private const string Example = """
        {"ids":[26349111,7],"type":"person","event":"update","subscription_id":17066,"timestamp":"2026-02-03T04:05:06.789Z",
         "updated_attributes":{"title":["Countess","Lady"],"tags":[["a"],["a","b"]],
         "custom_fields":{"126240":[null,"Gold"],"126246":[false,true]}},
         "key":"s3cret","sequence":12}
        """;

    [Fact]
    public void A_notification_is_read_whole()
    {
        var notification = CopperNotification.Parse(Example);

        Assert.Equal([26349111, 7], notification.Ids);
        Assert.Equal(("person", "update", 17066L), (notification.Type, notification.Event, notification.SubscriptionId));
        Assert.Equal(new DateTimeOffset(2026, 2, 3, 4, 5, 6, 789, TimeSpan.Zero), notification.Timestamp);
        Assert.Equal(
            ("Countess", "Lady"), (notification.UpdatedAttributes["title"]!.OldValue, notification.UpdatedAttributes["TITLE"]!.NewValue));
        Assert.Equal("a; b", notification.UpdatedAttributes["tags"]!.NewValue!.ToString());
        Assert.Equal(
            ("Gold", 126240L),
            (notification.UpdatedAttributes["126240"]!.NewValue, notification.UpdatedAttributes["126240"]!.DefinitionId));
        Assert.Null(notification.UpdatedAttributes["name"]);
        Assert.Equal(12L, notification.AdditionalMembers!["sequence"]);
    }

    [Fact]
    public void Custom_fields_get_the_names_that_are_known()
    {
        var notification = CopperNotification.Parse(Example);

        notification.NameCustomFields(new Dictionary<long, string> { [126240] = "Level" });

        Assert.Equal("Gold", notification.UpdatedAttributes["Level"]!.NewValue);
        Assert.Equal("Gold", notification.UpdatedAttributes["126240"]!.NewValue);
        Assert.Equal("126246", notification.UpdatedAttributes[3].Name);
    }

    [Fact]
    public void Words_and_members_that_nobody_knows_yet_are_kept()
    {
        var notification = CopperNotification.Parse("""
            {"ids":["9",8],"type":"invoice","event":"archived","updated_attributes":{"custom_fields":[1,2],"odd":7},
            "more":{"a":[1]}}
            """);

        Assert.Equal([9, 8], notification.Ids);
        Assert.Equal(("invoice", "archived"), (notification.Type, notification.Event));
        Assert.Null(notification.Timestamp);
        Assert.Equal(
            (1L, 2L), (notification.UpdatedAttributes["custom_fields"]!.OldValue,
                notification.UpdatedAttributes["custom_fields"]!.NewValue));
        Assert.Equal(7L, notification.UpdatedAttributes["odd"]!.NewValue);
        Assert.IsType<AdditionalMembers>(notification.AdditionalMembers!["more"]);
    }

    [Theory]
    [InlineData("")]
    [InlineData("null")]
    [InlineData("[]")]
    [InlineData("{}")]
    [InlineData("\"ids\"")]
    [InlineData("{\"ids\":[7],\"type\":\"person\"")]
    [InlineData("""{"ids":[],"type":"person","event":"new"}""")]
    [InlineData("""{"ids":[-1],"type":"person","event":"new"}""")]
    [InlineData("""{"type":"person","event":"new"}""")]
    [InlineData("""{"ids":[1],"event":"new"}""")]
    public void What_is_none_is_rejected_without_being_quoted(string body)
    {
        var failure = Assert.Throws<FormatException>(() => CopperNotification.Parse(body + " "));

        Assert.StartsWith("It is", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_broken_body_does_not_show_its_secret()
    {
        var failure = Assert.Throws<FormatException>(() => CopperNotification.Parse("{\"key\":\"s3cret\" s3cret"));

        Assert.DoesNotContain("s3cret", failure.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Bytes_may_begin_with_a_byte_order_mark() =>
        Assert.Equal(2, CopperNotification.Parse([0xEF, 0xBB, 0xBF, .. Encoding.UTF8.GetBytes(Example)]).Ids.Count);

    [Theory]
    [InlineData("key", "s3cret", true)]
    [InlineData("key", "s3creT", false)]
    [InlineData("key", "s3cret-and-more", false)]
    [InlineData("key", "", false)]
    [InlineData("Key", "s3cret", false)]
    [InlineData("other", "s3cret", false)]
    public void The_secret_has_to_agree_in_name_and_value(string name, string value, bool agrees) =>
        Assert.Equal(agrees, CopperNotification.Parse(Example).Carries(Secret((name, value))));

    [Fact]
    public void Every_pair_of_the_secret_is_needed() =>
        Assert.False(CopperNotification.Parse(Example).Carries(Secret(("key", "s3cret"), ("second", "x"))));

    [Fact]
    public void A_secret_that_is_missing_accepts_nothing()
    {
        var notification = CopperNotification.Parse(Example);

        Assert.Throws<ArgumentException>(() => notification.Carries(new Dictionary<string, string>()));
        Assert.Contains("'key'", Assert.Throws<ArgumentException>(
            () => notification.Carries(new Dictionary<string, string> { ["key"] = null! })).Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => new WebhookListener(new WebhookListenerOptions { Secret = Secret() }));
        Assert.Throws<ArgumentException>(() => new WebhookListener(new WebhookListenerOptions { Headers = Secret() }));
    }

    [Fact]
    public void A_secret_that_was_checked_is_hidden()
    {
        var notification = CopperNotification.Parse(Example);

        Assert.True(notification.Carries(Secret(("key", "s3cret"))));
        Assert.Equal("***", notification.AdditionalMembers!["key"]);
    }

    [Fact]
    public void Secrets_show_only_their_names()
    {
        var secret = Secret(("key", "s3cret"));

        Assert.Equal("key=***", secret.ToString());
        Assert.Equal(["***"], secret.Values);
        Assert.Equal("***", secret["key"]);
        Assert.Equal("{\"secret\":{\"key\":\"s3cret\"}}", new JsonBody { ["secret"] = secret }.ToString());
    }

    [Fact]
    public void Secrets_are_the_same_when_all_pairs_are()
    {
        Assert.True(CopperSecretMap.AreSame(Secret(("a", "1"), ("b", "2")), Secret(("b", "2"), ("a", "1"))));
        Assert.False(CopperSecretMap.AreSame(Secret(("a", "1")), Secret(("a", "2"))));
        Assert.False(CopperSecretMap.AreSame(Secret(("a", "1")), null));
        Assert.True(CopperSecretMap.AreSame(null, Secret()));
    }

    private static CopperSecretMap Secret(params (string Name, string Value)[] pairs) =>
        new(pairs.Select(pair => new KeyValuePair<string, string>(pair.Name, pair.Value)));
}
