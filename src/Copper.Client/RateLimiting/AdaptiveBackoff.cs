namespace Copper.Client.RateLimiting;

/// <summary>
/// The reaction to a 429. A program that keeps to the limit receives one only when something else uses the account too, or when the
/// limit is lower than assumed. Then all requests wait, continue at half the rate, and return to the full rate in small steps; a
/// further 429 halves the rate again. Not thread-safe: its owner holds the lock.
/// </summary>
internal sealed class AdaptiveBackoff
{
    private const double SmallestShare = 1.0 / 16;
    private const double Step = 0.1;
    private const int LongestSuccession = 1_000;
    private const long LongestTicks = 100_000 * TimeSpan.TicksPerDay;
    private static readonly TimeSpan FirstHold = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan LongestBackoff = TimeSpan.FromSeconds(60);

    /// <summary>Nobody waits for a longer hint: each request fails with an error that states it.</summary>
    private static readonly TimeSpan LongestHold = TimeSpan.FromMinutes(5);

    private TimeSpan? _noticedAt;
    private double _share = 1;
    private int _inSuccession;

    /// <summary>The last 429 came before the full rate was reached again.</summary>
    public bool IsInSuccession => _inSuccession > 1;

    /// <summary>No request is admitted before this time; null when there was no 429.</summary>
    public TimeSpan? HoldUntil { get; private set; }

    /// <summary>The part of each limit that may be used at this time, 1/16 to 1.</summary>
    /// <param name="now">The time.</param>
    /// <param name="recoveryStep">The time without a 429 after which the rate increases by one step.</param>
    public double ShareAt(TimeSpan now, TimeSpan recoveryStep)
    {
        if (HoldUntil is not { } end || now < end)
        {
            return _share;
        }

        var steps = recoveryStep > TimeSpan.Zero ? Math.Floor((double)(now - end).Ticks / recoveryStep.Ticks) : double.PositiveInfinity;
        return Math.Min(1, _share + (steps * Step));
    }

    /// <summary>
    /// A 429 to a request that was admitted at this time tells something new: the request was not in flight at the last one.
    /// </summary>
    public bool IsNew(TimeSpan admitted) => _noticedAt is not { } noticed || admitted > noticed;

    /// <summary>The service responded to a request with 429.</summary>
    /// <param name="admitted">When the request was admitted.</param>
    /// <param name="hint">How long the service asks to wait; null when it does not state it.</param>
    /// <param name="now">The time.</param>
    /// <param name="recoveryStep">As for <see cref="ShareAt"/>.</param>
    /// <param name="keepsRate">The rate is reduced by other means: requests only wait.</param>
    /// <returns>False when the request was in flight already when the last 429 came: it tells nothing new.</returns>
    public bool NoteTooManyRequests(TimeSpan admitted, TimeSpan? hint, TimeSpan now, TimeSpan recoveryStep, bool keepsRate = false)
    {
        var isNew = IsNew(admitted);
        if (isNew)
        {
            var share = ShareAt(now, recoveryStep);
            _inSuccession = share < 1 ? _inSuccession + 1 : 1;
            _share = keepsRate ? share : Math.Max(SmallestShare, share / 2);
            _noticedAt = now;
        }

        var seconds = Math.Min(FirstHold.TotalSeconds * Math.Pow(2, _inSuccession - 1), LongestBackoff.TotalSeconds);
        var hold = hint ?? TimeSpan.FromSeconds(seconds);
        if ((isNew || hint is not null) && hold <= LongestHold && !(now + hold < HoldUntil))
        {
            HoldUntil = now + hold;
        }

        return isNew;
    }

    /// <summary>Takes over the backoff of another limiter of the same account.</summary>
    public void Absorb(AdaptiveBackoff other)
    {
        if (other._noticedAt is not null && !(other._share > _share))
        {
            (_noticedAt, _share, _inSuccession) = (other._noticedAt, other._share, other._inSuccession);
        }

        HoldUntil = other.HoldUntil > HoldUntil || HoldUntil is null ? other.HoldUntil : HoldUntil;
    }

    /// <summary>The last 429 is so long ago that it does not matter any more.</summary>
    public bool IsOver(TimeSpan now) => (_noticedAt ?? TimeSpan.Zero) + TimeSpan.FromDays(1) < now && !(HoldUntil > now);

    /// <summary>Corrects times that lie in the future because the clock has restarted.</summary>
    public void ClampToNow(TimeSpan now)
    {
        _noticedAt = _noticedAt > now ? now : _noticedAt;
        HoldUntil = HoldUntil > now + LongestHold ? now + LongestHold : HoldUntil;
    }

    /// <summary>Writes the backoff for other processes.</summary>
    public void Write(BinaryWriter writer)
    {
        writer.Write(_noticedAt?.Ticks ?? -1);
        writer.Write(HoldUntil?.Ticks ?? -1);
        writer.Write(_share);
        writer.Write(_inSuccession);
    }

    /// <summary>Reads what another process has written.</summary>
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
            > LongestTicks => throw new FormatException("The time is out of range."),
            var ticks => TimeSpan.FromTicks(ticks),
        };
    }
}
