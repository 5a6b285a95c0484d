namespace Copper.Client;

/// <summary>
/// How many pages a search requests before they are needed: none while the consumer reads its first page, then one, and many once it
/// has had to wait for a page that was requested ahead. So a consumer that stops within its first three pages costs at most one
/// request, a slow one has a page or two in store, and a fast one keeps as many requests in flight as the latency calls for.
/// </summary>
/// <param name="endIsKnown">The consumer stated how many records it takes, or that it takes all: no page can be read in vain.</param>
internal sealed class Prefetch(bool endIsKnown)
{
    /// <summary>Bounds the memory. Eight pages in 300 ms are far more than any documented rate limit allows in the long run.</summary>
    private const int Widest = 8;

    /// <summary>What a consumer gets that is slower than the service: more would only take memory.</summary>
    private const int Store = 2;

    /// <summary>The pages to have in flight or in store beyond the one that is consumed or waited for.</summary>
    public int Pages { get; private set; } = endIsKnown ? Widest : 0;

    /// <summary>The consumer has come back for more after its first page.</summary>
    public void OnFirstPageConsumed() => Pages = Math.Max(Pages, 1);

    /// <summary>A page that was requested ahead came too late.</summary>
    public void OnConsumerBlocked() => Pages = Widest;

    /// <summary>The consumer was so slow that all pages requested ahead have come meanwhile.</summary>
    public void OnConsumerSlow() => Pages = Pages > Store ? Pages - 1 : Pages;
}
