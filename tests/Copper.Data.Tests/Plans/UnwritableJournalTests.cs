using Copper.Client;
using Copper.Data.Plans;
using Copper.Data.Tests.Support;

namespace Copper.Data.Tests.Plans;

/// <summary>A journal that cannot be written any more: nothing is sent that it does not hold, and what it holds can be read.</summary>
public sealed class UnwritableJournalTests : PlanTest
{
    [Fact]
    public async Task A_session_sends_nothing_while_the_disk_is_full_and_goes_on_when_there_is_room_again()
    {
        var path = NewPath();
        var (client, disk) = Record(path);
        await client.People.UpdateAsync(1, Title("One"));
        disk.Room = 0;
        Account.Sandbox.ClearJournal();

        var failure = await Assert.ThrowsAsync<CopperChangeNotRecordedException>(() => client.People.UpdateAsync(2, Title("Two")));

        Assert.Contains("Nothing was sent (PUT /people/2)", failure.Message);
        Assert.Contains($"The journal '{path}' cannot be written: No space left on device", failure.Message);
        Assert.IsType<JournalException>(failure.InnerException);
        Assert.Empty(Account.Writes);
        disk.Room = int.MaxValue;
        await client.People.UpdateAsync(3, Title("Three"));
        Assert.Equal([1, 3], ChangeJournal.Read(path).Select(static entry => entry.Id!.Value));
    }

    [Fact]
    public async Task A_change_whose_outcome_cannot_be_noted_has_its_result_and_the_listener_is_told()
    {
        var path = NewPath();
        var (client, disk) = Record(path);
        var trace = new Listener();
        disk.Room = 1;

        var person = await client.WithTrace(trace).People.UpdateAsync(1, Title("One"));

        Assert.Equal("One", person.Title);
        Assert.Contains("cannot be recorded: it was sent", Assert.Single(trace.Warnings));
        Assert.Null(Assert.Single(ChangeJournal.Read(path)).Status);
        Assert.Equal(PlanAction.Hold, Assert.Single((await new UndoPlanner(Client).PlanAsync(ChangeJournal.Read(path))).Steps).Action);
    }

    [Fact]
    public async Task A_file_that_was_removed_is_missed()
    {
        if (OperatingSystem.IsWindows())
        {
            // An open file cannot be removed there.
            return;
        }

        var folder = Directory.CreateDirectory(Path.Combine(Path.GetDirectoryName(NewPath())!, "gone"));
        var (client, _) = Record(Path.Combine(folder.FullName, "session.jsonl"));
        folder.Delete(recursive: true);
        Account.Sandbox.ClearJournal();

        var failure = await Assert.ThrowsAsync<CopperChangeNotRecordedException>(() => client.People.UpdateAsync(2, Title("Two")));

        Assert.Contains("the file is gone", failure.Message);
        Assert.Empty(Account.Writes);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    public async Task A_run_ends_with_nothing_sent_that_the_journal_does_not_hold_and_is_resumed(int room)
    {
        var steps = Enumerable.Range(1, 5).Select(static id => Update(id, "opportunity", 30000000 + id, new { details = "D" }));
        var plan = new ChangePlan([.. steps]);
        var path = NewPath();
        FullDisk? disk = null;
        using (var journal = ChangeJournal.Create(path, plan, path => disk = new FullDisk(path)))
        {
            disk!.Room = room;
            Account.Sandbox.ClearJournal();
            await Assert.ThrowsAsync<JournalException>(() => RunAsync(Client, plan, journal));
        }

        var noted = ChangeJournal.Read(path).Select(static entry => $"PUT /opportunities/{entry.Id}");
        Assert.Equal(noted, Account.Writes);
        using var resumed = ChangeJournal.Resume(path);
        Assert.All(await RunAsync(Client, plan, resumed), static result => Assert.Equal(PlanStatus.Done, result.Status));
    }

    private static JsonBody Title(string text) => new() { ["title"] = text };

    private (CopperClient Client, FullDisk Disk) Record(string path)
    {
        FullDisk? disk = null;
        var client = Account.Connect();
        client.ChangeRecorder = new SessionJournal(
            client, ChangeJournal.Create(path, new ChangePlan([]), path => disk = new FullDisk(path)));
        return (client, disk!);
    }

    private sealed class Listener : ICopperTrace
    {
        public List<string> Warnings { get; } = [];

        public void Write(CopperTraceEvent traceEvent)
        {
            if (traceEvent.Kind == CopperTraceKind.NotRecorded)
            {
                Warnings.Add(traceEvent.Message);
            }
        }
    }
}
