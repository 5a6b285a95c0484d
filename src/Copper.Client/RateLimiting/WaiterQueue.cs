namespace Copper.Client.RateLimiting;

/// <summary>
/// The requests that wait for one account's permits, in the order of arrival, and a cursor for one pass over them.
/// Not thread-safe: the <see cref="ServiceRateLimiter"/> that owns it holds the lock.
/// </summary>
internal sealed class WaiterQueue
{
    private readonly LinkedList<RateLimitWaiter> _waiters = new();
    private LinkedListNode<RateLimitWaiter>? _cursor;

    public bool IsEmpty => _waiters.Count == 0;

    /// <summary>An earlier waiter needs a permit that is not free: nobody overtakes it in this pass.</summary>
    public bool IsBlocked { get; set; }

    /// <summary>The waiter to decide on next in this pass; null at the end and when the queue is blocked.</summary>
    public RateLimitWaiter? Next => IsBlocked ? null : _cursor?.Value;

    /// <summary>Begins a pass.</summary>
    public void Rewind() => (_cursor, IsBlocked) = (_waiters.First, false);

    /// <summary>Leaves the next waiter in the queue.</summary>
    public void SkipNext() => _cursor = _cursor!.Next;

    /// <summary>Removes the next waiter.</summary>
    public void RemoveNext()
    {
        var node = _cursor!;
        _cursor = node.Next;
        _waiters.Remove(node);
    }

    public LinkedListNode<RateLimitWaiter> Add(RateLimitWaiter waiter) => _waiters.AddLast(waiter);

    /// <summary>Removes a waiter from whichever queue it is in.</summary>
    /// <returns>False when it has left its queue.</returns>
    public static bool Remove(LinkedListNode<RateLimitWaiter> node)
    {
        var queue = node.List;
        queue?.Remove(node);
        return queue is not null;
    }

    /// <summary>Moves the waiters of a credential to another queue, each to its place in the order of arrival.</summary>
    public void Move(LimitedCredential credential, WaiterQueue target)
    {
        for (var node = _waiters.First; node is not null;)
        {
            var next = node.Next;
            if (node.Value.Credential == credential)
            {
                _waiters.Remove(node);
                target.Insert(node);
            }

            node = next;
        }
    }

    private void Insert(LinkedListNode<RateLimitWaiter> node)
    {
        var before = _waiters.Last;
        while (before is not null && before.Value.Number > node.Value.Number)
        {
            before = before.Previous;
        }

        if (before is null)
        {
            _waiters.AddFirst(node);
        }
        else
        {
            _waiters.AddAfter(before, node);
        }
    }
}
