namespace Copper.Client.RateLimiting;

/// <summary>
/// What is learnt from a 429. Those who keep to the limit get one only when somebody else uses the account too, or when the limit
/// is lower than assumed. Then everybody waits, goes on at half the rate, and comes back to the whole in small steps; a further
/// refusal halves again. Not thread-safe: the throttle that owns it holds the lock.
/// </summary>
internal sealed class AdaptiveBackoff
{
    private const double SmallestShare = 1.0 / 16;
    private const double Step = 0.1;
    private const int LongestSuccession = 1_000;
    private const long LongestTicks = 100_000 * TimeSpan.TicksPerDay;
    private static readonly TimeSpan FirstHold = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan LongestBackoff = TimeSpan.FromSeconds(60);

    /// <summary>A longer hint is no matter of waiting: each call says so and fails.</summary>
    private static readonly TimeSpan LongestHold = TimeSpan.FromMinutes(5);

    private TimeSpan? _noticedAt;
    private double _share = 1;
    private int _inSuccession;

    /// <summary>The last refusal came before the whole rate was reached again.</summary>
    public bool IsInSuccession => _inSuccession > 1;

    /// <summary>Nobody is let in before; null when nothing is to be feared.</summary>
    public TimeSpan? HoldUntil { get; private set; }

    /// <summary>The part of each limit that may be used at this time, 1/16 to 1.</summary>
    /// <param name="now">The time.</param>
    /// <param name="pace">A quiet time of this length brings one step back.</param>
    public double ShareAt(TimeSpan now, TimeSpan pace)
    {
        if (HoldUntil is not { } end || now < end)
        {
            return _share;
        }

        var steps = pace > TimeSpan.Zero ? Math.Floor((double)(now - end).Ticks / pace.Ticks) : double.PositiveInfinity;
        return Math.Min(1, _share + (steps * Step));
    }

    /// <summary>A request was refused.</summary>
    /// <param name="admitted">When it was let in.</param>
    /// <param name="hint">How long the service asks to wait; null when it does not say.</param>
    /// <param name="now">The time.</param>
    /// <param name="pace">As for <see cref="ShareAt"/>.</param>
    /// <returns>False when the request was under way already as the last refusal came: it tells nothing new.</returns>
    public bool NoteRefusal(TimeSpan admitted, TimeSpan? hint, TimeSpan now, TimeSpan pace)
    {
        var isNews = _noticedAt is not { } noticed || admitted > noticed;
        if (isNews)
        {
            var share = ShareAt(now, pace);
            _inSuccession = share < 1 ? _inSuccession + 1 : 1;
            _share = Math.Max(SmallestShare, share / 2);
            _noticedAt = now;
        }

        var hold = hint ?? TimeSpan.FromSeconds(Math.Min(FirstHold.TotalSeconds * Math.Pow(2, _inSuccession - 1), LongestBackoff.TotalSeconds));
        if ((isNews || hint is not null) && hold <= LongestHold && !(now + hold < HoldUntil))
        {
            HoldUntil = now + hold;
        }

        return isNews;
    }

    /// <summary>Takes over what another has learnt of the same account.</summary>
    public void Absorb(AdaptiveBackoff other)
    {
        if (other._noticedAt is not null && !(other._share > _share))
        {
            (_noticedAt, _share, _inSuccession) = (other._noticedAt, other._share, other._inSuccession);
        }

        HoldUntil = other.HoldUntil > HoldUntil || HoldUntil is null ? other.HoldUntil : HoldUntil;
    }

    /// <summary>Nothing that was learnt so long ago matters.</summary>
    public bool IsOver(TimeSpan now) => (_noticedAt ?? TimeSpan.Zero) + TimeSpan.FromDays(1) < now && !(HoldUntil > now);

    /// <summary>Times that cannot be, for the clock has started anew, become such that can.</summary>
    public void ClampToNow(TimeSpan now)
    {
        _noticedAt = _noticedAt > now ? now : _noticedAt;
        HoldUntil = HoldUntil > now + LongestHold ? now + LongestHold : HoldUntil;
    }

    /// <summary>For another process.</summary>
    public void Write(BinaryWriter writer)
    {
        writer.Write(_noticedAt?.Ticks ?? -1);
        writer.Write(HoldUntil?.Ticks ?? -1);
        writer.Write(_share);
        writer.Write(_inSuccession);
    }

    /// <summary>What another process wrote.</summary>
    public static AdaptiveBackoff Read(BinaryReader reader)
    {
        return new AdaptiveBackoff
        {
            _noticedAt = ReadTime(),
            HoldUntil = ReadTime(),
            _share = reader.ReadDouble() is >= SmallestShare and <= 1 and var share ? share : SmallestShare,
            _inSuccession = Math.Max(0, Math.Min(LongestSuccession, reader.ReadInt32())),
        };

        TimeSpan? ReadTime() => reader.ReadInt64() switch
        {
            < 0 => null,
            > LongestTicks => throw new FormatException("There is no such time."),
            var ticks => TimeSpan.FromTicks(ticks),
        };
    }
}
