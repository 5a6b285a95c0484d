namespace Copper.Client.RateLimiting;

/// <summary>
/// Keeps the requests of all sessions of this process to one service address within the rolling windows of each account. It owns the
/// one lock of all that counts here. A request of a credential whose account is not known counts for every account, because it may
/// belong to any of them, until the account is known.
/// </summary>
internal sealed class ServiceRateLimiter
{
    private readonly object _gate = new();
    private readonly Clock _clock;
    private readonly AccountRateLimiterSet _accounts = new();
    private readonly SessionLimits _sessions = new();
    private readonly AdmissionScheduler _scheduler;
    private readonly Dictionary<string, LimitedCredential> _credentials = new(StringComparer.Ordinal);
    private readonly HashSet<RateLimitPermit> _inFlight = [];
    private long _lastNumber;

    public ServiceRateLimiter(Clock clock)
    {
        _clock = clock;
        _scheduler = new AdmissionScheduler(clock, _accounts, Admit, OnTimer);
    }

    /// <summary>The number of credentials in memory.</summary>
    public int CredentialCount
    {
        get
        {
            lock (_gate)
            {
                return _credentials.Count;
            }
        }
    }

    /// <summary>Opens a session: its limits apply to all sessions of the account until the handle is disposed.</summary>
    public RateLimiterHandle Open(
        string fingerprint,
        RateLimit[] limits,
        RateLimit[] bulkLimits,
        RateLimit[] fallbackLimits,
        Func<CancellationToken, Task<ICrossProcessRegistration>>? register)
    {
        lock (_gate)
        {
            var handle = new RateLimiterHandle(this, GetCredential(fingerprint), limits, bulkLimits, register)
            {
                FallbackLimits = fallbackLimits,
            };
            _sessions.Add(handle);
            _sessions.ApplyTo(_accounts, _clock.Elapsed);
            ReportToShared(handle.Credential);
            _scheduler.AdmitWaiters();
            return handle;
        }
    }

    /// <summary>
    /// A session takes part in a limit that processes share. The caller then has the limit write what was reported to it.
    /// </summary>
    /// <returns>False when the session is closed.</returns>
    public bool TryJoin(RateLimiterHandle handle, ICrossProcessRegistration registration)
    {
        lock (_gate)
        {
            if (!_sessions.Contains(handle))
            {
                return false;
            }

            handle.Registration = registration;
            ReportToShared(handle.Credential);
            return true;
        }
    }

    public void Close(RateLimiterHandle handle)
    {
        lock (_gate)
        {
            if (_sessions.Remove(handle))
            {
                handle.Credential.LastUsed = _clock.Elapsed;
                _sessions.ApplyTo(_accounts, _clock.Elapsed);
                _scheduler.AdmitWaiters();
            }
        }
    }

    /// <summary>The credential belongs to this account: it moves into the account's limiter, and counts in no other.</summary>
    public void Identify(string fingerprint, long accountId)
    {
        ICrossProcessRateLimiter? shared;
        lock (_gate)
        {
            var credential = GetCredential(fingerprint);
            if (credential.Limiter.AccountId == accountId)
            {
                return;
            }

            Move(credential, _accounts.GetOrAdd(accountId));
            _sessions.ApplyTo(_accounts, _clock.Elapsed);
            shared = ReportToShared(credential);
            _scheduler.AdmitWaiters();
        }

        shared?.TrySyncOnClose();
    }

    /// <summary>Removes the accounts and credentials that are not in use, once none of their requests counts any more.</summary>
    /// <returns>Nothing is left.</returns>
    public bool Prune()
    {
        lock (_gate)
        {
            var now = _clock.Elapsed;
            foreach (var pair in _credentials.Where(pair => IsUnused(pair.Value)).ToArray())
            {
                _credentials.Remove(pair.Key);
            }

            _accounts.Prune(limiter => limiter.IsIdle(now) && !_credentials.Values.Any(credential => credential.Limiter == limiter));
            return _sessions.IsEmpty && _credentials.Count + _inFlight.Count == 0 && _accounts.All.Length == 1
                && _accounts.Unidentified.IsIdle(now);

            bool IsUnused(LimitedCredential credential) =>
                credential.LastUsed + credential.Limiter.Memory < now
                && !_sessions.Uses(credential)
                && !_inFlight.Any(permit => permit.Credential == credential);
        }
    }

    /// <summary>Acquires a permit in every window that counts the request.</summary>
    public Task<RateLimitPermit> AcquireAsync(LimitedCredential credential, bool bulk, CancellationToken cancellationToken)
    {
        if (cancellationToken.IsCancellationRequested)
        {
            return Task.FromCanceled<RateLimitPermit>(cancellationToken);
        }

        RateLimitWaiter waiter;
        LinkedListNode<RateLimitWaiter> node;
        lock (_gate)
        {
            waiter = new RateLimitWaiter(credential, bulk, ++_lastNumber);
            node = credential.Limiter.Queue.Add(waiter);
            _scheduler.AdmitWaiters();
        }

        if (!waiter.Permit.IsCompleted)
        {
            Watch(node, cancellationToken);
        }

        return waiter.Permit;
    }

    /// <summary>
    /// Acquires a permit for a session that has no limits of its own: it waits for no window and no queue, only while the service has asked
    /// for a pause. The windows of the other sessions count its requests all the same.
    /// </summary>
    public async Task<RateLimitPermit> AcquireUnlimitedAsync(LimitedCredential credential, bool bulk, CancellationToken cancellationToken)
    {
        while (true)
        {
            cancellationToken.ThrowIfCancellationRequested();
            TimeSpan hold;
            lock (_gate)
            {
                var now = _clock.Elapsed;
                hold = credential.Limiter.CountedBy.Max(limiter => limiter.HoldAt(now));
                if (hold == TimeSpan.Zero)
                {
                    return Take(credential, bulk, now);
                }
            }

            await _clock.Delay(hold, cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>The response began or the request failed. When the request was not sent, its permit is free at once.</summary>
    public void Complete(RateLimitPermit permit, bool sent)
    {
        lock (_gate)
        {
            var now = _clock.Elapsed;
            _inFlight.Remove(permit);
            permit.Credential.LastUsed = now;
            foreach (var limiter in permit.Credential.Limiter.CountedBy)
            {
                limiter.Complete(permit, sent, now);
                if (sent && permit.Shared is null)
                {
                    limiter.Unshared.Add(now, permit.Bulk, permit.Credential);
                }
            }

            _scheduler.AdmitWaiters();
        }
    }

    /// <summary>
    /// The limiter that this process shares with others, as soon as one session of the account asks for it; null without one.
    /// </summary>
    public ICrossProcessRateLimiter? FindShared(LimitedCredential credential)
    {
        lock (_gate)
        {
            return _sessions.FindShared(credential);
        }
    }

    /// <summary>Binds a permit of the shared limit to the request's permit. One that the request had before is free.</summary>
    public void Attach(RateLimitPermit permit, ICrossProcessPermit shared)
    {
        lock (_gate)
        {
            permit.Shared?.Complete(sent: false);
            permit.Shared = shared;
        }
    }

    /// <summary>The service responded with 429: the accounts that the request counts for back off.</summary>
    public RateReduction? NoteTooManyRequests(RateLimitPermit permit, TimeSpan? hint)
    {
        lock (_gate)
        {
            var now = _clock.Elapsed;
            permit.Shared?.NoteTooManyRequests(hint);
            var own = permit.Credential.Limiter;
            var backoff = own.NoteTooManyRequests(permit.Admitted, hint, now);
            foreach (var limiter in own.CountedBy.Where(limiter => limiter != own))
            {
                limiter.NoteTooManyRequests(permit.Admitted, hint, now);
            }

            // The timer may be set for a permit that must not be taken any more.
            _scheduler.AdmitWaiters();
            return backoff;
        }
    }

    /// <summary>The wait that a request of a session without limits faces now.</summary>
    public TimeSpan ExpectedHold(LimitedCredential credential)
    {
        lock (_gate)
        {
            var now = _clock.Elapsed;
            return credential.Limiter.CountedBy.Max(limiter => limiter.HoldAt(now));
        }
    }

    /// <summary>The wait that a request faces now: zero when a permit is free; null while that depends on a response.</summary>
    public TimeSpan? ExpectedWait(LimitedCredential credential, bool bulk)
    {
        lock (_gate)
        {
            var now = _clock.Elapsed;
            var limiters = credential.Limiter.CountedBy;
            Array.ForEach(limiters, limiter => limiter.ApplyBackoff(now));
            return AdmissionScheduler.NextRoom(limiters, bulk, now) is { } due ? due > now ? due - now : TimeSpan.Zero : null;
        }
    }

    /// <summary>The state of each window that counts the requests of the credential.</summary>
    public IReadOnlyList<RateLimitStatus> GetStatus(LimitedCredential credential)
    {
        lock (_gate)
        {
            // While the account is not known, the fullest of all accounts.
            var now = _clock.Elapsed;
            var rows = new List<RateLimitStatus>();
            var all = credential.Limiter.CountedBy.SelectMany(limiter => limiter.GetStatus(now));
            foreach (var row in all.OrderBy(static row => row.IsBulk))
            {
                var same = rows.FindIndex(row.IsOfTheSameWindow);
                if (same < 0)
                {
                    rows.Add(row);
                }
                else
                {
                    rows[same] = rows[same].With(row);
                }
            }

            return rows;
        }
    }

    private LimitedCredential GetCredential(string fingerprint)
    {
        if (!_credentials.TryGetValue(fingerprint, out var credential))
        {
            _credentials[fingerprint] = credential = new LimitedCredential(_accounts.Unidentified);
        }

        credential.LastUsed = _clock.Elapsed;
        return credential;
    }

    /// <summary>Swaps the limiter of a credential: its requests in flight, completed and waiting go with it.</summary>
    private void Move(LimitedCredential credential, AccountRateLimiter account)
    {
        var now = _clock.Elapsed;
        var before = credential.Limiter;
        foreach (var permit in _inFlight.Where(permit => permit.Credential == credential))
        {
            foreach (var limiter in before.CountedBy.Where(limiter => limiter != account))
            {
                limiter.Complete(permit, sent: false, now);
            }

            if (Array.IndexOf(before.CountedBy, account) < 0)
            {
                account.Take(permit.Bulk);
            }
        }

        foreach (var limiter in _accounts.All.Where(limiter => limiter != account))
        {
            limiter.Remove(credential, now);
        }

        before.Queue.Move(credential, account.Queue);
        credential.Limiter = account;
    }

    /// <summary>Reports to the other processes what they do not know: the requests in flight, and those that completed before.</summary>
    private ICrossProcessRateLimiter? ReportToShared(LimitedCredential credential)
    {
        if (_sessions.FindShared(credential) is not { } shared)
        {
            return null;
        }

        var account = credential.Limiter;
        var isIdentified = account.AccountId is not null;
        foreach (var permit in _inFlight.Where(permit =>
            permit.Shared is null && (permit.Credential == credential || (isIdentified && permit.Credential.Limiter == account))))
        {
            permit.Shared = shared.Enter(permit.Bulk);
        }

        shared.AddCompleted(account.Unshared.Take(isIdentified ? null : credential));
        return shared;
    }

    private void Watch(LinkedListNode<RateLimitWaiter> node, CancellationToken cancellationToken) => node.Value.Watch(
        () =>
        {
            lock (_gate)
            {
                if (!WaiterQueue.Remove(node))
                {
                    return;
                }

                _scheduler.AdmitWaiters();
            }

            node.Value.Cancel(cancellationToken);
        },
        cancellationToken);

    private void Admit(RateLimitWaiter waiter, TimeSpan now) => waiter.Admit(Take(waiter.Credential, waiter.Bulk, now));

    private RateLimitPermit Take(LimitedCredential credential, bool bulk, TimeSpan now)
    {
        foreach (var limiter in credential.Limiter.CountedBy)
        {
            limiter.Take(bulk);
        }

        var permit = new RateLimitPermit(this, credential, bulk, now);
        _inFlight.Add(permit);
        return permit;
    }

    private void OnTimer()
    {
        lock (_gate)
        {
            _scheduler.OnTimer();
        }
    }
}
