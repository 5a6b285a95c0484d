using Copper.Client.RateLimiting;
using Copper.Client.RateLimiting.Shared;

namespace Copper.Client.Tests.RateLimiting;

/// <summary>A machine on a clock of the test's: processes that start and end, and one store that they share.</summary>
internal sealed class SharedMachine(FakeClock clock)
{
    private readonly Lock _gate = new();
    private readonly HashSet<int> _running = [];
    private int _lastId;

    public FakeClock Clock { get; } = clock;

    /// <summary>What is in the store now.</summary>
    public byte[] Bytes { get; set; } = [];

    /// <summary>When it was written.</summary>
    public TimeSpan Written { get; set; }

    /// <summary>Asked before each opening: true when somebody else has it open.</summary>
    public Func<SharedProcess, bool> IsBusy { get; set; } = static _ => false;

    /// <summary>Changes when somebody has written.</summary>
    public Func<long> Revision { get; set; } = static () => 0;

    /// <summary>Called after each writing, before the process knows that it has written.</summary>
    public Action<SharedProcess> HasWritten { get; set; } = static _ => { };

    /// <summary>What every opening throws.</summary>
    public Exception? Failure { get; set; }

    public SharedProcess Start(string place = "here")
    {
        _running.Add(++_lastId);
        return new SharedProcess(this, new ProcessIdentity(_lastId, 1000 + _lastId, place));
    }

    public void End(SharedProcess process) => _running.Remove(process.Identity.Id);

    public bool? IsAlive(ProcessIdentity process) => process.Place == "here" ? _running.Contains(process.Id) && process.Started == 1000 + process.Id : null;

    public LimiterState State => LimiterStateSerializer.Read(Bytes) ?? throw new InvalidOperationException("The store holds no state.");

    internal bool TryUpdate(SharedProcess process, Func<byte[], TimeSpan, byte[]?> change)
    {
        if (Failure is not null)
        {
            throw Failure;
        }

        if (process.HasEnded || IsBusy(process))
        {
            return false;
        }

        // The processes may have threads of their own.
        lock (_gate)
        {
            if (change([.. Bytes], Clock.Elapsed - Written) is { } changed)
            {
                (Bytes, Written) = (changed, Clock.Elapsed);
                HasWritten(process);
            }
        }

        return true;
    }
}

/// <summary>One process of a <see cref="SharedMachine"/>. When it has ended, none of its timers run any more.</summary>
internal sealed class SharedProcess(SharedMachine machine, ProcessIdentity identity)
{
    public ProcessIdentity Identity { get; } = identity;

    public bool HasEnded { get; private set; }

    public void Kill()
    {
        HasEnded = true;
        machine.End(this);
    }

    /// <summary>Its part in the limit, which does its work at once and not on another thread, unless the test says when.</summary>
    public CrossProcessRateLimiter Limit(string credential = "key", Action<Action>? start = null) => new(
        new Store(machine, this), new ProcessClock(machine.Clock, this), new Probe(machine, Identity), LimiterDirectory.Key(credential), start ?? (static work => work()));

    private sealed class Store(SharedMachine machine, SharedProcess process) : LimiterStore
    {
        public override string Name => "the store";

        public override long Revision => machine.Revision();

        public override bool TryUpdate(Func<byte[], TimeSpan, byte[]?> change) => machine.TryUpdate(process, change);
    }

    private sealed class Probe(SharedMachine machine, ProcessIdentity self) : ProcessLivenessChecker
    {
        public override ProcessIdentity Self => self;

        public override bool? IsAlive(ProcessIdentity process) => machine.IsAlive(process);
    }

    private sealed class ProcessClock(FakeClock clock, SharedProcess process) : Clock
    {
        public override TimeSpan Elapsed => clock.Elapsed;

        public override DateTimeOffset UtcNow => clock.UtcNow;

        public override IDisposable Schedule(TimeSpan delay, Action callback) => clock.Schedule(delay, () =>
        {
            if (!process.HasEnded)
            {
                callback();
            }
        });
    }
}
