using System.Globalization;
using Copper.Client;
using Copper.Data.ChangeFeed;
using Copper.Data.Columns;

namespace Copper.Data.Tests.ChangeFeed;

/// <summary>
/// Who replays the feed has the account: after random edits, deletions, conversions and changes of rights, with consumers that stop
/// anywhere. COPPER_TEST_EDITS says how many edits there are.
/// </summary>
public sealed class ReplayTests : ChangeFeedTest
{
    private readonly Dictionary<(string Entity, long Id), string> _replica = [];

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public async Task Replaying_the_feed_gives_the_account(int seed)
    {
        var edits = int.Parse(Environment.GetEnvironmentVariable("COPPER_TEST_EDITS") ?? "250", CultureInfo.InvariantCulture);
        var random = new Random(seed);
        Replay(await RunAsync());
        Assert.Equal(await AccountAsync(), _replica);
        for (var (done, round) = (0, 1); done < edits; round++)
        {
            var count = random.Next(1, Math.Max(60, edits / 200));
            for (var number = 0; number < count; number++)
            {
                await EditAsync(random, done + number);
                Account.Now = Account.Now.AddSeconds(random.Next(4));
            }

            done += count;
            await HideAsync(random);
            if (random.Next(3) == 0)
            {
                // This consumer is killed: what it has taken is taken again. One that has taken everything is not.
                var stopAfter = random.Next(8);
                var taken = await RunAsync(random.Next(2) == 0, stopAfter: stopAfter);
                if (taken.Count < stopAfter)
                {
                    Replay(taken);
                }
            }

            var deleted = round % 4 == 0;
            Replay(await RunAsync(deleted));
            await CompareAsync(deleted && Service.Hidden.Count == 0);
        }

        Service.Hidden.Clear();
        Service.Rights = "all";
        Replay(await RunAsync(deleted: true));
        await CompareAsync(isExact: true);
        Assert.Empty(await RunAsync(deleted: true));
    }

    private void Replay(IEnumerable<CopperChange> changes)
    {
        foreach (var change in changes)
        {
            var key = (change.Entity, change.Id);
            switch (change.Change)
            {
                case CopperChangeKind.Deleted:
                    Assert.True(_replica.Remove(key), $"{change} is deleted twice, or was never there.");
                    break;
                case CopperChangeKind.Created:
                    Assert.True(_replica.TryAdd(key, JsonOf(change)), $"{change} is created twice.");
                    break;
                default:
                    Assert.Contains(key, _replica);
                    Assert.Equal(change.Before!.Keys, change.After!.Keys);
                    _replica[key] = JsonOf(change);
                    break;
            }
        }
    }

    private static string JsonOf(CopperChange change) =>
        CopperEntities.GetPrimary(change.Entity).Write(change.Record!).ToString();

    /// <summary>Compares with the account; a run that has not read all does not know of what moves no time of modification.</summary>
    private async Task CompareAsync(bool isExact)
    {
        var account = await AccountAsync();
        var connectFields = (await Client.Metadata.CustomFieldDefinitions.GetAsync())
            .Where(static field => field.DataType == "Connect").Select(static field => field.Id).ToHashSet();
        foreach (var record in account)
        {
            if (Service.Hidden.Contains((CopperEntities.GetPrimary(record.Key.Entity).Path, record.Key.Id)))
            {
                continue;
            }

            Assert.True(_replica.TryGetValue(record.Key, out var replica), $"{record.Key} was never reported: {record.Value}");
            Assert.True(
                isExact ? replica == record.Value : Telling(replica, connectFields) == Telling(record.Value, connectFields),
                $"{record.Key}\n{replica}\n{record.Value}");
        }

        // Who had other rights for a while cannot know whether what is out of sight since then was deleted, and is told so.
        var unknown = _replica.Keys.Except(account.Keys).ToArray();
        using var state = ChangeFeedState.Open(StatePath);
        Assert.True(!isExact || unknown.All(key => state.Of(key.Entity).Hidden.ContainsKey(key.Id)), string.Join(", ", unknown));
        Assert.True(_replica.Count >= account.Count - Service.Hidden.Count);
    }

    /// <summary>Without what moves no time of modification: relations, connections, and what the service counts.</summary>
    private static string Telling(string record, HashSet<long> connectFields)
    {
        var body = JsonBody.Parse(record);
        body["custom_fields"] = RecordFields.Items(body["custom_fields"]).Where(item => !connectFields.Contains(item.Id))
            .Select(static item => RecordFields.Item(item.Id, item.Value)).ToArray();
        foreach (var name in new[]
        {
            "company_id", "company_name", "primary_contact_id", "related_resource", "interaction_count", "date_last_contacted",
            "leads_converted_from", "converted_at", "converted_contact_id", "converted_opportunity_id", "converted_value", "converted_unit",
        })
        {
            body.Remove(name);
        }

        return body.ToString();
    }

    /// <summary>Somebody loses or gets back the right to see some records.</summary>
    private async Task HideAsync(Random random)
    {
        switch (random.Next(6))
        {
            case 0:
                Service.Status = random.Next(2) == 0 ? System.Net.HttpStatusCode.Forbidden : System.Net.HttpStatusCode.NotFound;
                if (Service.Status == System.Net.HttpStatusCode.NotFound)
                {
                    Service.Rights = $"{random.Next()}";
                }

                foreach (var key in (await AccountAsync()).Keys.Where(_ => random.Next(20) == 0))
                {
                    Service.Hidden.Add((CopperEntities.GetPrimary(key.Entity).Path, key.Id));
                }

                break;
            case 1:
                Service.Hidden.Clear();
                Service.Rights = "all";
                break;
        }
    }

    private async Task EditAsync(Random random, int number)
    {
        try
        {
            await EditAnyAsync(random, number);
        }
        catch (Exception exception) when (
            exception is CopperNotFoundException or CopperValidationException or ArgumentOutOfRangeException)
        {
            // The record is gone already, there is none left, or the edit is none.
        }
    }

    private async Task EditAnyAsync(Random random, int number)
    {
        long Any(string entity) => _replica.Keys.Where(key => key.Entity == entity).Select(static key => key.Id).ElementAt(
            random.Next(_replica.Keys.Count(key => key.Entity == entity)));
        switch (random.Next(14))
        {
            case 0:
                await Client.People.CreateAsync(new JsonBody { ["name"] = $"New {number}", ["company_id"] = Any("company") });
                break;
            case 1:
                await Client.Leads.CreateAsync(new JsonBody { ["name"] = $"Lead {number}" });
                break;
            case 2:
                await Client.Tasks.CreateAsync(new JsonBody { ["name"] = $"Task {number}" });
                break;
            case 3 or 4:
                await Client.People.UpdateAsync(
                    Any("person"), new JsonBody { ["title"] = $"T{number}", ["tags"] = new[] { $"t{number % 5}" } });
                break;
            case 5:
                await Client.Companies.UpdateAsync(Any("company"), new JsonBody { ["details"] = $"D{number}" });
                break;
            case 6:
                await Client.Opportunities.UpdateAsync(Any("opportunity"), new JsonBody { ["monetary_value"] = number });
                break;
            case 7:
                await Client.Projects.UpdateAsync(Any("project"), new JsonBody { ["details"] = $"P{number}" });
                break;
            case 8:
                await Client.Leads.UpdateAsync(Any("lead"), new JsonBody { ["details"] = $"L{number}" });
                break;
            case 9:
                await Client.LeadActions.ConvertAsync(Any("lead"));
                break;
            case 10:
                await Client.Tasks.DeleteAsync(Any("task"));
                break;
            case 11:
                await Client.People.DeleteAsync(Any("person"));
                break;
            case 12 when random.Next(2) == 0:
                await Client.Companies.DeleteAsync(Any("company"));
                break;
            case 12:
                await Client.Companies.CreateAsync(new JsonBody { ["name"] = $"Company {number}" });
                break;
            case 13:
                await Client.RelatedItems.RemoveAsync(CopperEntities.Person, Any("person"), CopperEntities.Company, Any("company"));
                break;
        }
    }
}
