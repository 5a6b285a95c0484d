using Copper.Client;
using Copper.Data.Plans;
using Copper.Sandbox;

namespace Copper.Data.Tests.Plans;

/// <summary>The file of a run: what is in it, what is not, and who may read it.</summary>
public sealed class JournalTests : PlanTest
{
    [Fact]
    public async Task It_holds_what_was_before_and_after()
    {
        var person = await Client.People.CreateAsync(new JsonBody { ["name"] = "Ada", ["title"] = "CEO" });
        var plan = new ChangePlan([Update(1, "person", person.Id, new { title = "CTO" }), Create(2, "task", new { name = "Call" }),
            Delete(3, "person", person.Id)]);
        var path = NewPath();
        using (var journal = ChangeJournal.Create(path, plan))
        {
            await RunAsync(Client, plan, journal);
        }

        var entries = ChangeJournal.Read(path);

        Assert.Equal([PlanAction.Create, PlanAction.Update, PlanAction.Delete], entries.Select(static entry => entry.Action));
        Assert.All(entries, static entry => Assert.Equal(PlanStatus.Done, entry.Status));
        Assert.Equal("""{"title":"CEO"}""", entries[1].Before);
        Assert.Equal("""{"title":"CTO"}""", entries[1].After);
        Assert.Contains("Ada", entries[2].Before);
        Assert.NotNull(entries[0].Id);
    }

    [Fact]
    public async Task It_is_on_the_disk_before_the_request_and_again_before_the_next()
    {
        var plan = new ChangePlan([Create(1, "task", new { name = "One" }), Create(2, "task", new { name = "Two" })]);
        var path = NewPath();
        var seen = new List<string>();
        var network = new WatchingHandler(() => seen.Add(
            string.Join(",", ReadShared(path).Select(static entry => entry.Status?.ToString() ?? "open"))));
        using (var journal = ChangeJournal.Create(path, plan))
        {
            await RunAsync(Account.Connect(network), plan, journal);
        }

        Assert.Equal(["open", "Done,open"], seen);
    }

    [Fact]
    public async Task It_holds_no_credential_and_only_its_owner_may_read_it()
    {
        var plan = new ChangePlan([Create(1, "person", new { name = "Ada" })]);
        var path = NewPath();
        using (var journal = ChangeJournal.Create(path, plan))
        {
            await RunAsync(Client, plan, journal);
        }

        Assert.DoesNotContain(SandboxOptions.DefaultApiKey, await File.ReadAllTextAsync(path));
        if (!OperatingSystem.IsWindows())
        {
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(path));
        }
    }

    [Fact]
    public void One_that_is_there_already_is_not_overwritten()
    {
        var plan = new ChangePlan([Create(1, "person", new { name = "Ada" })]);
        var path = NewPath();
        ChangeJournal.Create(path, plan).Dispose();

        Assert.Contains("exists already", Assert.Throws<PlanException>(() => ChangeJournal.Create(path, plan)).Message);
    }

    [Fact]
    public async Task It_belongs_to_its_plan()
    {
        using var journal = ChangeJournal.Create(NewPath(), new ChangePlan([Create(1, "person", new { name = "Ada" })]));
        Account.Sandbox.ClearJournal();

        var failure = await Assert.ThrowsAsync<PlanException>(
            () => RunAsync(Client, new ChangePlan([Create(1, "person", new { name = "Bob" })]), journal));

        Assert.Contains("another plan", failure.Message);
        Assert.Empty(Account.Requests);
    }

    [Theory]
    [InlineData("hello\n")]
    [InlineData("{\"kind\":\"plan\",\"version\":1,\"steps\":1}\nrubbish\n")]
    [InlineData("{\"a\":1}\n")]
    public void A_file_that_is_none_is_rejected(string text)
    {
        var path = NewPath();
        File.WriteAllText(path, text);

        Assert.Contains("no journal", Assert.Throws<PlanException>(() => ChangeJournal.Read(path)).Message);
    }

    private static IReadOnlyList<CopperJournalEntry> ReadShared(string path) => ChangeJournal.Read(path);

    private sealed class WatchingHandler(Action watch) : DelegatingHandler
    {
        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            watch();
            return base.SendAsync(request, cancellationToken);
        }
    }
}
