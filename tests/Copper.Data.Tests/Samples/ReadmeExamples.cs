using Copper.Client;
using Copper.Client.Models;
using Copper.Data.ChangeFeed;
using Copper.Data.Duplicates;
using Copper.Data.Import;
using Copper.Data.Plans;
using Copper.Data.Snapshots;
using Microsoft.Extensions.DependencyInjection;

namespace Copper.Data.Tests.Samples;

/// <summary>The code of the packages' READMEs, word for word: a test compares the two, and runs it.</summary>
internal static class ReadmeExamples
{
    public static CopperClient Connect(string apiKey)
    {
        using var client = new CopperClient(new CopperClientOptions
        {
            Identity = CopperIdentity.FromApiKey("you@example.com", apiKey),
            LoadNames = true, // person.Assignee beside AssigneeId, custom fields by name: the lists for that are read once
        });
        return client;
    }

    public static void Register(IServiceCollection services, string apiKey)
    {
        services.AddCopperClient(options => options.Identity = CopperIdentity.FromApiKey("you@example.com", apiKey));
    }

    public static async Task StartAsync(CopperClient client)
    {
        // Search. Pages are read as they are needed, and the first five records take one small request.
        await foreach (var person in client.People.Search(new PersonSearch { City = "Paris", Assignees = ["me"], First = 5 }))
        {
            Console.WriteLine($"{person.Name}, {person.Email}, score {person.CustomFields.Get<decimal?>("Score")}");
        }

        // Or all in a list, or only their number.
        var french = await client.People.Search(new PersonSearch { Country = "FR" }).ToListAsync();
        var count = await client.People.CountAsync(new PersonSearch { Tags = ["dormant"] });
        var newest = await client.People.Search(new PersonSearch { SortBy = "date_created", Descending = true }).FirstOrDefaultAsync();

        // Create. Users, types, stages and custom fields go by name; a name that is unknown is an error before the record is sent.
        var ada = await client.People.CreateAsync(new PersonCreate
        {
            Name = "Ada Lovelace",
            Emails = [new("ada@analytical.example")],
            Assignee = "me",
            CompanyName = "Analytical Engines", // found by its name, or created
            CustomFields = { ["Preferred Language"] = "English" },
        });

        // Update. What is set to null is cleared, what is not set is left alone.
        await client.People.UpdateAsync(ada.Id, new PersonUpdate { Title = "Countess", Details = null });
        await client.People.DeleteAsync(ada.Id);
    }

    public static async Task GoOnAsync(CopperClient client, string webhookSecret, byte[] body)
    {
        // Many records, ten in a request; each has its own result.
        var results = await client.People.Bulk.CreateAsync([new PersonCreate { Name = "Ada" }, new PersonCreate { Name = "Grace" }]);
        foreach (var result in results)
        {
            Console.WriteLine(result);
        }

        List<(long Id, PersonUpdate Changes)> changes = [.. results.Where(result => result.Id is not null)
            .Select(result => (result.Id!.Value, new PersonUpdate { Title = "Pioneer" }))];
        var failed = (await client.People.Bulk.UpdateAsync(changes)).Where(result => result.Failure is not null).ToList();

        // The lists of the account, which seldom change, are cached.
        var users = await client.Metadata.Users.GetAsync();
        var pipelines = await client.Metadata.Pipelines.GetAsync();
        var tags = await client.Metadata.Tags.GetAsync();

        Assert.NotEmpty(users.Select(static user => user.Name).Concat(pipelines.Select(static one => one.Name)));
        Assert.Empty(failed);
        Assert.NotEmpty(tags);

        // A lead that has this address is updated; where there is none, one is created.
        var lead = await client.LeadActions.UpsertByEmailAsync("grace@navy.example", new LeadCreate { Name = "Grace Hopper" });

        // It becomes a person with a company, and an opportunity in the stage of this name.
        var conversion = await client.LeadActions.ConvertAsync(
            lead!.Id, new LeadConversion { CompanyName = "Navy", OpportunityName = "Compiler", Stage = "Qualified", MonetaryValue = 2500 });

        // Relations, and a task for the new person; new CopperRelatedResource("person", 7) points to one that was not read.
        await client.RelatedItems.AddAsync(conversion.Opportunity!, conversion.Person!);
        await client.Tasks.CreateAsync(new TaskCreate
        {
            Name = "Call Grace",
            Priority = "High",
            DueDate = DateTimeOffset.Now.AddDays(2),
            RelatedResource = new(conversion.Person!),
        });

        // Changes are posted to you.
        await client.Webhooks.CreateAsync(new WebhookCreate
        {
            Target = new Uri("https://hooks.example.com/copper"),
            Type = "person",
            Event = "update",
            Secret = new Dictionary<string, string> { ["key"] = webhookSecret },
        });

        // What is posted: FormatException when it is no notification. The secret is compared in constant time.
        var notification = CopperNotification.Parse(body);
        var isGenuine = notification.Carries(new Dictionary<string, string> { ["key"] = webhookSecret });
        Assert.True(isGenuine);
    }

    public static async Task FailAsync(CopperClient client, long id)
    {
        try
        {
            await client.People.UpdateAsync(id, new PersonUpdate { Title = "Countess" });
        }
        catch (CopperNotFoundException)
        {
            Console.WriteLine("There is no such person.");
        }
        catch (ArgumentException exception) // InputRejectedException: a name is unknown. Nothing was sent.
        {
            Console.WriteLine(exception.Message);
        }
        catch (CopperException exception)
        {
            Console.WriteLine($"{exception.StatusCode} {exception.Message} (request {exception.RequestId})");
        }
    }

    public static async Task ReadChangesAsync(CopperClient client, string statePath)
    {
        using var state = ChangeFeedState.Open(statePath);
        await foreach (var change in new ChangeFeedReader(client, state).ReadAsync())
        {
            Console.WriteLine($"{change.Change} {change.Entity} {change.Id}: {string.Join(", ", change.Properties)}");
        }

        // Committed when all changes are taken: an interrupted run returns them again. The first run returns every record.
        state.Commit();
    }

    public static async Task BackUpAsync(CopperClient client, string folder)
    {
        using var snapshot = await new SnapshotBackup(client).RunAsync(folder);
        Console.WriteLine($"{snapshot.Records} records in {snapshot.Path}");
    }

    public static async Task GoBackAsync(CopperClient client, CopperSnapshot snapshot, string journalPath)
    {
        await foreach (var difference in new AccountComparer(client).CompareAsync(snapshot))
        {
            Console.WriteLine($"{difference}: {difference.Changes}");
        }

        // What is missing or was changed since comes back by a plan, as in an import; so does what a journal says was done.
        var restore = await new RestorePlanner(client).PlanAsync(snapshot);
        var undo = await new UndoPlanner(client).PlanAsync(ChangeJournal.Read(journalPath));
        Assert.NotNull(restore);
        Assert.NotEmpty(undo.Steps);
    }

    public static async Task MergeAsync(CopperClient client)
    {
        var groups = new List<MergeGroup>();
        await foreach (var group in new DuplicateFinder(client, "person").FindAsync())
        {
            groups.Add(new MergeGroup { Entity = group.Entity, Ids = group.Ids });
        }

        var plan = await new MergePlanner(client).PlanAsync(groups);
        Assert.NotNull(plan);
    }

    public static async Task ImportAsync(CopperClient client, string csvPath, string journalPath)
    {
        using var file = File.OpenText(csvPath); // Name,Email,Title and so on; or new ImportRow([new("Name", "Ada Lovelace"), …])
        var rows = ImportRow.ReadCsv(file);
        var plan = await new ImportPlanner(client, new ImportOptions { Entity = "person", MatchOn = ["Email"] }).PlanAsync(rows);
        foreach (var step in plan.Steps)
        {
            Console.WriteLine($"{step.Action} {step.Name}: {step.Changes} {step.Reason}");
        }

        using var journal = ChangeJournal.Create(journalPath, plan);
        await foreach (var result in new PlanRunner(client).RunAsync(plan, journal))
        {
            Console.WriteLine($"{result.Status} {result.Name} {result.Reason}");
        }
    }

    internal sealed class FakeClient : CopperClient
    {
        public override RecordEndpoint<CopperPerson> People { get; } = new FakePeople();
    }

    internal sealed class FakePeople : RecordEndpoint<CopperPerson>
    {
        public override SearchResult<CopperPerson> Search(SearchQuery query) =>
            SearchResults.Of(new CopperPerson { Id = 7, Name = "Ada Lovelace" });

        public override Task<CopperPerson> GetAsync(long id, CancellationToken cancellationToken = default) =>
            throw new CopperNotFoundException(CopperRequest.Read($"people/{id}"), "no such person");
    }
}
