using Copper.Client.Metadata;

namespace Copper.Client.Tests.Records;

/// <summary>What seldom changes is fetched once.</summary>
public class MetadataCacheTests
{
    private readonly MetadataCache _cache = new();
    private int _fetches;

    [Fact]
    public async Task What_was_fetched_is_kept_under_its_name()
    {
        Assert.Null(_cache.Peek<string>("tags"));
        Assert.Equal("1", await GetAsync("tags"));
        Assert.Equal("1", await GetAsync("tags"));
        Assert.Equal("2", await GetAsync("users"));

        Assert.Equal("1", _cache.Peek<string>("tags"));
        Assert.Equal((2, 2), (_fetches, _cache.Count));
    }

    [Fact]
    public async Task Callers_that_come_together_share_one_fetch()
    {
        var response = new TaskCompletionSource<string>(TaskCreationOptions.RunContinuationsAsynchronously);
        var callers = Enumerable.Range(0, 20).Select(_ => _cache.GetAsync("tags", _ => FetchAsync(response.Task), default)).ToArray();
        Assert.Equal(0, _cache.Count);

        response.SetResult("a");

        Assert.All(await Task.WhenAll(callers), static value => Assert.Equal("a", value));
        Assert.Equal(1, _fetches);
    }

    [Fact]
    public async Task Lists_of_different_names_do_not_wait_for_each_other()
    {
        var never = new TaskCompletionSource<string>();
        _ = _cache.GetAsync("slow", _ => never.Task, default);

        Assert.Equal("1", await GetAsync("tags"));
    }

    [Fact]
    public async Task A_failure_is_not_kept()
    {
        await Assert.ThrowsAsync<InvalidDataException>(
            () => _cache.GetAsync("tags", static _ => Task.FromException<string>(new InvalidDataException()), default));

        Assert.Null(_cache.Peek<string>("tags"));
        Assert.Equal("1", await GetAsync("tags"));
    }

    [Fact]
    public async Task A_caller_that_gives_up_does_not_take_the_others_with_it()
    {
        var first = new TaskCompletionSource<string>(TaskCreationOptions.RunContinuationsAsynchronously);
        using var cancel = new CancellationTokenSource();
        var impatient = _cache.GetAsync("tags", token => first.Task.WaitAsync(token), cancel.Token);
        var patient = GetAsync("tags");

        await cancel.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => impatient);
        Assert.Equal("1", await patient);
    }

    [Fact]
    public async Task A_waiting_caller_can_give_up_on_its_own()
    {
        var first = new TaskCompletionSource<string>(TaskCreationOptions.RunContinuationsAsynchronously);
        var fetching = _cache.GetAsync("tags", _ => FetchAsync(first.Task), default);
        using var cancel = new CancellationTokenSource();
        var waiting = _cache.GetAsync("tags", _ => FetchAsync(first.Task), cancel.Token);

        await cancel.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => waiting);
        first.SetResult("a");

        Assert.Equal("a", await fetching);
    }

    [Fact]
    public async Task Clearing_forgets_everything_also_what_is_being_fetched()
    {
        await GetAsync("tags");
        var old = new TaskCompletionSource<string>(TaskCreationOptions.RunContinuationsAsynchronously);
        var fetching = _cache.GetAsync("users", _ => old.Task, default);

        _cache.Clear();
        old.SetResult("old");

        Assert.Equal("old", await fetching);
        Assert.Equal(0, _cache.Count);
        Assert.Equal("2", await GetAsync("users"));
        Assert.Equal("3", await GetAsync("tags"));
    }

    private Task<string> GetAsync(string name) => _cache.GetAsync(name, _ => FetchAsync(), default);

    private Task<string> FetchAsync(Task<string>? response = null)
    {
        var number = Interlocked.Increment(ref _fetches);
        return response ?? Task.FromResult(number.ToString(System.Globalization.CultureInfo.InvariantCulture));
    }
}
