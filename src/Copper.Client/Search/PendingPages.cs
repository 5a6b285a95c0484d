namespace Copper.Client;

/// <summary>
/// The pages of one result that are in flight or not taken yet, in order. A failure comes out with its own page, after those before it.
/// Disposing cancels the requests in flight and waits until they have ended. For one consumer.
/// </summary>
/// <param name="cancellationToken">Ends the requests.</param>
internal sealed class PendingPages<T>(CancellationToken cancellationToken) : IAsyncDisposable
    where T : class
{
    private readonly Queue<Task<SearchPage<T>>> _pages = new();
    private readonly CancellationTokenSource _ending = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);

    /// <summary>Ends the requests for pages that nobody takes any more.</summary>
    public CancellationToken Ending => _ending.Token;

    /// <summary>The page that is next to be taken is still in flight.</summary>
    public bool IsLate => _pages.Count > 0 && !_pages.Peek().IsCompleted;

    /// <summary>How many pages are here, when none is in flight; 0 otherwise.</summary>
    public int CountInStore => _pages.Any(static page => !page.IsCompleted) ? 0 : _pages.Count;

    public void Add(Task<SearchPage<T>> page) => _pages.Enqueue(page);

    /// <summary>Takes the next page, when it is here.</summary>
    public async Task<SearchPage<T>> TakeAsync()
    {
        cancellationToken.ThrowIfCancellationRequested();
        try
        {
            return await _pages.Dequeue().ConfigureAwait(false);
        }
        catch (OperationCanceledException exception) when (cancellationToken.IsCancellationRequested)
        {
            throw new OperationCanceledException(exception.Message, exception, cancellationToken);
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (_pages.Count > 0)
        {
            _ending.Cancel();
        }

        foreach (var page in _pages)
        {
            // Nobody takes the page any more, so its failure is of no interest; not to look at it would be an unobserved exception.
            await page.ContinueWith(
                static ended => _ = ended.Exception,
                CancellationToken.None,
                TaskContinuationOptions.ExecuteSynchronously,
                TaskScheduler.Default).ConfigureAwait(false);
        }

        _ending.Dispose();
    }
}
