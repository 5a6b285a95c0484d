using System.Globalization;
using Copper.Client;
using Copper.Client.Models;
using Copper.Data.Plans;
using Copper.Data.Tests.Support;

namespace Copper.Data.Tests.Plans;

/// <summary>
/// What the journal of a session says was changed, by whatever request, is taken back: the account is as before but for new ids and what
/// the service sets. COPPER_TEST_CHANGES says how many random changes there are.
/// </summary>
public sealed class SessionUndoTests : PlanTest
{
    private static readonly string[] Entities = ["person", "company", "lead", "opportunity", "project", "task"];
    private readonly Dictionary<string, List<long>> _ids = [];

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public async Task Random_changes_are_taken_back(int seed)
    {
        var count = int.Parse(Environment.GetEnvironmentVariable("COPPER_TEST_CHANGES") ?? "250", CultureInfo.InvariantCulture);
        var (records, links) = (await AccountImage.OfAsync(Client), await AccountImage.LinksOfAsync(Client));
        var path = NewPath();
        var done = await ChangeAsync(new Random(seed), count, path);

        Assert.InRange(done, count / 2, count);
        Assert.NotEqual(records, await AccountImage.OfAsync(Client));
        var undo = await new UndoPlanner(Client).PlanAsync(ChangeJournal.Read(path));
        var results = await RunAsync(Client, undo);

        var open = results.Where(static result => result.Status is not (PlanStatus.Done or PlanStatus.Skipped)).ToArray();
        Assert.True(open.Length == 0, string.Join("\n", open.Select(static result => $"{result}: {result.Reason}")));
        AssertSame(records, await AccountImage.OfAsync(Client));
        AssertSame(links, await AccountImage.LinksOfAsync(Client));
    }

    [Fact]
    public async Task What_others_edit_afterwards_is_never_overwritten()
    {
        var path = NewPath();
        await ChangeAsync(new Random(3), 300, path);
        var random = new Random(4);
        var edits = new List<(long Id, string Details)>();
        foreach (var id in _ids["person"].Where(_ => random.Next(3) == 0))
        {
            var details = FormattableString.Invariant($"Somebody else {id}");
            await Client.People.UpdateAsync(id, new JsonBody { ["details"] = details });
            edits.Add((id, details));
        }

        await RunAsync(Client, await new UndoPlanner(Client).PlanAsync(ChangeJournal.Read(path)));

        Assert.NotEmpty(edits);
        foreach (var (id, details) in edits)
        {
            // A person whom the journal has created, and nobody has worked on in a field that was written, may be deleted again.
            var wasCreated = ChangeJournal.Read(path).Any(
                entry => entry is { Action: PlanAction.Create, Entity: "person" } && entry.Id == id);
            if (!wasCreated)
            {
                Assert.Equal(details, (await Client.People.GetAsync(id)).Details);
            }
        }
    }

    [Fact]
    public async Task What_pointed_to_a_deleted_record_points_to_it_again()
    {
        var company = await Client.Companies.CreateAsync(new JsonBody { ["name"] = "Engines" });
        var person = await Client.People.CreateAsync(new JsonBody { ["name"] = "Ada", ["company_id"] = company.Id });
        var deal = await Client.Opportunities.CreateAsync(
            new JsonBody { ["name"] = "Deal", ["company_id"] = company.Id, ["primary_contact_id"] = person.Id });
        var project = await Client.Projects.CreateAsync(new JsonBody { ["name"] = "Works" });
        await Client.RelatedItems.AddAsync(CopperEntities.Project, project.Id, CopperEntities.Company, company.Id);
        var path = NewPath();
        await RecordAsync(path, async client =>
        {
            await client.People.DeleteAsync(person.Id);
            await client.Companies.DeleteAsync(company.Id);
        });
        Assert.Null((await Client.Opportunities.GetAsync(deal.Id)).CompanyId);

        var results = await RunAsync(Client, await new UndoPlanner(Client).PlanAsync(ChangeJournal.Read(path)));

        Assert.All(results, static result => Assert.True(result.Status == PlanStatus.Done, $"{result} {result.Reason}"));
        long NewId(string entity) => results.Single(result => result.Entity == entity && result.Action == PlanAction.Create).Id!.Value;
        var back = await Client.Opportunities.GetAsync(deal.Id);
        Assert.Equal((NewId("company"), NewId("person")), (back.CompanyId, back.PrimaryContactId));
        Assert.Equal(NewId("company"), (await Client.People.GetAsync(NewId("person"))).CompanyId);
        Assert.Contains(
            await Client.RelatedItems.GetAsync(CopperEntities.Project, project.Id),
            item => item.Type == "company" && item.Id == NewId("company"));
    }

    [Fact]
    public async Task Of_a_named_record_all_that_its_deletion_changed_comes_back()
    {
        var company = await Client.Companies.CreateAsync(new JsonBody { ["name"] = "Engines" });
        var person = await Client.People.CreateAsync(new JsonBody { ["name"] = "Ada", ["company_id"] = company.Id });
        var path = NewPath();
        await RecordAsync(path, async client =>
        {
            await client.Tasks.CreateAsync(new JsonBody { ["name"] = "Call" });
            await client.Companies.DeleteAsync(company.Id);
        });

        var undo = await new UndoPlanner(Client).PlanAsync(ChangeJournal.Read(path), only: new HashSet<long> { company.Id });
        var results = await RunAsync(Client, undo);

        Assert.Equal(["company", "person"], results.Select(static result => result.Entity));
        Assert.Equal(results[0].Id, (await Client.People.GetAsync(person.Id)).CompanyId);
    }

    [Fact]
    public async Task A_relation_that_was_there_before_is_not_removed()
    {
        var project = await Client.Projects.CreateAsync(new JsonBody { ["name"] = "Works" });
        await Client.RelatedItems.AddAsync(CopperEntities.Project, project.Id, CopperEntities.Person, 1);
        var path = NewPath();
        await RecordAsync(path, client => client.RelatedItems.AddAsync(CopperEntities.Project, project.Id, CopperEntities.Person, 1));

        Assert.Empty((await new UndoPlanner(Client).PlanAsync(ChangeJournal.Read(path))).Steps);
    }

    [Fact]
    public async Task A_webhook_comes_back_unless_a_secret_of_it_is_lost()
    {
        var plain = await Client.Webhooks.CreateAsync(Webhook("person", "new"));
        var secret = await Client.Webhooks.CreateAsync(Webhook("person", "update", Secret("h00k-5ecret")));
        var path = NewPath();
        await RecordAsync(path, async client =>
        {
            await client.Webhooks.UpdateAsync(plain.Id, new JsonBody { ["target"] = "https://other.example/hook" });
            await client.Webhooks.DeleteAsync(plain.Id);
            await client.Webhooks.DeleteAsync(secret.Id);
            await client.Webhooks.CreateAsync(Webhook("lead", "new", Secret("an0ther-one")));
        });
        Assert.DoesNotContain("5ecret", await File.ReadAllTextAsync(path));
        Assert.DoesNotContain("an0ther", await File.ReadAllTextAsync(path));

        var results = await RunAsync(Client, await new UndoPlanner(Client).PlanAsync(ChangeJournal.Read(path)));

        var held = Assert.Single(results, static result => result.Status == PlanStatus.Held);
        Assert.Contains("Webhooks.CreateAsync creates it again", held.Reason);
        Assert.Equal(
            ["person/new to https://hooks.example/copper"], (await Client.Webhooks.ListAsync()).Select(static hook => hook.ToString()));
    }

    private static (string Name, object Value) Secret(string key) => ("secret", new Dictionary<string, string> { ["key"] = key });

    private static JsonBody Webhook(string type, string change, params (string Name, object Value)[] more)
    {
        var body = new JsonBody { ["target"] = "https://hooks.example/copper", ["type"] = type, ["event"] = change };
        foreach (var (name, value) in more)
        {
            body[name] = value;
        }

        return body;
    }

    private static void AssertSame(IReadOnlyList<string> before, IReadOnlyList<string> after) => Assert.True(
        before.SequenceEqual(after),
        $"missing:\n{string.Join("\n", before.Except(after).Take(10))}\nextra:\n{string.Join("\n", after.Except(before).Take(10))}");

    private async Task RecordAsync(string path, Func<CopperClient, Task> change)
    {
        using var client = Account.Connect();
        using var journal = new SessionJournal(client, path);
        client.ChangeRecorder = journal;
        await change(client);
        client.ChangeRecorder = null;
    }

    private Task<int> ChangeAsync(Random random, int count, string path)
    {
        var done = 0;
        return ChangeAllAsync();

        async Task<int> ChangeAllAsync()
        {
            foreach (var entity in Entities)
            {
                _ids[entity] = await IdsAsync(entity);
            }

            await RecordAsync(path, async client =>
            {
                for (var number = 1; number <= count; number++)
                {
                    try
                    {
                        await ChangeAsync(client, random, number);
                        done++;
                    }
                    catch (CopperValidationException)
                    {
                        // Some random changes are none that the service takes, such as a second company of a person.
                    }
                }
            });
            return done;
        }
    }

    private async Task ChangeAsync(CopperClient client, Random random, int number)
    {
        long Any(string entity) => _ids[entity][random.Next(_ids[entity].Count)];
        string[] related = ["person", "company", "opportunity", "project", "task"];
        switch (random.Next(16))
        {
            case 0:
                _ids["person"].Add((await client.People.CreateAsync(new JsonBody
                {
                    ["name"] = $"New {number}", ["tags"] = new[] { "a", "b" }, ["company_id"] = Any("company"),
                    ["emails"] = new[] { new CopperEmail { Email = $"new{number}@random.example", Category = "work" } },
                })).Id);
                break;
            case 1:
                await client.People.UpdateAsync(
                    Any("person"), new JsonBody { ["title"] = $"T{number}", ["tags"] = new[] { $"t{number}" } });
                break;
            case 2:
                await client.People.Bulk.UpdateAsync(
                    [.. Enumerable.Range(0, 3).Select(_ => Any("person")).Distinct().Select(id => (
                        id, new JsonBody { ["details"] = $"D{number}", ["address"] = new CopperAddress { City = $"C{number}" } }))]);
                break;
            case 3:
                var created = await client.Leads.Bulk.CreateAsync([
                    new JsonBody { ["name"] = $"Lead {number}" },
                    new JsonBody { ["name"] = $"Lead {number} II", ["monetary_value"] = number },
                ]);
                _ids["lead"].AddRange(created.Select(static result => result.Record!.Id));
                break;
            case 4:
                var email = $"upsert{number % 7}@random.example";
                await client.LeadActions.UpsertByEmailAsync(email, new LeadCreate { Name = $"Upsert {number}" });
                break;
            case 5:
                _ids["opportunity"].Add((await client.Opportunities.CreateAsync(new JsonBody
                {
                    ["name"] = $"Deal {number}", ["primary_contact_id"] = Any("person"), ["company_id"] = Any("company"),
                })).Id);
                break;
            case 6:
                await client.Opportunities.UpdateAsync(Any("opportunity"), new JsonBody
                {
                    ["monetary_value"] = number, ["close_date"] = "02/03/2027", ["company_id"] = Any("company"),
                });
                break;
            case 7:
                _ids["task"].Add((await client.Tasks.CreateAsync(new JsonBody
                {
                    ["name"] = $"Task {number}", ["related_resource"] = new JsonBody { ["id"] = Any("company"), ["type"] = "company" },
                })).Id);
                break;
            case 8:
                await client.Tasks.UpdateAsync(
                    Any("task"), new JsonBody { ["due_date"] = 1_800_000_000 + (60 * number), ["priority"] = "High" });
                break;
            case 9:
                await client.Companies.UpdateAsync(
                    Any("company"), new JsonBody { ["details"] = $"D{number}", ["tags"] = Array.Empty<string>() });
                break;
            case 10 when random.Next(2) == 0:
                var entity = Entities[random.Next(Entities.Length)];
                var id = Any(entity);
                if (_ids[entity].Count > 3)
                {
                    await DeleteAsync(client, entity, id);
                    _ids[entity].Remove(id);
                }

                break;
            case 11 or 12 or 13:
                var (one, other) = (related[random.Next(related.Length)], related[random.Next(related.Length)]);
                var (from, to) = (CopperEntities.GetPrimary(one), CopperEntities.GetPrimary(other));
                if (from.RelatedEntities.Contains(other))
                {
                    await (random.Next(3) == 0 && (await Client.RelatedItems.GetAsync(from, Any(one))) is { Count: > 0 } items
                        ? client.RelatedItems.RemoveAsync(from, items[0].FromId, CopperEntities.GetPrimary(items[0].Type!), items[0].Id)
                        : client.RelatedItems.AddAsync(from, Any(one), to, Any(other)));
                }

                break;
            case 14:
                await ConnectAsync(client, random, Any("company"), Any("opportunity"));
                break;
            default:
                await client.SendAsync(new CopperRequest(
                    HttpMethod.Put,
                    FormattableString.Invariant($"projects/{Any("project")}"),
                    new JsonBody { ["status"] = "Completed", ["details"] = $"P{number}" }));
                break;
        }
    }

    /// <summary>Connects a company and a deal by a connect field of the account, or removes a connection that was read.</summary>
    private async Task ConnectAsync(CopperClient client, Random random, long company, long deal)
    {
        var present = await Client.Connections.GetAsync(CopperEntities.Company, company);
        if (present.Count > 0 && random.Next(2) == 0)
        {
            ((SessionJournal)client.ChangeRecorder!).Know(present[0]);
            await client.Connections.RemoveAsync(present[0].Id);
            return;
        }

        var field = (await Client.Metadata.CustomFieldDefinitions.GetAsync()).First(static field => field.DataType == "Connect");
        await client.Connections.AddAsync(field.Id, CopperEntities.Company, company, CopperEntities.Opportunity, deal);
    }

    private static Task DeleteAsync(CopperClient client, string entity, long id) => entity switch
    {
        "person" => client.People.DeleteAsync(id),
        "company" => client.Companies.DeleteAsync(id),
        "lead" => client.Leads.DeleteAsync(id),
        "opportunity" => client.Opportunities.DeleteAsync(id),
        "project" => client.Projects.DeleteAsync(id),
        _ => client.Tasks.DeleteAsync(id),
    };

    private async Task<List<long>> IdsAsync(string entity) => entity switch
    {
        "person" => await IdsAsync(Client.People.Search(new SearchQuery())),
        "company" => await IdsAsync(Client.Companies.Search(new SearchQuery())),
        "lead" => await IdsAsync(Client.Leads.Search(new SearchQuery())),
        "opportunity" => await IdsAsync(Client.Opportunities.Search(new SearchQuery())),
        "project" => await IdsAsync(Client.Projects.Search(new SearchQuery())),
        _ => await IdsAsync(Client.Tasks.Search(new SearchQuery())),
    };

    private static async Task<List<long>> IdsAsync<T>(SearchResult<T> result)
        where T : class, ICopperRecord
    {
        var ids = new List<long>();
        await foreach (var record in result)
        {
            ids.Add(record.Id);
        }

        return ids;
    }
}
