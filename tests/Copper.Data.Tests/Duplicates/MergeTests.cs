using Copper.Client;
using Copper.Client.Json;
using Copper.Client.Metadata;
using Copper.Client.Models;
using Copper.Data.Duplicates;
using Copper.Data.Plans;
using Copper.Data.Tests.Plans;
using Copper.Data.Tests.Support;

namespace Copper.Data.Tests.Duplicates;

/// <summary>A merge loses nothing: what belongs to a record belongs to the one that is kept, or the record stays.</summary>
public sealed class MergeTests : PlanTest
{
    [Fact]
    public async Task Gaps_are_filled_lists_are_joined_and_what_is_unique_is_given_up_first()
    {
        var language = await FieldAsync("Preferred Language");
        var interests = await FieldAsync("Interests");
        var keep = await Client.People.CreateAsync(new JsonBody
        {
            ["name"] = "Zoe Zyx",
            ["title"] = "Countess",
            ["emails"] = Emails("zoe@zyx.example"),
            ["tags"] = new[] { "vip" },
            ["phone_numbers"] = new[] { Phone("+44 20 7946 0011") },
            ["custom_fields"] = new[] { Value(interests.Id, new[] { interests.Options[0].Id }) },
        });
        var other = await Client.People.CreateAsync(new JsonBody
        {
            ["name"] = "Zyx, Zoë",
            ["title"] = "Queen",
            ["details"] = "Knows engines",
            ["emails"] = Emails("z.zyx@home.example"),
            ["tags"] = new[] { "VIP", "engines" },
            ["phone_numbers"] = new[] { Phone("(020) 7946-0011"), Phone("020 7946 0099") },
            ["custom_fields"] = new[]
            {
                Value(language.Id, language.Options[0].Id), Value(interests.Id, new[] { interests.Options[1].Id }),
            },
        });

        var plan = await PlanAsync(Group(keep, other));
        Assert.Equal(["Update", "Update", "Delete"], plan.Steps.Select(static step => step.Action.ToString()));
        Assert.Equal("Merged into person " + keep.Id + ". Not kept: Name 'Zyx, Zoë', Title 'Queen'.", plan.Steps[2].Reason);
        Assert.All(await RunAsync(Client, plan), Done);

        var merged = await Client.People.GetAsync(keep.Id);
        Assert.Equal("Countess", merged.Title);
        Assert.Equal("Knows engines", merged.Details);
        Assert.Equal("zoe@zyx.example, z.zyx@home.example", string.Join(", ", merged.Emails));
        Assert.Equal("vip, engines", string.Join(", ", merged.Tags));
        Assert.Equal("+44 20 7946 0011, 020 7946 0099", string.Join(", ", merged.PhoneNumbers));
        Assert.Equal(2, Assert.IsType<JsonArray>(merged.CustomFields.Find(field => field.DefinitionId == interests.Id)!.Value).Count);
        Assert.False(merged.CustomFields.Find(field => field.DefinitionId == language.Id)!.IsEmpty);
        await Assert.ThrowsAsync<Copper.Client.CopperNotFoundException>(() => Client.People.GetAsync(other.Id));
        Assert.All((await PlanAsync(Group(keep, other))).Steps, static step => Assert.Equal(PlanAction.Hold, step.Action));
    }

    [Fact]
    public async Task All_that_belongs_to_a_person_moves_and_an_undo_brings_it_back()
    {
        var (keep, other) = await PlantedPeopleAsync();
        var before = await ImageAsync();
        var path = NewPath();
        using (var journal = ChangeJournal.Create(path, await PlanAsync(Group(keep, other))))
        {
            Assert.All(await RunAsync(Client, journal.Plan, journal), Done);
        }

        Assert.Equal("person", (await Client.RelatedItems.GetAsync(Copper.Client.CopperEntities.Project, _project))
            .Single(item => item.Id == keep.Id).Type);
        Assert.Equal(keep.Id, (await Client.Opportunities.GetAsync(_opportunity)).PrimaryContactId);
        Assert.Equal(keep.Id, (await Client.Tasks.GetAsync(_task)).RelatedResource!.Id);
        Assert.Equal(keep.Id, (await Client.Companies.GetAsync(_company)).PrimaryContactId);
        Assert.Equal(_company, (await Client.People.GetAsync(keep.Id)).CompanyId);
        var activity = Assert.Single(await ActivitiesAsync(keep.Id));
        Assert.Equal("She called", activity.Details);
        Assert.Equal(DateTimeOffset.FromUnixTimeSeconds(1_700_000_000), activity.ActivityDate);

        var undo = await new UndoPlanner(Client).PlanAsync(ChangeJournal.Read(path));
        Assert.All(await RunAsync(Client, undo), Done);
        Assert.Equal(before, await ImageAsync());
        var back = (await Client.FindPersonByEmailAsync("z.zyx@home.example"))!;
        Assert.NotEqual(other.Id, back.Id);
        Assert.Equal("She called", Assert.Single(await ActivitiesAsync(back.Id)).Details);
        Assert.Empty(await ActivitiesAsync(keep.Id));
    }

    [Fact]
    public async Task People_and_deals_of_a_company_move_with_its_domain()
    {
        var keep = await Client.Companies.CreateAsync(new JsonBody { ["name"] = "Zyx Engines" });
        var other = await Client.Companies.CreateAsync(new JsonBody { ["name"] = "ZYX Engines GmbH", ["email_domain"] = "zyx.example" });
        var person = await Client.People.CreateAsync(new JsonBody { ["name"] = "Zoe", ["company_id"] = other.Id });
        var deal = await Client.Opportunities.CreateAsync(new JsonBody { ["name"] = "Engine", ["company_id"] = other.Id });
        var before = await ImageAsync();
        var path = NewPath();
        using (var journal = ChangeJournal.Create(path, await PlanAsync(Group(keep, other))))
        {
            Assert.All(await RunAsync(Client, journal.Plan, journal), Done);
        }

        Assert.Equal("zyx.example", (await Client.Companies.GetAsync(keep.Id)).EmailDomain);
        Assert.Equal(keep.Id, (await Client.People.GetAsync(person.Id)).CompanyId);
        Assert.Equal(keep.Id, (await Client.Opportunities.GetAsync(deal.Id)).CompanyId);
        Assert.All(await RunAsync(Client, await new UndoPlanner(Client).PlanAsync(ChangeJournal.Read(path))), Done);
        Assert.Equal(before, await ImageAsync());
    }

    [Fact]
    public async Task What_no_program_can_move_is_held_with_the_word_for_it()
    {
        var keep = await PersonAsync("Zoe Zyx");
        var withFile = await PersonAsync("Zoe Zyx");
        await AttachAsync(withFile.Id);
        var plain = await PersonAsync("Zoe Zyx");
        var withHistory = await Client.Leads.CreateAsync(new JsonBody { ["name"] = "Zoe" });
        await Client.LeadActions.ConvertAsync(withHistory.Id);

        var plan = await PlanAsync(new MergeGroup { Entity = "person", Keep = keep.Id, Ids = [withFile.Id, plain.Id, 999_999] });

        Assert.Equal(
            ["There is no person 999999 any more.", "It has 1 file (plan.txt), which no program can move: merge it in the web app."],
            plan.Steps.Where(static step => step.Action == PlanAction.Hold).Select(static step => step.Reason));
        var results = await RunAsync(Client, plan);
        Assert.Equal(PlanStatus.Done, results.Single(result => result.Id == plain.Id).Status);
        Assert.Equal("Zoe Zyx", (await Client.People.GetAsync(withFile.Id)).Name);

        var lead = await Client.Leads.CreateAsync(new JsonBody { ["name"] = "Zoe" });
        var leads = await PlanAsync(new MergeGroup { Entity = "lead", Keep = lead.Id, Ids = [withHistory.Id] });
        Assert.Contains(leads.Steps, static step => step.Action == PlanAction.Hold);
    }

    [Theory]
    [InlineData("/tasks/")]
    [InlineData("/activities")]
    [InlineData("/related")]
    public async Task A_record_is_not_deleted_when_something_of_it_could_not_be_moved(string rejected)
    {
        var (keep, other) = await PlantedPeopleAsync();
        var plan = await PlanAsync(Group(keep, other));
        var client = Account.Connect(new RejectingWrites(rejected));

        var results = await RunAsync(client, plan);

        Assert.Contains(results, static result => result.Status == PlanStatus.Failed);
        var delete = results.Single(result => result is { Action: PlanAction.Delete, Entity: "person" });
        Assert.Equal(PlanStatus.Held, delete.Status);
        Assert.Contains("nothing must be lost", delete.Reason, StringComparison.Ordinal);
        Assert.Equal("Zyx, Zoë", (await Client.People.GetAsync(other.Id)).Name);
    }

    [Theory]
    [InlineData(PlanAction.Update, "task")]
    [InlineData(PlanAction.Create, "activity")]
    [InlineData(PlanAction.Create, "relation")]
    public async Task A_record_is_not_deleted_when_a_step_was_taken_out_of_the_plan(PlanAction action, string entity)
    {
        var (keep, other) = await PlantedPeopleAsync();
        var whole = await PlanAsync(Group(keep, other));
        var plan = new ChangePlan(whole.Steps.Where(step => step.Action != action || step.Entity != entity)
            .Where(step => step.Action != PlanAction.Delete || step.Entity is not ("activity" or "relation"))
            .Select(static step => CopperPlanStep.FromJson(step.ToJson())));

        var results = await RunAsync(Client, plan);

        Assert.Equal(PlanStatus.Held, results.Single(static result => result is { Action: PlanAction.Delete }).Status);
        Assert.Equal("Zyx, Zoë", (await Client.People.GetAsync(other.Id)).Name);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_merge_that_was_cut_anywhere_is_resumed_and_nothing_is_there_twice(bool afterSending)
    {
        string[]? expected = null;
        for (var cutAt = 1; ; cutAt++)
        {
            using var test = new MergeTests();
            var (keep, other) = await test.PlantedPeopleAsync();
            var path = test.NewPath();
            var handler = new CuttingHandler(cutAt, afterSending);
            using (var journal = ChangeJournal.Create(path, await test.PlanAsync(Group(keep, other))))
            {
                await RunAsync(test.Account.Connect(handler), journal.Plan, journal);
            }

            // In the sandbox nothing is slow: what was sent is there.
            using (var journal = ChangeJournal.Resume(path))
            {
                Assert.All(await RunAsync(test.Client, journal.Plan, journal), Done);
            }

            var image = (await test.ImageAsync()).ToArray();
            expected ??= image;
            Assert.Equal(expected, image);
            if (!handler.HasCut)
            {
                Assert.True(cutAt > 8);
                return;
            }
        }
    }

    [Fact]
    public async Task The_record_to_keep_is_chosen_where_nobody_names_one()
    {
        var old = await PersonAsync("Zoe Zyx");
        Account.Now = Account.Now.AddDays(1);
        var full = await Client.People.CreateAsync(new JsonBody { ["name"] = "Zoe Zyx", ["title"] = "Countess", ["details"] = "x" });
        Account.Now = Account.Now.AddDays(1);
        var young = await PersonAsync("Zoe Zyx");
        var group = new MergeGroup { Entity = "person", Ids = [young.Id, full.Id, old.Id] };

        Assert.Equal(full.Id, await KeptAsync(MergePreference.MostComplete));
        Assert.Equal(old.Id, await KeptAsync(MergePreference.Oldest));
        Assert.Equal(young.Id, await KeptAsync(MergePreference.Newest));

        async Task<long> KeptAsync(MergePreference prefer)
        {
            var plan = await new MergePlanner(Client, prefer).PlanAsync([group]);
            return group.Ids.Except(plan.Steps.Where(static step => step.Action == PlanAction.Delete)
                .Select(static step => step.Id!.Value)).Single();
        }
    }

    [Fact]
    public async Task A_record_is_merged_once_and_kinds_are_not_mixed()
    {
        var people = new[] { await PersonAsync("A"), await PersonAsync("A"), await PersonAsync("A") };
        var plan = await PlanAsync(Group(people[0], people[1]), Group(people[2], people[1]));

        Assert.Equal(people[1].Id, plan.Steps.Single(static step => step.Action == PlanAction.Delete).Id);
        Assert.Contains("group before this one", plan.Steps.Single(static step => step.Action == PlanAction.Hold).Reason);
        await Assert.ThrowsAsync<InputRejectedException>(() => PlanAsync(
            Group(people[0], people[1]), new MergeGroup { Entity = "lead", Ids = [1, 2] }));
        await Assert.ThrowsAsync<InputRejectedException>(() => PlanAsync(new MergeGroup { Entity = "task", Ids = [1, 2] }));
    }

    private long _company;
    private long _opportunity;
    private long _project;
    private long _task;

    /// <summary>Two people who are one; the second one has something of each kind.</summary>
    private async Task<(CopperPerson Keep, CopperPerson Other)> PlantedPeopleAsync()
    {
        var company = await Client.Companies.CreateAsync(new JsonBody { ["name"] = "Engines" });
        _company = company.Id;
        var keep = await Client.People.CreateAsync(new JsonBody { ["name"] = "Zoe Zyx", ["emails"] = Emails("zoe@zyx.example") });
        var other = await Client.People.CreateAsync(new JsonBody
        {
            ["name"] = "Zyx, Zoë", ["emails"] = Emails("z.zyx@home.example"), ["company_id"] = company.Id,
        });
        await Client.Companies.UpdateAsync(company.Id, new JsonBody { ["primary_contact_id"] = other.Id });
        _opportunity = (await Client.Opportunities.CreateAsync(
            new JsonBody { ["name"] = "Engine", ["primary_contact_id"] = other.Id })).Id;
        _project = (await Client.Projects.CreateAsync(new JsonBody { ["name"] = "Build" })).Id;
        await Client.RelatedItems.AddAsync(CopperEntities.Project, _project, CopperEntities.Company, company.Id);
        await Client.RelatedItems.AddAsync(CopperEntities.Project, _project, CopperEntities.Person, other.Id);
        _task = (await Client.Tasks.CreateAsync(new JsonBody
        {
            ["name"] = "Call", ["related_resource"] = new JsonBody { ["id"] = other.Id, ["type"] = "person" },
        })).Id;
        await Client.Activities.CreateAsync(new JsonBody
        {
            ["parent"] = new JsonBody { ["id"] = other.Id, ["type"] = "person" },
            ["type"] = new JsonBody { ["category"] = "user", ["id"] = 0 },
            ["details"] = "She called",
            ["activity_date"] = 1_700_000_000,
        });
        return (keep, other);
    }

    private async Task<IReadOnlyList<string>> ImageAsync() =>
        [.. await AccountImage.OfAsync(Client), .. await AccountImage.LinksOfAsync(Client)];

    private Task<ChangePlan> PlanAsync(params MergeGroup[] groups) => new MergePlanner(Client).PlanAsync(groups);

    private static MergeGroup Group(ICopperRecord keep, ICopperRecord other) =>
        new() { Entity = keep.GetEntityType(), Keep = keep.Id, Ids = [other.Id] };

    private Task<CopperPerson> PersonAsync(string name) => Client.People.CreateAsync(new JsonBody { ["name"] = name });

    private async Task<List<CopperActivity>> ActivitiesAsync(long person)
    {
        var found = new List<CopperActivity>();
        var filter = new JsonBody { ["parent"] = new JsonBody { ["id"] = person, ["type"] = "person" } };
        await foreach (var activity in Client.Activities.Search(new SearchQuery { Filter = filter }))
        {
            found.Add(activity);
        }

        return found;
    }

    private async Task AttachAsync(long person)
    {
        using var content = new MemoryStream("x"u8.ToArray());
        await Client.Files.AddAsync(Copper.Client.CopperEntities.Person, person, content, "plan.txt");
    }

    private async Task<CopperCustomFieldDefinition> FieldAsync(string name) =>
        (await Client.Metadata.CustomFieldDefinitions.GetAsync()).Single(field => field.Name == name);

    private static void Done(CopperPlanResult result) =>
        Assert.True(result.Status is PlanStatus.Done or PlanStatus.Skipped, $"{result}: {result.Reason}");

    private static CopperEmail[] Emails(params string[] addresses) =>
        [.. addresses.Select(static address => new CopperEmail { Email = address, Category = "work" })];

    private static CopperPhoneNumber Phone(string number) => new() { Number = number, Category = "work" };

    private static JsonBody Value(long field, object value) => new() { ["custom_field_definition_id"] = field, ["value"] = value };

    /// <summary>The service rejects every change whose path holds a text.</summary>
    private sealed class RejectingWrites(string path) : DelegatingHandler
    {
        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            var requested = request.RequestUri!.AbsolutePath;
            return request.Method != HttpMethod.Get && !requested.EndsWith("/search", StringComparison.Ordinal)
                && requested.Contains(path, StringComparison.Ordinal)
                    ? Task.FromResult(new HttpResponseMessage(System.Net.HttpStatusCode.UnprocessableEntity)
                    {
                        RequestMessage = request,
                        Content = new StringContent("""{"success":false,"status":422,"message":"No"}"""),
                    })
                    : base.SendAsync(request, cancellationToken);
        }
    }
}
