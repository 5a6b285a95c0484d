using Copper.Client.Models;

namespace Copper.Client.Webhooks.Listening;

/// <summary>
/// Notifications on their way to their receiver, in the order in which they were taken. It is bounded: whoever adds to a full
/// one waits for room, and so sends no response for a notification that it cannot store.
/// </summary>
internal sealed class NotificationQueue : IDisposable
{
    private readonly object _gate = new();
    private readonly Queue<CopperNotification> _items = new();
    private readonly SemaphoreSlim _room;
    private readonly SemaphoreSlim _filled = new(0);
    private readonly CancellationTokenSource _closing = new();
    private readonly Action _added;
    private long _left;
    private bool _isClosed;

    /// <param name="size">How many may wait.</param>
    /// <param name="count">How many are taken in all; the queue closes itself then.</param>
    /// <param name="added">Called for each that is added, before anybody can take it.</param>
    public NotificationQueue(int size, long? count, Action added)
    {
        _added = added;
        _room = new SemaphoreSlim(size);
        _left = count ?? long.MaxValue;
    }

    /// <summary>Adds one as soon as there is room; false when the queue is closed, or closes meanwhile.</summary>
    public async Task<bool> AddAsync(CopperNotification notification)
    {
        try
        {
            await _room.WaitAsync(_closing.Token).ConfigureAwait(false);
        }
        catch (Exception exception) when (exception is OperationCanceledException or ObjectDisposedException)
        {
            return false;
        }

        lock (_gate)
        {
            if (_isClosed)
            {
                return false;
            }

            _added();
            _items.Enqueue(notification);
            _filled.Release();
            if (--_left > 0)
            {
                return true;
            }
        }

        Close();
        return true;
    }

    /// <summary>The next one as soon as it is there; null when the queue is closed and empty.</summary>
    public async Task<CopperNotification?> TakeAsync(CancellationToken cancellationToken)
    {
        await _filled.WaitAsync(cancellationToken).ConfigureAwait(false);
        return Dequeue();
    }

    /// <summary>The next one if it is there already.</summary>
    public CopperNotification? TryTake() => _filled.Wait(0, CancellationToken.None) ? Dequeue() : null;

    /// <summary>Takes no more. What is in the queue can still be taken out.</summary>
    public void Close()
    {
        lock (_gate)
        {
            if (_isClosed)
            {
                return;
            }

            _isClosed = true;

            // Wakes whoever waits for one that will not come.
            _filled.Release();
        }

        // Outside the lock: those who waited for room go on within this call.
        _closing.Cancel();
    }

    public void Dispose()
    {
        Close();
        _closing.Dispose();
        _room.Dispose();
        _filled.Dispose();
    }

    private CopperNotification? Dequeue()
    {
        lock (_gate)
        {
            if (_items.Count > 0)
            {
                _room.Release();
                return _items.Dequeue();
            }

            // Closed and empty: so it stays, for every further call too.
            _filled.Release();
            return null;
        }
    }
}
