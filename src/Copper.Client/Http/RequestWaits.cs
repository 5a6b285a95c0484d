namespace Copper.Client;

/// <summary>How long one request has waited for the rate limit and for its next attempts: several short waits are a long one too.</summary>
internal sealed class RequestWaits
{
    /// <summary>From here on somebody at a prompt wonders whether anything goes on.</summary>
    public static readonly TimeSpan Long = TimeSpan.FromSeconds(5);

    private bool _wasLong;

    /// <summary>All waits that are over.</summary>
    public TimeSpan Past { get; private set; }

    /// <summary>A wait is over.</summary>
    public void Add(TimeSpan wait) => Past += wait;

    /// <summary>The user was warned of a long wait.</summary>
    public void NoteWarning() => _wasLong = true;

    /// <summary>With the wait that begins now, the request waits for longer than <see cref="Long"/>; true once for each request.</summary>
    public bool BecomesLong(TimeSpan wait)
    {
        var isFirst = !_wasLong && Past + wait > Long;
        _wasLong |= isFirst;
        return isFirst;
    }
}
