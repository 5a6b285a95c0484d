using System.Text.RegularExpressions;
using Copper.Client.RateLimiting;
using Copper.Client.Tests.Support;
using Copper.SandboxHost.Faults;

namespace Copper.Client.Tests.Faults;

/// <summary>Every cell of the table in docs/reliability.md, against a service that fails on real sockets: once, and for good.</summary>
public class FaultMatrixTests : HostTest
{
    private const int MaxRetries = 2;

    private static readonly Dictionary<string, Type> Errors = new()
    {
        ["CopperConnectionFailed"] = typeof(CopperConnectionException),
        ["CopperUnreadableAnswer"] = typeof(CopperProtocolException),
        ["CopperTimeout"] = typeof(CopperTimeoutException),
        ["CopperRateLimitExceeded"] = typeof(CopperRateLimitException),
        ["CopperServerError"] = typeof(CopperServerException),
        ["CopperAuthenticationFailed"] = typeof(CopperAuthenticationException),
        ["CopperRedirected"] = typeof(CopperRedirectException),
        ["CopperError"] = typeof(CopperApiException),
    };

    public static TheoryData<string, string> Cells
    {
        get
        {
            var data = new TheoryData<string, string>();
            foreach (var fault in ReliabilityTable.Faults)
            {
                foreach (var operation in ReliabilityTable.Operations)
                {
                    data.Add(fault, operation);
                }
            }

            return data;
        }
    }

    [Fact]
    public void The_document_has_every_fault_and_every_operation()
    {
        Assert.Equal(Trouble.Names, ReliabilityTable.Faults);
        Assert.Equal(Operation.All.Keys, ReliabilityTable.Operations);
    }

    [Theory]
    [MemberData(nameof(Cells))]
    public async Task What_the_document_says_is_what_happens(string fault, string operation)
    {
        var word = ReliabilityTable.Cell(fault, operation);
        await new Run(this, fault, Operation.All[operation], once: true).CheckAsync(word);
        await new Run(this, fault, Operation.All[operation], once: false).CheckAsync(word == "retried" ? "retried, and it lasts" : word);
    }

    /// <summary>One cell, with an account of its own.</summary>
    private sealed class Run(FaultMatrixTests test, string fault, Operation operation, bool once)
    {
        private readonly SwiftClock _clock = new();
        private readonly TraceRecorder _trace = new();
        private CopperException? _failure;
        private int _sent;
        private int _done;

        public async Task CheckAsync(string word)
        {
            await RunAsync();
            var error = ReliabilityTable.ErrorId(fault) is { Length: > 0 } id ? Errors[id] : null;
            switch (word)
            {
                case "done":
                    Assert.Null(_failure);
                    Assert.Equal(0, Repetitions);
                    break;
                case "retried":
                    Assert.Null(_failure);
                    Assert.Equal(1, Repetitions);
                    break;
                case "gone":
                    Assert.Null(_failure);
                    Assert.Equal((1, 1), (Repetitions, _done));
                    break;
                case "retried, and it lasts":
                    Assert.IsType(error!, _failure);
                    Assert.Equal(MaxRetries + 1, _failure!.Attempts);
                    Assert.Equal(MaxRetries, Repetitions);
                    break;
                case "unknown":
                    var unknown = Assert.IsType<CopperOutcomeUnknownException>(_failure);
                    Assert.IsType(error!, unknown.InnerException);
                    Assert.Matches("unknown.*look .* before you try again", unknown.Message);
                    Assert.Equal((1, 0), (_sent, Repetitions));
                    break;
                case "error" or "stop":
                    Assert.Equal(word == "stop", error == typeof(CopperAuthenticationException));
                    Assert.IsType(error!, _failure);
                    Assert.Equal((operation.After + 1, 0), (_sent, Repetitions));
                    break;
                default:
                    Assert.Fail($"The document has a word that is not explained: {word}.");
                    break;
            }

            // Nothing is doubled, and what went well was done.
            Assert.InRange(_done, operation.IsChange && _failure is null ? 1 : 0, 1);
        }

        private int Repetitions => _trace.Kinds.Count(static kind => kind == CopperTraceKind.Retrying);

        private async Task RunAsync()
        {
            var host = test.Host;
            host.Reset();
            var observer = test.Client();
            var prepared = await operation.PrepareAsync(observer);
            host.Journal.Clear();
            var client = Connect();
            if (fault != Trouble.Refused)
            {
                host.Faults.Add(
                    Trouble.Of(fault, _clock.UtcNow) with {
                        Match = new FaultMatch { Method = operation.Method, Path = operation.Path, After = operation.After }, Times = once
                        ? 1 : -1 });
            }

            try
            {
                await operation.RunAsync(client, prepared);
            }
            catch (CopperException failure)
            {
                _failure = failure;
            }

            _sent = host.Journal.Entries.Count(entry => entry.Method == operation.Method && Regex.IsMatch(entry.Path, operation.Path));
            host.Faults.Clear();
            _done = await operation.CountAsync(observer, prepared);
        }

        private CopperClient Connect()
        {
            var hopeless = operation.After + 1;
            if (fault == Trouble.NoResponse)
            {
                _clock.IsHopeless = number => once ? number == hopeless : number >= hopeless;
                _clock.HasArrived = number => test.Host.Journal.Entries.Count >= number;
            }

            return test.Client(options =>
            {
                options.Clock = _clock;
                options.Throttles = new RateLimiterRegistry(_clock);
                options.Timeout = SwiftClock.Timeout;
                options.MaxRetries = MaxRetries;
                options.MaxResponseBytes = fault == Trouble.TooLarge ? Trouble.AllowedSize : options.MaxResponseBytes;
                options.Handler = fault == Trouble.Refused ? new DeadEndHandler(operation, once ? 1 : -1) : null;
            }).WithTrace(_trace);
        }
    }
}
