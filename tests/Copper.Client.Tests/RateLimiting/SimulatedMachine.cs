using Copper.Client.RateLimiting;
using Copper.Client.RateLimiting.Shared;

namespace Copper.Client.Tests.RateLimiting;

/// <summary>A machine on a clock of the test's: processes that start and end, and one store that they share.</summary>
internal sealed class SimulatedMachine(FakeClock clock)
{
    private readonly Lock _gate = new();
    private readonly HashSet<int> _running = [];
    private int _lastId;
    private int _version;

    public FakeClock Clock { get; } = clock;

    /// <summary>What the use of the store costs.</summary>
    public StoreKind Kind { get; init; } = StoreKind.File;

    /// <summary>What is in the store now.</summary>
    public byte[] Bytes { get; set; } = [];

    /// <summary>When it was written.</summary>
    public TimeSpan Written { get; set; }

    /// <summary>Called before each read: true when another process uses the store.</summary>
    public Func<SimulatedProcess, bool> IsBusy { get; set; } = static _ => false;

    /// <summary>Changes when somebody has written.</summary>
    public Func<long> Version { get; set; } = static () => 0;

    /// <summary>Called after each replacement, before the process knows of it.</summary>
    public Action<SimulatedProcess> HasWritten { get; set; } = static _ => { };

    /// <summary>What every read throws.</summary>
    public Exception? Failure { get; set; }

    /// <summary>The storage where the processes keep their state; null for a file of the machine.</summary>
    public SimulatedBlob? Blob { get; set; }

    /// <summary>Starts a process.</summary>
    /// <param name="host">Where it runs; "here" can be seen from the others.</param>
    /// <param name="skew">How far its clock is from the machine's.</param>
    public SimulatedProcess Start(string host = "here", TimeSpan skew = default)
    {
        _running.Add(++_lastId);
        return new SimulatedProcess(this, new ProcessIdentity(_lastId, 1000 + _lastId, host), skew);
    }

    public void End(SimulatedProcess process) => _running.Remove(process.Identity.Id);

    public bool? IsAlive(ProcessIdentity process) =>
        process.Host == "here" ? _running.Contains(process.Id) && process.Started == 1000 + process.Id : null;

    public LimiterState State => LimiterStateSerializer.Read(Bytes) ?? throw new InvalidOperationException("The store holds no state.");

    /// <summary>What every read of the store waits for, as of a store that is far away.</summary>
    public Func<Task> Delay { get; set; } = static () => Task.CompletedTask;

    /// <summary>Called before each replacement, with the process that is about to replace the state.</summary>
    public Action<SimulatedProcess> IsReplacing { get; set; } = static _ => { };

    internal (byte[] Bytes, int Version, TimeSpan Age)? TryRead(SimulatedProcess process)
    {
        if (Failure is not null)
        {
            throw Failure;
        }

        if (process.HasEnded || IsBusy(process))
        {
            return null;
        }

        // The processes may have threads of their own.
        lock (_gate)
        {
            return ([.. Bytes], _version, Clock.Elapsed - Written);
        }
    }

    /// <summary>Compare and swap, as a store on a server does it.</summary>
    internal bool TryReplace(SimulatedProcess process, byte[] bytes, int version)
    {
        IsReplacing(process);
        lock (_gate)
        {
            if (process.HasEnded || version != _version)
            {
                return false;
            }

            (Bytes, Written) = (bytes, Clock.Elapsed);
            _version++;
        }

        HasWritten(process);
        return true;
    }
}

/// <summary>One process of a <see cref="SimulatedMachine"/>. When it has ended, none of its timers run any more.</summary>
internal sealed class SimulatedProcess(SimulatedMachine machine, ProcessIdentity identity, TimeSpan skew)
{
    private readonly ProcessClock _clock = new(machine.Clock, skew);

    public ProcessIdentity Identity { get; } = identity;

    public Clock Clock => _clock;

    public bool HasEnded { get; private set; }

    public void Kill()
    {
        HasEnded = _clock.HasEnded = true;
        machine.End(this);
    }

    /// <summary>Nothing of it runs any more, until it goes on.</summary>
    public void Suspend() => _clock.HasEnded = true;

    /// <summary>It goes on.</summary>
    public void Resume() => _clock.HasEnded = false;

    /// <summary>Its limiter, which syncs at once and not on another thread, unless the test decides when.</summary>
    public CrossProcessRateLimiter Limit(string credential = "key", Action<Action>? start = null) => new(
        machine.Blob?.Open(this) ?? new Store(machine, this),
        new Checker(machine, Identity),
        LimiterDirectory.Key(credential),
        start ?? (static work => work()));

    private sealed class Store(SimulatedMachine machine, SimulatedProcess process) : ILimiterStore
    {
        public string Name => "the store";

        public StoreKind Kind => machine.Kind;

        public Clock Clock => process.Clock;

        public string Advice => LimiterDirectory.Advice;

        public string Version => $"{machine.Version()}";

        public async ValueTask<IStoredState?> TryReadAsync(CancellationToken cancellationToken)
        {
            await machine.Delay();
            return machine.TryRead(process) is var (bytes, version, age) ? new StoredState(machine, process, bytes, version, age) : null;
        }
    }

    private sealed class StoredState(SimulatedMachine machine, SimulatedProcess process, byte[] bytes, int version, TimeSpan age)
        : IStoredState
    {
        public byte[] Bytes => bytes;

        public TimeSpan Age => age;

        public ClockOffset Offset => default;

        public ValueTask<bool> TryReplaceAsync(byte[] bytes, CancellationToken cancellationToken) =>
            new(machine.TryReplace(process, bytes, version));

        public void Dispose()
        {
        }
    }

    private sealed class Checker(SimulatedMachine machine, ProcessIdentity self) : ProcessLivenessChecker
    {
        public override ProcessIdentity Self => self;

        public override bool? IsAlive(ProcessIdentity process) =>
            !machine.Kind.IsRemote && machine.Blob is null ? machine.IsAlive(process) : process == self ? true : null;
    }

    private sealed class ProcessClock(FakeClock clock, TimeSpan skew) : Clock
    {
        public bool HasEnded { get; set; }

        public override TimeSpan Elapsed => clock.Elapsed + skew;

        public override DateTimeOffset UtcNow => clock.UtcNow + skew;

        public override IDisposable Schedule(TimeSpan delay, Action callback) => clock.Schedule(delay, () =>
        {
            if (!HasEnded)
            {
                callback();
            }
        });
    }
}
