using Copper.Client.RateLimiting;
using Copper.Client.RateLimiting.Shared;
using Copper.Client.Tests.Support;

namespace Copper.Client.Tests.RateLimiting;

/// <summary>The store is lost, damaged, from before a restart, or cannot be used.</summary>
public abstract class LimiterStoreTests(bool isRemote) : CrossProcessTest(isRemote)
{
    /// <summary>Processes of one machine share a file.</summary>
    public sealed class OverAFile() : LimiterStoreTests(isRemote: false);

    /// <summary>Processes of any machine share a blob.</summary>
    public sealed class OverABlob() : LimiterStoreTests(isRemote: true);

    /// <summary>Written by the release that introduced the format, and shared with processes that still run it.</summary>
    private const string StateOfVersion1 =
        "aQEAAGN8Q4cj7yvSgB0sBAAAAAABAAAALHDhK3oGRvkiefQnx7OOc5ryETKbL8guXv6QYGLHMAgBAAAAmvIRMpsvyC5e/pBgYscwCADKmjsAAAAAgI1kPQAA" +
        "AAAAAAAAAADgPwEAAAABAAAAAQAAAAIAAwAEBQYHCAkKCyoAAABnEgAAAAAAAAhib290IHBpZCxw4St6Bkb5Inn0J8ezjnMCAAAAJAAAAACHkwMAAAAAtAAA" +
        "AABGwyMAAAAAAQAAAAMAAACAlpgAAAAAAAUAAAACAAAAgGAzPAAAAACAMwI7AAAAAADKmjsAAAAAABBeXwAAAAAAnWk6AAAAAAECAAAAKqULR8kjQt3aHcy3" +
        "dOUOSSxw4St6Bkb5Inn0J8ezjnMBAAAAAQAAAAIAAwAEBQYHCAkKCxEAAAAAAAAAAQAAAAGABtE5AAAAAAIAAACA2Z84AAAAAAAAAAAAAHA4OQAAAAABAAAA" +
        "AQ==";

    [Fact]
    public void Bytes_that_are_not_a_state_are_replaced_after_a_window_of_waiting()
    {
        Machine.Bytes = [1, 2, 3];
        var limit = Start("2/6s");
        var waiting = Acquire(limit);

        // Nobody knows when the bytes were written, so they count as written when the clock began.
        Assert.True(waiting.IsCompletedSuccessfully);
        Machine.Bytes = [.. Machine.Bytes[..20]];
        Permit(waiting).Complete(sent: true);
        waiting = Acquire(limit);
        Assert.False(waiting.IsCompleted);
        Clock.Advance(TimeSpan.FromSeconds(6.1));

        Assert.True(waiting.IsCompletedSuccessfully);
    }

    [Fact]
    public void Each_process_restores_what_it_knows_to_a_deleted_store()
    {
        var (left, right) = (Start("3/6s"), Start("3/6s"));
        Admitted(left).Complete(sent: true);
        _ = Admitted(left);
        UntilReported();
        Machine.Bytes = [];
        var newcomer = Start("3/6s");
        _ = Admitted(right);

        UntilReported();
        left.TrySyncOnClose();

        Assert.Equal(3, Assert.Single(newcomer.GetStatus([])).Used);
        Assert.Equal(3, Machine.State.Members.Count);
        Assert.False(Acquire(newcomer).IsCompleted);
    }

    [Fact]
    public void A_request_that_waits_because_the_state_was_lost_warns_once_and_says_what_to_do()
    {
        Machine.Bytes = [1, 2, 3];
        Machine.Written = Clock.Elapsed;
        var (left, right) = (Start("2/10m"), Start("2/10m"));
        var (warnings, warningsElsewhere) = (new List<string>(), new List<string>());

        _ = left.AcquireAsync(false, static _ => { }, (text, _) => warnings.Add(text), default);
        _ = left.AcquireAsync(false, static _ => { }, (text, _) => warnings.Add(text), default);
        _ = right.AcquireAsync(false, static _ => { }, (text, _) => warningsElsewhere.Add(text), default);
        Clock.Advance(TimeSpan.FromMinutes(9));

        Assert.Contains("wait for 600.0 s", Assert.Single(warnings), StringComparison.Ordinal);
        Assert.Contains("delete 'the store'", warnings[0], StringComparison.Ordinal);
        Assert.Single(warningsElsewhere);
    }

    [Fact]
    public void A_request_that_waits_for_more_than_a_minute_for_other_processes_warns()
    {
        var (left, right) = (Start("1/10m"), Start("1/10m"));
        Admitted(left).Complete(sent: true);
        UntilReported();
        var (warnings, events) = (new List<string>(), new List<string>());

        _ = right.AcquireAsync(
            false,
            _ => events.Add("wait"),
            (text, isAboutWait) =>
            {
                warnings.Add(text);
                events.Add(isAboutWait ? "warning of the wait" : "warning");
            },
            default);
        Clock.Advance(TimeSpan.FromMinutes(5));

        var warning = Assert.Single(warnings);
        Assert.Equal(["warning of the wait", "wait"], events);
        Assert.Matches($"2 processes {Kind.Connector} share lets the next request go in about (59[789]|600) s", warning);
    }

    [Fact]
    public void Requests_of_no_member_are_removed()
    {
        var limit = Start("1/10m");
        var state = Machine.State;
        state.InFlight.Add(new InFlightRequest(Guid.NewGuid(), 1, LimiterDirectory.Key("key"), false, Clock.Elapsed));
        Machine.Bytes = LimiterStateSerializer.Write(state);

        Admitted(limit);
    }

    [Fact]
    public void A_store_that_others_use_is_retried_less_and_less_often()
    {
        var limit = Start("2/6s");
        var attempts = 0;
        Machine.IsBusy = _ => ++attempts > 0;
        _ = Acquire(limit);

        Clock.Advance(TimeSpan.FromSeconds(20));

        // Every 50 to 100 ms; it is not given up yet.
        Assert.InRange(attempts, 190, 420);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void A_store_that_is_always_in_use_is_given_up_only_when_its_users_do_not_change(bool ownersChange)
    {
        var limit = Start("4/6s");
        var revision = 0L;
        Machine.IsBusy = static _ => true;
        Machine.Version = () => ownersChange ? ++revision : 0;
        var waiting = Acquire(limit);

        Clock.Advance(TimeSpan.FromMinutes(2));

        Assert.Equal(ownersChange, limit.TakeOutageWarning() is null);
        Assert.Equal(!ownersChange, waiting.IsCompleted);
    }

    [Theory]
    [InlineData(1, "8/6s", 2, 6)]
    [InlineData(1, "2/6s", 1, 12)]
    [InlineData(8, "16/6s", 2, 6)]
    [InlineData(8, "2/6s", 1, 24)]
    public void A_process_that_loses_the_store_continues_with_a_share_of_the_limit(int processes, string limits, int atOnce, int window)
    {
        var others = Enumerable.Range(1, processes - 1).Select(_ => Start(limits)).ToArray();
        var limit = Start(limits);
        Machine.Failure = new IOException("There is not enough space on the disk.");
        var warnings = new List<string>();
        var waiting = Enumerable.Range(0, 10)
            .Select(_ => limit.AcquireAsync(false, static _ => { }, (text, _) => warnings.Add(text), default))
            .ToArray();

        Clock.Advance(TimeSpan.FromSeconds(6));
        Assert.Equal(atOnce, Complete(waiting));
        Clock.Advance(TimeSpan.FromSeconds(window - 1));
        Assert.Equal(0, Complete(waiting));
        Clock.Advance(TimeSpan.FromSeconds(3));
        Assert.Equal(atOnce, Complete(waiting));

        Assert.Contains($"{100.0 / Math.Max(4, processes):0.#} % of the rate", Assert.Single(warnings), StringComparison.Ordinal);
        Assert.Equal(processes - 1, others.Length);
    }

    [Fact]
    public void A_store_that_another_process_uses_is_retried_within_milliseconds()
    {
        var limit = Start("2/6s");
        var busy = true;
        Machine.IsBusy = _ => busy;
        var waiting = Acquire(limit);
        Assert.False(waiting.IsCompleted);

        busy = false;
        Clock.Advance(TimeSpan.FromMilliseconds(10));

        Assert.True(waiting.IsCompletedSuccessfully);
    }

    [Fact]
    public void A_state_that_another_process_replaces_between_read_and_replacement_is_read_again()
    {
        var (left, right) = (Start("1/6s"), Start("1/6s"));
        Task<ICrossProcessPermit>? other = null;
        Machine.IsReplacing = _ =>
        {
            Machine.IsReplacing = static _ => { };
            other = Acquire(right);
        };

        var waiting = Acquire(left);
        Assert.True(other!.IsCompletedSuccessfully);
        Assert.False(waiting.IsCompleted, "its decision was made with a state that is out of date");
        Clock.Advance(TimeSpan.FromSeconds(1));

        Assert.False(waiting.IsCompleted);
        Assert.Single(Machine.State.InFlight);
        Permit(other).Complete(sent: true);
        Clock.Advance(TimeSpan.FromSeconds(7));
        Assert.True(waiting.IsCompletedSuccessfully);
    }

    [Fact]
    public async Task A_store_that_works_asynchronously_keeps_the_limit_too()
    {
        var release = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var limit = Start("1/6s");
        var other = Start("1/6s");
        Machine.Delay = () => release.Task;
        var (first, second) = (Acquire(limit), Acquire(other));
        Assert.False(first.IsCompleted || second.IsCompleted);

        (Machine.Delay, _) = (static () => Task.CompletedTask, release.TrySetResult());
        await Eventually.HoldsAsync(() =>
        {
            Clock.Advance(TimeSpan.FromMilliseconds(5));
            return first.IsCompleted || second.IsCompleted;
        });

        Assert.False(first.IsCompleted && second.IsCompleted);
        Assert.Single(Machine.State.InFlight);
    }

    [Fact]
    public void A_store_that_keeps_failing_is_given_up_with_one_warning_and_used_again_when_it_works()
    {
        var limit = Start("2/6s");
        var other = Start("2/6s");
        Machine.Failure = new IOException("There is not enough space on the disk.");
        var waiting = Acquire(limit);

        Clock.Advance(TimeSpan.FromSeconds(4));
        Assert.False(waiting.IsCompleted);
        Clock.Advance(TimeSpan.FromSeconds(2));
        Assert.True(waiting.IsCompletedSuccessfully);
        Assert.Contains("not enough space", limit.TakeOutageWarning(), StringComparison.Ordinal);
        Assert.Null(limit.TakeOutageWarning());

        // The others learn of the requests that were sent meanwhile as soon as that is possible.
        Machine.Failure = null;
        Clock.Advance(TimeSpan.FromSeconds(2));
        Assert.Equal(1, Assert.Single(other.GetStatus([])).Used);
    }

    [Fact]
    public void Registering_with_a_store_that_cannot_be_written_is_an_error_that_says_which_and_what_to_do()
    {
        Machine.Failure = new UnauthorizedAccessException("Access to the path is denied.");

        var failure = Assert.Throws<IOException>(() => Start("2/6s"));

        Assert.Contains("'the store' cannot be written (Access to the path is denied)", failure.Message, StringComparison.Ordinal);
        Assert.Contains("in the environment variable", failure.Message, StringComparison.Ordinal);
    }

    private static int Complete(Task<ICrossProcessPermit>[] waiting)
    {
        var count = 0;
        for (var i = 0; i < waiting.Length; i++)
        {
            if (waiting[i] is { IsCompletedSuccessfully: true } entry)
            {
                entry.Result.Complete(sent: true);
                waiting[i] = new TaskCompletionSource<ICrossProcessPermit>().Task;
                count++;
            }
        }

        return count;
    }

    [Fact]
    public void Reading_the_bytes_returns_what_was_written()
    {
        var (left, right) = (Start("3/6s"), Start("36/6s", credential: "another key"));
        Admitted(left).Complete(sent: true);
        var throttled = Admitted(right);
        throttled.Complete(sent: true);
        throttled.NoteTooManyRequests(TimeSpan.FromSeconds(2));
        _ = Acquire(right);

        var bytes = Machine.Bytes;
        Assert.Equal(bytes, LimiterStateSerializer.Write(LimiterStateSerializer.Read(bytes)!));
        Assert.Equal(bytes, LimiterStateSerializer.Write(LimiterStateSerializer.Read([.. bytes, 0, 7, 8])!));
    }

    [Fact]
    public void A_state_that_an_earlier_release_has_written_is_read_and_written_unchanged()
    {
        var bytes = Convert.FromBase64String(StateOfVersion1);

        var state = LimiterStateSerializer.Read(bytes)!;

        var member = Assert.Single(state.Members);
        Assert.Equal((new ProcessIdentity(42, 4711, "boot pid"), LimiterDirectory.Key("key")), (member.Process, member.Credential));
        Assert.Equal(["36/6s", "180/1m", "3/1s"], member.Limits.Concat(member.BulkLimits).Select(static limit => limit.ToString()));
        Assert.Equal((5, 2, true), (member.Waiting, member.BulkWaiting, member.IsLeaving));
        Assert.Equal(
            [101, 99, 100, 160, 98],
            new[] { member.NextSync, member.LastAdmitted, member.LastSeen, member.LongestRequest, member.FoundDead!.Value }
                .Select(static time => time.TotalSeconds));
        Assert.Equal(new InFlightRequest(member.Id, 17, member.Credential, true, TimeSpan.FromSeconds(97)), Assert.Single(state.InFlight));
        Assert.Equal([95, 96], state.Completed.Select(static request => request.Time.TotalSeconds));
        Assert.Equal(TimeSpan.FromSeconds(103), Assert.Single(state.Backoffs).Value.HoldUntil);
        Assert.Equal((LimiterDirectory.Key("account"), TimeSpan.FromSeconds(7)), (state.AccountOf(member.Credential), state.HoldUntil));
        Assert.Equal(bytes, LimiterStateSerializer.Write(state));
    }

    [Fact]
    public void No_part_of_the_bytes_and_no_changed_byte_is_read_as_a_state()
    {
        Admitted(Start("3/6s")).Complete(sent: true);
        var bytes = Machine.Bytes;

        Assert.All(Enumerable.Range(0, bytes.Length), length => Assert.Null(LimiterStateSerializer.Read(bytes[..length])));
        Assert.All(Enumerable.Range(0, bytes.Length), position =>
        {
            byte[] changed = [.. bytes];
            changed[position] ^= 0x40;
            Assert.Null(LimiterStateSerializer.Read(changed));
        });
    }

    [Fact]
    public void A_forged_state_leads_to_a_decision_and_never_to_an_exception_or_a_standstill()
    {
        var (left, right) = (Start("3/6s"), Start("36/6s", credential: "another key"));
        Admitted(left).Complete(sent: true);
        var throttled = Admitted(right);
        throttled.Complete(sent: true);
        throttled.NoteTooManyRequests(TimeSpan.FromSeconds(2));
        _ = Acquire(right);
        var honest = Machine.Bytes;
        var random = new Random(5);
        byte[][] extremes =
        [
            BitConverter.GetBytes(long.MaxValue), BitConverter.GetBytes(long.MinValue), BitConverter.GetBytes(double.NaN),
            BitConverter.GetBytes(-1), BitConverter.GetBytes(int.MaxValue), [0xff],
        ];
        var accepted = 0;
        for (var i = 0; i < 2_000; i++)
        {
            byte[] forged = [.. honest];
            for (var n = random.Next(1, 4); n > 0; n--)
            {
                var extreme = extremes[random.Next(extremes.Length)];
                extreme.CopyTo(forged, random.Next(LimiterStateSerializer.HeaderLength, forged.Length - extreme.Length));
            }

            BitConverter.GetBytes(LimiterStateSerializer.Checksum(forged, honest.Length)).CopyTo(forged, sizeof(int));
            accepted += LimiterStateSerializer.Read(forged) is null ? 0 : 1;
            var machine = new SimulatedMachine(new FakeClock()) { Bytes = forged };
            var limit = machine.Start().Limit();
            limit.Register([RateLimit.Parse("3/6s")], [], TimeSpan.FromSeconds(100));
            _ = Acquire(limit);
            Assert.NotEmpty(limit.GetStatus([]));
            Assert.NotEmpty(machine.State.Members);
        }

        Assert.InRange(accepted, 100, 1_900);
    }
}
