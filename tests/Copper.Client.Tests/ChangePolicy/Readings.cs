using Copper.Client.Tests.Support;

namespace Copper.Client.Tests.ChangePolicy;

/// <summary>Every way in which the client reads a response of the service, each against an account that has something to read.</summary>
internal static class Readings
{
    private static readonly CopperEntity Person = CopperEntities.GetPrimary("person");
    private static readonly CopperEntity Lead = CopperEntities.GetPrimary("lead");
    private static readonly CopperEntity Opportunity = CopperEntities.GetPrimary("opportunity");
    private static readonly CopperEntity Company = CopperEntities.GetPrimary("company");

    private static readonly Dictionary<string, Func<CopperClient, Task<object?>>> Roster = new()
    {
        ["person"] = async client => await client.People.GetAsync(1),
        ["people"] = client => Some(client.People.Search),
        ["person by e-mail"] = async client => await client.FindPersonByEmailAsync("only@one.example"),
        ["person changed"] = async client => await client.People.UpdateAsync(1, new JsonBody { ["title"] = "Dr" }),
        ["person made"] = async client => await client.People.CreateAsync(new JsonBody { ["name"] = "Ann Ash" }),
        ["company"] = async client => await client.Companies.GetAsync(10000001),
        ["companies"] = client => Some(client.Companies.Search),
        ["lead"] = async client => await client.Leads.GetAsync(20000001),
        ["leads"] = client => Some(client.Leads.Search),
        ["lead converted"] = async client =>
            await client.LeadActions.ConvertAsync(20000001, new LeadConversion { OpportunityName = "Deal" }),
        ["lead upserted"] = async client =>
            await client.LeadActions.UpsertByEmailAsync("new@one.example", new LeadCreate { Name = "Neu" }),
        ["opportunity"] = async client => await client.Opportunities.GetAsync(30000001),
        ["opportunities"] = client => Some(client.Opportunities.Search),
        ["project"] = async client => await client.Projects.GetAsync(40001),
        ["projects"] = client => Some(client.Projects.Search),
        ["task"] = async client => await client.Tasks.GetAsync(50000001),
        ["tasks"] = client => Some(client.Tasks.Search),
        ["activity"] = async client => await client.Activities.GetAsync(6000000001),
        ["activities"] = client => Some(client.Activities.Search),
        ["activities of a record"] = async client => await client.ActivitiesOf(Person, 1, new SearchQuery { First = 3 }).AllAsync(),
        ["me"] = async client => await client.GetCurrentUserAsync(),
        ["account"] = async client => await client.Metadata.Account.GetAsync(),
        ["users"] = async client => await client.Metadata.Users.GetAsync(),
        ["pipelines"] = async client => await client.Metadata.Pipelines.GetAsync(),
        ["pipeline stages"] = async client => await client.Metadata.PipelineStages.GetAsync(),
        ["contact types"] = async client => await client.Metadata.ContactTypes.GetAsync(),
        ["customer sources"] = async client => await client.Metadata.CustomerSources.GetAsync(),
        ["loss reasons"] = async client => await client.Metadata.LossReasons.GetAsync(),
        ["lead statuses"] = async client => await client.Metadata.LeadStatuses.GetAsync(),
        ["activity types"] = async client => await client.Metadata.ActivityTypes.GetAsync(),
        ["custom activity types"] = async client => await client.Metadata.CustomActivityTypes.GetAsync(),
        ["custom field definitions"] = async client => await client.Metadata.CustomFieldDefinitions.GetAsync(),
        ["custom field definition"] = async client => await client.CustomFieldDefinitions.GetAsync(126240),
        ["tags"] = async client => await client.Metadata.Tags.GetAsync(),
        ["field layout"] = async client => await client.Metadata.FieldLayout(Lead).GetAsync(),
        ["field layout of a pipeline"] = async client => await client.Metadata.FieldLayout(Opportunity, 213214).GetAsync(),
        ["related items"] = async client => await client.RelatedItems.GetAsync(Person, 1),
        ["relation made"] = async client => await client.RelatedItems.AddAsync(Person, 6, Company, 10000001),
        ["connections"] = async client => await client.Connections.GetAsync(Company, 10000001),
        ["files"] = async client => await client.Files.GetAsync(Person, 1),
        ["file attached"] = async client => await client.Files.AddAsync(Person, 1, new MemoryStream([1, 2, 3]), "more.txt"),
        ["webhooks"] = async client => await client.Webhooks.ListAsync(),
        ["webhook"] = async client => await client.Webhooks.GetAsync(17065),
        ["any response"] = async client => (await client.SendAsync(new Copper.Client.CopperRequest(HttpMethod.Get, "people/1"))).Value,
        ["any search"] = async client => await client.Search("people/search", new SearchQuery { First = 3 }).AllAsync(),
    };

    public static IEnumerable<string> Names => Roster.Keys;

    public static Task<object?> RunAsync(string name, CopperClient client) => Roster[name](client);

    /// <summary>What a demo account lacks so that each reading has something to read.</summary>
    public static async Task PrepareAsync(CopperClient client)
    {
        await client.People.UpdateAsync(1, new JsonBody
        {
            ["emails"] = new[] { new Dictionary<string, object> { ["email"] = "only@one.example", ["category"] = "work" } },
            ["phone_numbers"] = new[] { new Dictionary<string, object> { ["number"] = "5104447778", ["category"] = "mobile" } },
            ["socials"] = new[] { new Dictionary<string, object> { ["url"] = "facebook.com/ann", ["category"] = "facebook" } },
            ["websites"] = new[] { new Dictionary<string, object> { ["url"] = "ann.example", ["category"] = "work" } },
            ["address"] = new Dictionary<string,
                object> { ["street"] = "1 Main", ["city"] = "Oslo", ["country"] = "NO", ["postal_code"] = "150" },
            ["tags"] = new[] { "7", "vip" },
        });
        await client.Activities.CreateAsync(new JsonBody
        {
            ["parent"] = new JsonBody { ["type"] = "person", ["id"] = 1 }, ["type"] = new JsonBody { ["category"] = "user", ["id"] = 0 },
                ["details"] = "A note",
        });
        await client.Files.AddAsync(Person, 1, new MemoryStream([1, 2, 3]), "note.txt");
        await client.Webhooks.CreateAsync(new JsonBody
        {
            ["target"] = "https://hooks.example/x", ["type"] = "person", ["event"] = "new", ["secret"] = new JsonBody { ["key"] = "hook" },
        });
    }

    private static async Task<object?> Some<T>(Func<SearchQuery, SearchResult<T>> search)
        where T : class =>
        await search(new SearchQuery { First = 3 }).AllAsync();
}
