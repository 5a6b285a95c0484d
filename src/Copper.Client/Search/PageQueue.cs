namespace Copper.Client.Search;

/// <summary>
/// The pages of one result in order, some of them asked for before they are taken. A failure comes out with its own page, after
/// those before it. Disposing ends the requests under way and waits until they have ended. For one consumer.
/// </summary>
/// <param name="read">Asks for the page of a number.</param>
/// <param name="first">The number of the first page.</param>
/// <param name="cancellationToken">Ends the requests.</param>
internal sealed class PageQueue<T>(Func<long, CancellationToken, Task<SearchPage<T>>> read, long first, CancellationToken cancellationToken) : IAsyncDisposable
    where T : class
{
    private readonly Queue<Task<SearchPage<T>>> _pages = new();
    private readonly CancellationTokenSource _ending = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
    private long _next = first;

    /// <summary>The page that is next to be taken was asked for and is not here yet.</summary>
    public bool IsLate => _pages.Count > 0 && !_pages.Peek().IsCompleted;

    /// <summary>Asks for all pages up to this number, unless they have been.</summary>
    public void AskThrough(long number)
    {
        while (_next <= number)
        {
            _pages.Enqueue(read(_next++, _ending.Token));
        }
    }

    /// <summary>Takes the next page, when it is here.</summary>
    public async Task<SearchPage<T>> TakeAsync()
    {
        cancellationToken.ThrowIfCancellationRequested();
        if (_pages.Count == 0)
        {
            AskThrough(_next);
        }

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
            await page.ContinueWith(static ended => _ = ended.Exception, CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default).ConfigureAwait(false);
        }

        _ending.Dispose();
    }
}
