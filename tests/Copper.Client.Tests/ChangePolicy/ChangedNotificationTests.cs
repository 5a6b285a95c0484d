using Copper.Client.Json;
using Copper.Client.Models;
using Copper.Client.Tests.Support;
using Copper.Client.Webhooks;

namespace Copper.Client.Tests.ChangePolicy;

/// <summary>The change policy holds for the payloads of webhooks too.</summary>
public class ChangedNotificationTests : ScriptedTest
{
    [Fact]
    public void A_type_and_an_event_that_nobody_knows_come_out_as_they_are()
    {
        var notification = CopperNotification.Parse("""
            {"zz":{"deep":[1]},"event":"archived","updated_attributes":{"new_kind":{"from":1,"to":2},"custom_fields":[1]},
            "type":"spaceship","ids":["9007199254740993"],"subscription_id":"1099511627776","timestamp":1767225600}
            """);

        Assert.Equal(("spaceship", "archived", 1099511627776), (notification.Type, notification.Event, notification.SubscriptionId));
        Assert.Equal([9007199254740993], notification.Ids);
        Assert.Equal(new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero), notification.Timestamp);
        Assert.Equal(["new_kind", "custom_fields"], notification.UpdatedAttributes.Select(static change => change.Name));
        Assert.IsType<AdditionalMembers>(notification.AdditionalMembers!["zz"]);
    }

    [Theory]
    [InlineData("""{"ids":7,"type":"person","event":"update","updated_attributes":null,"timestamp":null,"subscription_id":null}""")]
    [InlineData(
        """{"ids":[null,7,"x"],"type":"person","event":"update","updated_attributes":[],"timestamp":"soon","subscription_id":{}}""")]
    [InlineData(
        """{"ids":["7"],"type":"person","event":"update","updated_attributes":{"name":null,"custom_fields":{"x":1,"5":[1,2,3]}}}""")]
    public void Shapes_that_nobody_expects_leave_what_makes_sense(string json) => Assert.Equal([7], CopperNotification.Parse(json).Ids);

    [Fact]
    public async Task Records_of_a_type_that_nobody_knows_are_not_asked_for()
    {
        var notification = CopperNotification.Parse("""{"ids":[7],"type":"spaceship","event":"new"}""");

        await RunAsync(new WebhookRecords(Client()).AddRecordsAsync([notification]));

        Assert.Empty(notification.Records);
        Assert.Empty(Service.Requests);
    }

    [Fact]
    public async Task An_event_that_nobody_knows_is_no_deletion()
    {
        Service.ThenRecord();
        var notification = CopperNotification.Parse("""{"ids":[7],"type":"person","event":"archived"}""");

        await RunAsync(new WebhookRecords(Client()).AddRecordsAsync([notification]));

        Assert.Equal("Ann", Assert.Single(notification.Records).ToString());
    }
}
