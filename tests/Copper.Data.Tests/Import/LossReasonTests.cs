using Copper.Client;
using Copper.Data.Import;
using Copper.Data.Plans;

namespace Copper.Data.Tests.Import;

/// <summary>A loss reason goes with the status Lost only: the plan knows it before the service says it.</summary>
public sealed class LossReasonTests : ImportTest
{
    [Theory]
    [InlineData(null, "Open", PlanAction.Hold)]
    [InlineData("Won", "Won", PlanAction.Hold)]
    [InlineData("Lost", null, PlanAction.Create)]
    public async Task A_new_deal(string? status, string? told, PlanAction action)
    {
        var reason = (await Client.Metadata.LossReasons.GetAsync())[0].Name;
        var plan = await PlanAsync(
            new ImportOptions { Entity = "opportunity", MatchOn = ["Name"] },
            Row(("Name", "Deal new"), ("Status", status), ("LossReason", reason)));

        Assert.Equal(action, plan.Steps[0].Action);
        var isTold = plan.Steps[0].Reason?.Contains($"the status of the opportunity is {told}", StringComparison.Ordinal) == true;
        Assert.Equal(told is not null, isTold);
        Assert.All(await RunAsync(Client, plan), static result => Assert.NotEqual(PlanStatus.Failed, result.Status));
    }

    [Fact]
    public async Task A_deal_that_is_opened_again_in_the_file_loses_its_reason_once()
    {
        var reason = (await Client.Metadata.LossReasons.GetAsync())[0];
        var deal = await Client.Opportunities.CreateAsync(
            new JsonBody { ["name"] = "Deal new", ["status"] = "Lost", ["loss_reason_id"] = reason.Id });
        var row = With((await ExportAsync("opportunity")).Single(one => one["Id"] as string == $"{deal.Id}"), "Status", "Open");
        Account.Now = Account.Now.AddHours(1);

        await ImportAsync(ById("opportunity"), row);

        Assert.Null((await Client.Opportunities.GetAsync(deal.Id)).LossReasonId);
        var again = await PlanAsync(ById("opportunity"), row);
        AssertSkipped(again);
        Assert.Contains("LossReason is not written", again.Steps[0].Reason, StringComparison.Ordinal);
        var held = await PlanAsync(ById("opportunity"), Row(("Id", deal.Id), ("LossReason", reason.Name)));
        Assert.Equal(PlanAction.Hold, held.Steps[0].Action);
    }
}
