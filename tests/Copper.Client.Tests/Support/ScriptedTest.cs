using Copper.Client.RateLimiting;

namespace Copper.Client.Tests.Support;

/// <summary>A client against a scripted service, in a time that stands still until <see cref="RunAsync{T}"/> moves it.</summary>
public abstract class ScriptedTest : IDisposable
{
    protected const string Key = "top-secret-key-4711";

    private readonly List<CopperClient> _clients = [];
    private TimeSpan _timeout;

    private protected ScriptedTest()
    {
        Clock = new FakeClock();
        Service = new ScriptedService(Clock);
        Throttles = new RateLimiterRegistry(Clock);
    }

    private protected FakeClock Clock { get; }

    private protected ScriptedService Service { get; }

    private protected RateLimiterRegistry Throttles { get; }

    private protected TraceRecorder Trace { get; } = new();

    public void Dispose()
    {
        _clients.ForEach(static client => client.Dispose());
        GC.SuppressFinalize(this);
    }

    private protected CopperClient Client(Action<CopperClientOptions>? configure = null)
    {
        var options = new CopperClientOptions
        {
            Identity = CopperIdentity.FromApiKey("ann@example.com", Key),
            Handler = Service,
            Clock = Clock,
            Throttles = Throttles,
            RateLimits = [],
            BulkRateLimits = [],

            // So far away that no test comes there by moving the clock to the next retry.
            Timeout = TimeSpan.FromDays(20),
        };
        configure?.Invoke(options);
        _timeout = options.Timeout;
        var client = new CopperClient(options);
        _clients.Add(client);
        return client.WithTrace(Trace);
    }

    /// <summary>
    /// Brings work to its end, moving the clock to each retry and each place that comes free, however busy the machine is. The time
    /// allowed for a request goes by only while the service keeps it waiting: any other is on its way, on a thread that waits for its turn.
    /// </summary>
    private protected async Task<T> RunAsync<T>(Task<T> work)
    {
        var patience = System.Diagnostics.Stopwatch.StartNew();
        while (!work.IsCompleted)
        {
            Assert.True(patience.Elapsed < TimeSpan.FromMinutes(1), "The work waits for something that never comes.");
            await Task.WhenAny(work, Task.Delay(1));
            if (!work.IsCompleted && Clock.Next is { } next && next.Due - Clock.Elapsed < TimeSpan.FromDays(1)
                && (next.Delay != _timeout || Service.IsHanging))
            {
                Clock.MoveTo(next.Due);
            }
        }

        return await work;
    }

    private protected Task RunAsync(Task work) => RunAsync(Wrap(work));

    private protected Task<TException> FailsAsync<TException>(Task work)
        where TException : Exception =>
        Assert.ThrowsAsync<TException>(() => RunAsync(work));

    private static async Task<bool> Wrap(Task work)
    {
        await work;
        return true;
    }
}
