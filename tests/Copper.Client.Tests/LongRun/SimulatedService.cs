using Copper.Client.RateLimiting;
using Copper.Sandbox;

namespace Copper.Client.Tests.LongRun;

/// <summary>An account of the sandbox on the test's clock, with a network in front of it that fails by a seed, and the count of what was
/// done to it.</summary>
internal sealed class SimulatedService
{
    /// <summary>A second credential of the account, whose account a client has to ask for.</summary>
    public const string Token = "a-token-of-the-same-account";

    private static readonly (Trouble Trouble, int OneIn)[] Odds =
    [
        (Trouble.Refused, 150), (Trouble.ResetBefore, 150), (Trouble.ResetAfter, 100), (Trouble.LostBefore, 600), (Trouble.LostAfter, 400),
        (Trouble.Truncated, 150), (Trouble.Busy, 200), (Trouble.BadGateway, 200), (Trouble.SomebodyElse, 600),
    ];

    private readonly Lock _gate = new();
    private readonly Clock _clock;
    private readonly Random _random;
    private readonly Dictionary<string, int> _changes = [];
    private readonly int[] _troubles = new int[Enum.GetValues<Trouble>().Length];

    public SimulatedService(Clock clock, int seed)
    {
        _clock = clock;
        _random = new Random(seed);
        Sandbox = new CopperSandbox(new SandboxOptions
        {
            People = 450, Companies = 30, Leads = 60, Opportunities = 20, Tasks = 120, Projects = 5, Activities = 20, BearerToken = Token,
                JournalCapacity = 100, Clock = () => clock.UtcNow,
        });
        Sandbox.Changed += (_, e) =>
        {
            lock (_gate)
            {
                var key = e.Change.Type + " " + e.Change.Event;
                _changes[key] = _changes.GetValueOrDefault(key) + 1;
            }
        };
    }

    public CopperSandbox Sandbox { get; }

    public int Requests => _troubles.Sum();

    /// <summary>Now and then nothing works at all: seven minutes in every four hours.</summary>
    public bool IsDown => _clock.Elapsed.TotalMinutes % 240 is > 100 and < 107;

    public int Changes(string type, string what)
    {
        lock (_gate)
        {
            return _changes.GetValueOrDefault(type + " " + what);
        }
    }

    public int Troubles(Trouble trouble) => _troubles[(int)trouble];

    public void Count(Trouble trouble) => Interlocked.Increment(ref _troubles[(int)trouble]);

    public (Trouble Trouble, TimeSpan There, TimeSpan Back) Draw()
    {
        lock (_gate)
        {
            var trouble = Odds.FirstOrDefault(odds => _random.Next(odds.OneIn) == 0).Trouble;
            return (trouble, TimeSpan.FromSeconds(0.01 + (_random.NextDouble() * 0.2)),
                TimeSpan.FromSeconds(0.02 + (_random.NextDouble() * (_random.Next(20) == 0 ? 5 : 0.3))));
        }
    }
}
