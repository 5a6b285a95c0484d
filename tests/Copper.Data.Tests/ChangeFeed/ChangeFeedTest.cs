using Copper.Client;
using Copper.Data.ChangeFeed;
using Copper.Data.Plans;
using Copper.Data.Tests.Support;

namespace Copper.Data.Tests.ChangeFeed;

/// <summary>Feeds of changes of an account of the sandbox, with a state in a folder of its own.</summary>
public abstract class ChangeFeedTest : IDisposable
{
    protected ChangeFeedTest() => FeedClient = Account.Connect(Service);

    internal SandboxAccount Account { get; } = new();

    internal CopperClient Client => Account.Client;

    /// <summary>What stands between the feed and the account.</summary>
    internal HidingHandler Service { get; } = new();

    internal CopperClient FeedClient { get; set; }

    internal string Folder { get; } = Directory.CreateTempSubdirectory("copper-changes-").FullName;

    internal string StatePath => Path.Combine(Folder, "copper.state");

    internal List<string> Warnings { get; } = [];

    public void Dispose()
    {
        Account.Dispose();
        Directory.Delete(Folder, recursive: true);
        GC.SuppressFinalize(this);
    }

    /// <summary>One run; the state advances unless the consumer stops.</summary>
    /// <param name="deleted">Look for deleted records.</param>
    /// <param name="full">Read all.</param>
    /// <param name="stopAfter">The consumer stops after so many changes.</param>
    /// <param name="entities">Only these; null for the six.</param>
    /// <param name="commits">The state advances when the consumer has taken everything.</param>
    internal async Task<List<CopperChange>> RunAsync(
        bool deleted = false,
        bool full = false,
        int stopAfter = int.MaxValue,
        IReadOnlyList<string>? entities = null,
        bool commits = true)
    {
        Service.Forget();
        if (stopAfter == 0)
        {
            return [];
        }

        var changes = new List<CopperChange>();
        using var state = ChangeFeedState.Open(StatePath);
        var options = new ChangeFeedOptions
        {
            IncludesDeleted = deleted,
            IsFull = full,
            ServiceClock = () => Account.Now,
            Entities = entities ?? new ChangeFeedOptions().Entities,
        };
        var feed = new ChangeFeedReader(FeedClient, state, options);
        await foreach (var change in feed.ReadAsync())
        {
            changes.Add(change);
            if (changes.Count == stopAfter)
            {
                return changes;
            }
        }

        Warnings.AddRange(feed.TakeWarnings());
        state.Prepare();
        if (commits)
        {
            state.Commit();
        }

        return changes;
    }

    /// <summary>All records of the account as a feed reports them, by entity and id.</summary>
    internal async Task<Dictionary<(string Entity, long Id), string>> AccountAsync()
    {
        var records = new Dictionary<(string, long), string>();
        foreach (var name in new ChangeFeedOptions().Entities)
        {
            var access = RecordAccess.Of(Client, name);
            var filter = new JsonBody();
            if (access.Entity.ConvertedRecordsFilter is { } member)
            {
                filter[member] = true;
            }

            await foreach (var record in access.Search(new SearchQuery { Filter = filter }))
            {
                records[(name, record.Id)] = access.Entity.Write(record).ToString();
            }
        }

        return records;
    }
}
