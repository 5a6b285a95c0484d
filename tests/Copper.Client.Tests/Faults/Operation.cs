using Copper.Client.Tests.Support;

namespace Copper.Client.Tests.Faults;

/// <summary>Something that a user does while the service fails, and how the account shows what was done.</summary>
/// <param name="Method">Of the request that fails.</param>
/// <param name="Path">The same, as a regular expression.</param>
/// <param name="After">So many such requests succeed before one fails.</param>
/// <param name="PrepareAsync">Makes what the operation needs, in an account that does not fail yet; its result is handed on.</param>
/// <param name="RunAsync">Does it, and checks the result.</param>
/// <param name="CountAsync">How often it was carried out, told by the account.</param>
internal sealed record Operation(
    string Method,
    string Path,
    int After,
    Func<CopperClient, Task<long>> PrepareAsync,
    Func<CopperClient, long, Task> RunAsync,
    Func<CopperClient, long, Task<int>> CountAsync)
{
    private const int Page = 10;

    /// <summary>By the headings of the table.</summary>
    public static IReadOnlyDictionary<string, Operation> All { get; } = new Dictionary<string, Operation>
    {
        ["GET"] = new(
            "GET", "^/people/1$", 0, Nothing, static async (client, _) => Assert.Equal(1, (await client.People.GetAsync(1)).Id), Never),
        ["search, later page"] = new("POST", "^/people/search$", 1, Nothing, SearchAsync, Never),
        ["create"] = new(
            "POST", "^/people$", 0, Nothing,
            static async (client, _) =>
                Assert.Equal("Only Once", (await client.People.CreateAsync(new JsonBody { ["name"] = "Only Once" })).Name),
            static (client, _) => Named(client, "Only Once")),
        ["PUT"] = new(
            "PUT", "^/people/\\d+$", 0, MakePerson,
            static async (client, id) =>
                Assert.Equal("Changed", (await client.People.UpdateAsync(id, new JsonBody { ["title"] = "Changed" })).Title),
            static async (client, id) => (await client.People.GetAsync(id)).Title == "Changed" ? 1 : 0),
        ["DELETE"] = new(
            "DELETE", "^/people/\\d+$", 0, MakePerson,
            static (client, id) => client.People.DeleteAsync(id),
            static async (client, id) => await IsGone(client.People.GetAsync(id)) ? 1 : 0),
        ["convert"] = new(
            "POST", "^/leads/\\d+/convert$", 0,
            static async client => (await client.Leads.CreateAsync(new JsonBody { ["name"] = "Lea Raw" })).Id,
            static async (client, id) => Assert.Equal(id, (await client.LeadActions.ConvertAsync(id)).LeadId),
            static (client, _) => Named(client, "Lea Raw")),
        ["bulk create"] = new(
            "POST", "^/people/bulk_create$", 0, Nothing,
            static (client, _) => MakeTwoAsync(client),
            static async (client, _) => Math.Max(await Named(client, "Bulk One"), await Named(client, "Bulk Two"))),
    };

    /// <summary>Changes something, so that doing it twice would matter.</summary>
    public bool IsChange => Method != "GET" && After == 0;

    private static Task<long> Nothing(CopperClient client) => Task.FromResult(0L);

    private static Task<int> Never(CopperClient client, long id) => Task.FromResult(0);

    private static async Task<long> MakePerson(CopperClient client) =>
        (await client.People.CreateAsync(new JsonBody { ["name"] = "Some One" })).Id;

    private static async Task<int> Named(CopperClient client, string name) =>
        (await client.People.Search(new SearchQuery()).AllAsync()).Count(person => person.Name == name);

    private static async Task MakeTwoAsync(CopperClient client)
    {
        var results =
            await client.People.Bulk.CreateAsync([new JsonBody { ["name"] = "Bulk One" }, new JsonBody { ["name"] = "Bulk Two" }]);
        if (results[0].Failure is { } error)
        {
            // What is said of one item holds for each.
            Assert.All(results, result => Assert.IsType(error.GetType(), result.Failure));
            throw error;
        }

        Assert.Equal(["Bulk One", "Bulk Two"], results.Select(static result => result.Record!.Name));
    }

    private static async Task<bool> IsGone<T>(Task<T> read)
    {
        try
        {
            await read;
            return false;
        }
        catch (CopperNotFoundException)
        {
            return true;
        }
    }

    /// <summary>All people, each once. When it fails, what came before was handed out: whole pages, and nothing twice.</summary>
    private static async Task SearchAsync(CopperClient client, long prepared)
    {
        var ids = new List<long>();
        try
        {
            // Two pages, so that one later page is in flight, and no other meets the fault.
            await foreach (var person in client.People.Search(new SearchQuery { PageSize = Page, First = 2 * Page }))
            {
                ids.Add(person.Id);
            }
        }
        catch (CopperException)
        {
            Assert.Equal(Enumerable.Range(1, Page).Select(static id => (long)id), ids);
            throw;
        }

        Assert.Equal(ids.Distinct().Count(), ids.Count);
        Assert.Superset(Enumerable.Range(1, 2 * Page).Select(static id => (long)id).ToHashSet(), ids.ToHashSet());
    }
}
