namespace Copper.Client;

/// <summary>
/// How many pages a search requests before they are needed: none until the consumer is half through its second page, then one,
/// and many once it has had to wait twice all the same. So a consumer that stops early costs at most one request, a slow one has
/// one page in store, and a fast one keeps as many requests in flight as the latency calls for.
/// </summary>
/// <param name="endIsKnown">The consumer stated how many records it takes: no page can be read in vain.</param>
internal sealed class Prefetch(bool endIsKnown)
{
    /// <summary>Bounds the memory. Eight pages in 300 ms are far more than any documented rate limit allows in the long run.</summary>
    private const int Widest = 8;

    private const int Patience = 2;

    private int _waits = endIsKnown ? Patience : 0;
    private bool _goesOn = endIsKnown;

    /// <summary>The pages to have in flight or in store beyond the one that is consumed or waited for.</summary>
    public int Pages => !_goesOn ? 0 : _waits < Patience ? 1 : Widest;

    /// <summary>The consumer has taken records beyond the first page.</summary>
    public void OnFirstPageConsumed() => _goesOn = true;

    /// <summary>A page that was requested ahead came too late.</summary>
    public void OnConsumerBlocked() => _waits++;
}
