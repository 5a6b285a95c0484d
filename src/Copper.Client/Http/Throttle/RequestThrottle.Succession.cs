namespace Copper.Client.Http.Throttle;

/// <summary>
/// A credential's throttle becomes part of its account's throttle once the account is known: what the credential has sent,
/// what is on its way and who waits all move over, so nothing is counted twice or forgotten.
/// </summary>
internal sealed partial class RequestThrottle
{
    private static readonly object SuccessionGate = new();
    private RequestThrottle? _successor;

    /// <summary>Hands everything over to <paramref name="successor"/>; calls on this throttle go there from now on.</summary>
    public void JoinInto(RequestThrottle successor)
    {
        // One succession at a time: two locks are held, and always in the order old, new.
        lock (SuccessionGate)
        {
            if (ReferenceEquals(this, successor) || _successor is not null)
            {
                return;
            }

            lock (_gate)
            {
                lock (successor._gate)
                {
                    successor.Absorb(this);
                    _successor = successor;
                    _timer?.Dispose();
                    _timer = null;
                }
            }
        }
    }

    private void Absorb(RequestThrottle other)
    {
        _all.Absorb(other._all);
        _bulk.Absorb(other._bulk);
        _caution.Absorb(other._caution);
        _members.AddRange(other._members);
        _open.UnionWith(other._open);
        _unshared.AddRange(other._unshared);
        ApplyLimits();
        TellShared();
        while (other._waiters.First is { } node)
        {
            other._waiters.Remove(node);
            _waiters.AddLast(node);
        }

        Pump();
    }
}
