using Copper.Client.Models;
using Copper.Client.Relations;

namespace Copper.Client.Tests.Typed;

/// <summary>What programs do most often is said in few words.</summary>
public sealed class ShortcutTests : TypedTest
{
    [Fact]
    public async Task A_search_is_counted_by_one_request_and_read_into_a_list()
    {
        var people = await Client.People.Search(new PersonSearch()).ToListAsync();
        var tagged = people.GroupBy(static person => person.Tags.FirstOrDefault()).First(static group => group.Key is not null);
        Sandbox.ClearJournal();

        Assert.Equal(people.Count, await Client.People.CountAsync(new PersonSearch { First = 1 }));
        Assert.Single(Sandbox.Journal);
        Assert.Equal(
            people.Count(person => person.Tags.Contains(tagged.Key!)),
            await Client.People.CountAsync(new PersonSearch { Tags = [tagged.Key!] }));
        await Assert.ThrowsAsync<ArgumentException>(() => Client.People.CountAsync(new LeadSearch()));
        await Assert.ThrowsAsync<NotSupportedException>(() => Client.Webhooks.CountAsync(new SearchQuery()));
    }

    [Fact]
    public async Task Everything_is_searched_without_criteria_and_the_first_costs_one_record()
    {
        Assert.Equal(await Client.People.CountAsync(), (await Client.People.Search().ToListAsync()).Count);
        Sandbox.ClearJournal();

        var result = Client.People.Search(new PersonSearch { SortBy = "name" });
        var first = await result.FirstOrDefaultAsync();

        Assert.Contains("\"page_size\":1,", Assert.Single(Sandbox.Journal).Body, StringComparison.Ordinal);
        Assert.Equal(first!.Id, (await result.ToListAsync())[0].Id);
        Assert.Null(await Client.People.Search(new PersonSearch { Name = "nobody is called so" }).FirstOrDefaultAsync());
        Assert.Equal(3, (await SearchResults.Of(new CopperPerson { Id = 3 }, new CopperPerson { Id = 4 }).FirstOrDefaultAsync())!.Id);
    }

    [Fact]
    public async Task A_file_is_attached_by_its_path()
    {
        var person = (await Client.People.Search().FirstOrDefaultAsync())!;
        var path = Path.GetTempFileName();
        try
        {
            await File.WriteAllTextAsync(path, "content");
            await Client.Files.AddAsync(person, path);
        }
        finally
        {
            File.Delete(path);
        }

        Assert.Equal(Path.GetFileName(path), Assert.Single(await Client.Files.GetAsync(person)).Name);
    }

    [Fact]
    public void A_record_of_a_test_has_the_names_that_it_is_given()
    {
        var person = new CopperPerson
        {
            Id = 7,
            Assignee = "Ada",
            CustomFields = { new() { Name = "Score", Value = 12m }, new() { DefinitionId = 4, Value = "x" } },
        };

        Assert.Equal("Ada", person.Assignee);
        Assert.Equal(12m, person.CustomFields.Get<decimal?>("score"));
        Assert.Equal("Score=12; 4=x", person.CustomFields.ToString());
        Assert.DoesNotContain("Ada", CopperEntities.Person.Write(person).ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_field_whose_name_was_not_read_says_how_it_is()
    {
        var person = await Client.People.Search(new PersonSearch { CustomFields = { ["Preferred Language"] = "French" } })
            .FirstOrDefaultAsync();
        Client.Cache.Clear();
        var unread = await Client.People.GetAsync(person!.Id);

        var failure = Assert.Throws<InvalidOperationException>(() => unread.CustomFields.Get<string>("Preferred Language"));

        Assert.Contains("LoadNames = true", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_cannot_be_searched_is_listed()
    {
        var webhook = await Client.Webhooks.CreateAsync(
            new WebhookCreate { Target = new Uri("https://hooks.example.com/copper"), Type = "person", Event = "update" });

        Assert.Equal(webhook.Id, Assert.Single(await Client.Webhooks.ListAsync()).Id);
        Assert.NotEmpty(await Client.CustomFieldDefinitions.ListAsync());
        Assert.NotEmpty(await Client.CustomActivityTypes.ListAsync());
        Assert.Contains(
            "Search", (await Assert.ThrowsAsync<NotSupportedException>(() => Client.People.ListAsync())).Message, StringComparison.Ordinal);
        Assert.Contains(
            "ListAsync",
            Assert.Throws<NotSupportedException>(() => Client.Webhooks.Search(new SearchQuery())).Message,
            StringComparison.Ordinal);
    }

    [Fact]
    public async Task Records_are_related_and_pointed_to_as_they_are()
    {
        var person = await Client.People.CreateAsync(new PersonCreate { Name = "Ada", Emails = [new("ada@short.example")] });
        var deal = await Client.Opportunities.CreateAsync(new OpportunityCreate { Name = "Engine" });
        Assert.Equal(("ada@short.example", "work"), (person.Emails[0].Email, person.Emails[0].Category));

        await Client.RelatedItems.AddAsync(deal, person);
        Assert.Contains(await Client.RelatedItems.GetAsync(deal), item => (item.Type, item.Id) == ("person", person.Id));
        Assert.Contains(await Client.RelatedItems.GetAsync(person, CopperEntities.Opportunity), item => item.Id == deal.Id);
        await Client.RelatedItems.RemoveAsync(deal, new CopperRelatedResource("person", person.Id));
        Assert.DoesNotContain(await Client.RelatedItems.GetAsync(deal), item => (item.Type, item.Id) == ("person", person.Id));

        var task = await Client.Tasks.CreateAsync(new TaskCreate { Name = "Call", RelatedResource = new(person) });
        Assert.Equal(("person", person.Id), (task.RelatedResource!.Type, task.RelatedResource.Id));
        Assert.Empty(await Client.Files.GetAsync(person));
        Assert.Empty(await Client.Connections.GetAsync(person));
        var unknown = await Assert.ThrowsAsync<ArgumentException>(
            () => Client.RelatedItems.AddAsync(deal, new CopperRelatedResource("persn", person.Id)));
        Assert.Contains("'persn'", unknown.Message, StringComparison.Ordinal);
        await Assert.ThrowsAsync<ArgumentException>(() => Client.RelatedItems.AddAsync(task, task));
    }

    [Fact]
    public async Task A_person_moves_to_another_company()
    {
        var companies = await Client.Companies.Search(new CompanySearch { First = 2 }).ToListAsync();
        var person = await Client.People.CreateAsync(new PersonCreate { Name = "Ada", CompanyId = companies[0].Id });

        Assert.True(await Client.RelatedItems.MovePersonAsync(person.Id, person.CompanyId, companies[1].Id));

        Assert.Equal(companies[1].Id, (await Client.People.GetAsync(person.Id)).CompanyId);
    }

    [Fact]
    public void A_notification_is_verified_by_the_secret_as_it_was_given()
    {
        CopperNotification Received() => CopperNotification.Parse(
            """{"ids":[7],"type":"person","event":"update","key":"a long secret"}"""u8.ToArray());

        Assert.True(Received().Carries(new Dictionary<string, string> { ["key"] = "a long secret" }));
        Assert.False(Received().Carries(new Dictionary<string, string> { ["key"] = "another" }));
        IReadOnlyDictionary<string, string> masked = new CopperSecretMap(new Dictionary<string, string> { ["key"] = "a long secret" });
        Assert.True(Received().Carries(masked));
    }

    [Fact]
    public async Task A_class_of_a_test_overrides_what_the_shortcut_calls()
    {
        var fake = new FakeItems();

        await fake.AddAsync(new CopperPerson { Id = 7 }, new CopperCompany { Id = 8 });

        Assert.Equal("person 7, company 8", fake.Related);
    }

    private sealed class FakeItems : RelatedItemEndpoint
    {
        public string? Related { get; private set; }

        public override Task<CopperRelatedItem> AddAsync(
            CopperEntity entity, long id, CopperEntity relatedEntity, long relatedId, CancellationToken cancellationToken = default)
        {
            Related = $"{entity} {id}, {relatedEntity} {relatedId}";
            return Task.FromResult(new CopperRelatedItem { Id = relatedId });
        }
    }
}
