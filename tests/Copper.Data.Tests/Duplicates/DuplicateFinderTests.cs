using Copper.Client;
using Copper.Client.Metadata;
using Copper.Client.Models;
using Copper.Data.Duplicates;
using Copper.Data.Tests.Support;

namespace Copper.Data.Tests.Duplicates;

/// <summary>The search in an account, and the file of records that are known to be different.</summary>
public sealed class DuplicateFinderTests : IDisposable
{
    private readonly string _path = Path.GetTempFileName();

    public void Dispose() => File.Delete(_path);

    /// <summary>450 people take three requests, and the records of the groups one more; nothing is asked for a single record.</summary>
    [Fact]
    public async Task The_account_is_read_once()
    {
        using var account = new SandboxAccount(static options => options.People = 450);
        var ids = new List<long>();
        foreach (var place in Enumerable.Range(0, 3))
        {
            var person = await account.Client.People.CreateAsync(new JsonBody
            {
                ["name"] = "Zoë Zyx",
                ["phone_numbers"] = new[]
                {
                    new JsonBody { ["number"] = $"+44 20 7946 0000{new string(' ', place)}", ["category"] = "work" },
                },
            });
            ids.Add(person.Id);
        }

        account.Now += TimeSpan.FromHours(1);
        account.Sandbox.ClearJournal();
        var found = await FindAsync(new DuplicateFinder(account.Client, new DuplicateOptions { Entity = CopperEntityNames.Person }));

        var group = Assert.Single(found, group => group.Ids.Contains(ids[0]));
        Assert.Equal(ids, group.Ids);
        Assert.Equal(DuplicateConfidence.Exact, group.Confidence);
        Assert.Equal(Enumerable.Range(1, found.Count), found.Select(static item => item.Group));
        Assert.InRange(account.Requests.Count, 4, 5);
        Assert.All(account.Requests, static request => Assert.Equal("POST /people/search", request));
    }

    [Fact]
    public async Task Another_kind_of_records_is_rejected()
    {
        using var account = new SandboxAccount();
        account.Sandbox.ClearJournal();
        var rejection = await Assert.ThrowsAsync<InputRejectedException>(() =>
            FindAsync(new DuplicateFinder(account.Client, new DuplicateOptions { Entity = CopperEntityNames.Task })));
        Assert.StartsWith("Duplicates are searched for among people, companies, leads", rejection.Message, StringComparison.Ordinal);
        Assert.Empty(account.Requests);
    }

    [Theory]
    [InlineData("Entity,Ids\nPerson,\"1 2\"\n")]
    [InlineData("\"Ids\"\n\"2;1\"\n")]
    [InlineData("\ufeff#TYPE System.Object\n\"Id1\",\"Id2\",\"Note\"\n\"1\",\"2\",\"father, son\"\n")]
    [InlineData("{\"Entity\":\"person\",\"Ids\":[1,2]}\n\n{\"Entity\":\"lead\",\"Ids\":[1,3]}")]
    [InlineData("[2,1]")]
    public void Records_that_are_known_to_be_different_are_no_group(string text)
    {
        File.WriteAllText(_path, text);
        CopperPerson[] people = [Person(1), Person(2), Person(3)];

        // The third one belongs to one of the two, and does not bring them together.
        var group = Assert.Single(DuplicateFinder.FindAmong(
            people, new DuplicateOptions { Entity = CopperEntityNames.Person, Except = DistinctRecords.Read(_path) }));
        Assert.Equal([1, 3], group.Ids);
    }

    [Fact]
    public void A_line_for_other_records_does_not_count()
    {
        File.WriteAllText(_path, "Entity,Ids\nLead,1 2 3\n");
        Assert.Equal(3, Assert.Single(DuplicateFinder.FindAmong(
            [Person(1), Person(2), Person(3)],
            new DuplicateOptions { Entity = CopperEntityNames.Person, Except = DistinctRecords.Read(_path) })).Count);
    }

    [Theory]
    [InlineData("Name,Company\n", "Line 1", "The headings are Name, Company, and none of them is Ids")]
    [InlineData("Ids\n1 2\n7\n", "Line 3", "fewer than two different ids")]
    [InlineData("Ids\n1 x\n", "Line 2", "'x' is no id")]
    [InlineData("Ids\n1,2\n", "Line 2", "2 cells, and there are 1 headings")]
    [InlineData("Entity,Ids\nCat,1 2\n", "Line 2", "'Cat' is no kind of records")]
    [InlineData("{\"Ids\":[1,", "Line 1", "")]
    [InlineData("{\"Ids\":null}", "Line 1", "null is no id")]
    public void A_line_that_is_not_valid_is_named(string text, string line, string message)
    {
        File.WriteAllText(_path, text);
        var rejection = Assert.Throws<InputRejectedException>(() => DistinctRecords.Read(_path));
        Assert.StartsWith($"{line} of '{_path}' is not valid: ", rejection.Message, StringComparison.Ordinal);
        Assert.Contains(message, rejection.Message, StringComparison.Ordinal);
    }

    private static async Task<List<CopperDuplicateGroup>> FindAsync(DuplicateFinder finder)
    {
        var groups = new List<CopperDuplicateGroup>();
        await foreach (var group in finder.FindAsync())
        {
            groups.Add(group);
        }

        return groups;
    }

    private static CopperPerson Person(long id) => new() { Id = id, Name = "Ada Lovelace", CompanyName = "Engines" };
}
