using Copper.Client.Models;
using Copper.Client.Tests.Support;

namespace Copper.Client.Tests.LongRun;

/// <summary>Somebody who works on the account all day. What a call leaves open he looks up, what failed he does again: as the errors
/// say.</summary>
internal sealed class DayWorker(SimulatedDay day, int process, int seed)
{
    private readonly Random _random = new(seed);
    private int _number;

    /// <summary>What should have been done, once each.</summary>
    public Tally Tally { get; } = new();

    private CopperClient Client { get; set; } = null!;

    /// <summary>Makes leads one by one and in groups, changes each twice, and deletes it.</summary>
    public async Task WriteAsync()
    {
        await ConnectAsync();
        while (!IsOver)
        {
            var ids = _random.Next(4) == 0 ? await CreateGroupAsync(_random.Next(2, 11)) : [await CreateAsync(NextName())];
            foreach (var id in ids)
            {
                foreach (var title in new[] { "first", "second" })
                {
                    Assert.Equal(title, (await SurelyAsync(() => Client.Leads.UpdateAsync(id, new JsonBody { ["title"] = title }))).Title);
                    Tally.Updates++;
                }
            }

            foreach (var id in ids)
            {
                Assert.Equal("second", (await SurelyAsync(() => Client.Leads.GetAsync(id))).Title);
                await DeleteAsync(id);
            }

            await PauseAsync(minutes: 6);
        }

        Client.Dispose();
    }

    /// <summary>Reads all people by pages and by their ids; now and then presses Ctrl+C.</summary>
    public async Task ReadAsync()
    {
        await ConnectAsync();
        var all = Enumerable.Range(1, 450).Select(static id => (long)id).ToArray();
        while (!IsOver)
        {
            using var cancel = new CancellationTokenSource();
            using var timer =
                day.Clock.Schedule(
                    TimeSpan.FromSeconds(_random.NextDouble() * 10), _random.Next(6) == 0 ? cancel.Cancel : static () => { });
            try
            {
                var people = await SurelyAsync(() => Client.People.Search(new SearchQuery { PageSize = 50 }).AllAsync(cancel.Token));
                Assert.Equal(all, people.Select(static person => person.Id).Order());
                Tally.Reads++;
            }
            catch (OperationCanceledException) when (cancel.IsCancellationRequested)
            {
                Tally.Cancellations++;
            }

            Assert.Equal(200, (await SurelyAsync(() => Client.People.FindAsync(all[100..300]))).Count);
            await PauseAsync(minutes: 12);
        }

        Client.Dispose();
    }

    /// <summary>Completes all open tasks while he reads them, so that each change takes one out of the result, and opens them
    /// again.</summary>
    public async Task CompleteAsync()
    {
        await ConnectAsync();
        var open = (await OpenTasksAsync()).Select(static task => task.Id).Order().ToArray();
        Assert.InRange(open.Length, 20, 120);
        while (!IsOver)
        {
            var seen = new List<long>();
            while ((await OpenTasksAsync()).Count > 0)
            {
                try
                {
                    await foreach (var task in Client.Tasks.Search(OpenTasks))
                    {
                        await SurelyAsync(() => Client.Tasks.UpdateAsync(task.Id, new JsonBody { ["status"] = "Completed" }));
                        seen.Add(task.Id);
                    }
                }
                catch (CopperException)
                {
                    // The rest is still open, and read again.
                    Tally.Interruptions++;
                }
            }

            Assert.Equal(open, seen.Order());
            foreach (var id in open)
            {
                await SurelyAsync(() => Client.Tasks.UpdateAsync(id, new JsonBody { ["status"] = "Open" }));
            }

            Tally.TaskUpdates += 2 * open.Length;
            await PauseAsync(minutes: 120);
        }

        Client.Dispose();
    }

    /// <summary>Asks for many records at once, twice as many as the shortest window holds, from a new session each time.</summary>
    public async Task BurstAsync()
    {
        while (!IsOver)
        {
            await ConnectAsync(byToken: _random.Next(2) == 0);
            var people = await Task.WhenAll(Enumerable.Range(1, 72).Select(id => SurelyAsync(() => Client.People.GetAsync(id))));
            Assert.Equal(Enumerable.Range(1, 72).Select(static id => (long)id), people.Select(static person => person.Id));
            Client.Dispose();
            await PauseAsync(minutes: 60);
        }
    }

    private static SearchQuery OpenTasks => new() { PageSize = 10, Filter = new JsonBody { ["statuses"] = new[] { "Open" } } };

    private bool IsOver => day.Clock.Elapsed > day.End;

    private Task<List<CopperTask>> OpenTasksAsync() => SurelyAsync(() => Client.Tasks.Search(OpenTasks).AllAsync());

    private async Task ConnectAsync(bool byToken = false)
    {
        Client = day.Connect(process, byToken);
        await SurelyAsync(() => Client.GetAccountAsync());
    }

    private string NextName() => $"Day {seed:000}-{++_number:000000}";

    private Task PauseAsync(double minutes) => day.PauseAsync(TimeSpan.FromMinutes(_random.NextDouble() * 2 * minutes));

    /// <summary>Calls of which it does no harm to make them again.</summary>
    private async Task<T> SurelyAsync<T>(Func<Task<T>> call)
    {
        while (true)
        {
            try
            {
                return await call();
            }
            catch (CopperException failure) when (
                failure is not (CopperNotFoundException or CopperValidationException or CopperAuthenticationException))
            {
                Tally.Failure();
                await day.PauseAsync(TimeSpan.FromMinutes(1));
            }
        }
    }

    private async Task<long> CreateAsync(string name)
    {
        while (true)
        {
            try
            {
                var lead = await Client.Leads.CreateAsync(new JsonBody { ["name"] = name });
                Tally.Creations++;
                return lead.Id;
            }
            catch (CopperOutcomeUnknownException)
            {
                Tally.Unknown++;
                if (await FindAsync(name) is { } id)
                {
                    Tally.Creations++;
                    Tally.Found++;
                    return id;
                }
            }
            catch (CopperException failure) when (failure is not (CopperValidationException or CopperAuthenticationException))
            {
                // It surely was not made.
                Tally.Failure();
                await day.PauseAsync(TimeSpan.FromMinutes(1));
            }
        }
    }

    private async Task<long[]> CreateGroupAsync(int count)
    {
        var names = Enumerable.Range(0, count).Select(_ => NextName()).ToArray();
        var ids = new List<long>();
        try
        {
            var results = await Client.Leads.Bulk.CreateAsync([.. names.Select(static name => new JsonBody { ["name"] = name })]);
            Assert.All(results, static result => Assert.NotNull(result.Record));
            ids.AddRange(results.Select(static result => result.Record!.Id));
            Tally.Creations += count;
            Tally.Groups++;
        }
        catch (CopperException failure)
        {
            if (failure is CopperOutcomeUnknownException)
            {
                Tally.Unknown++;
            }

            foreach (var name in names)
            {
                if (failure is CopperOutcomeUnknownException && await FindAsync(name) is { } id)
                {
                    Tally.Creations++;
                    Tally.Found++;
                    ids.Add(id);
                }
                else
                {
                    ids.Add(await CreateAsync(name));
                }
            }
        }

        return [.. ids];
    }

    private async Task<long?> FindAsync(string name)
    {
        var found = await SurelyAsync(() => Client.Leads.Search(new SearchQuery { Filter = new JsonBody { ["name"] = name } }).AllAsync());
        return found.Count == 0 ? null : Assert.Single(found).Id;
    }

    private async Task DeleteAsync(long id)
    {
        while (true)
        {
            try
            {
                await Client.Leads.DeleteAsync(id);
                break;
            }
            catch (CopperNotFoundException)
            {
                // Only after an earlier call had failed: within a call a repetition that finds nothing counts as done.
                Assert.NotEqual(0, Tally.Failures);
                break;
            }
            catch (CopperException)
            {
                Tally.Failure();
                await day.PauseAsync(TimeSpan.FromMinutes(1));
            }
        }

        Tally.Deletions++;
    }
}
