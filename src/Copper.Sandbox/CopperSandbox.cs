using Copper.Sandbox.Endpoints;
using Copper.Sandbox.Http;
using Copper.Sandbox.Webhooks;

namespace Copper.Sandbox;

/// <summary>
/// An account of the Copper CRM in memory that responds to requests as the service does: as strict about attributes, types,
/// ids, credentials and rate limits. Safe to use from several threads; requests are handled one at a time.
/// </summary>
public sealed class CopperSandbox
{
    private readonly object _gate = new();
    private readonly Queue<SandboxJournalEntry> _journal = new();
    private readonly Func<DateTimeOffset> _clock;
    private readonly SandboxOptions _options;
    private readonly WebhookDispatcher _dispatcher;
    private Authenticator _authenticator;
    private RateLimiter _rateLimiter;
    private SandboxState _state;
    private long _requestCount;

    /// <summary>Creates an account with the data of <paramref name="options"/>.</summary>
    /// <param name="options">Data, credentials and limits. Later changes to them take effect at <see cref="Reset"/>.</param>
    public CopperSandbox(SandboxOptions options)
    {
        _options = options ?? throw new ArgumentNullException(nameof(options));
        _dispatcher = new WebhookDispatcher(options.JournalCapacity);
        _clock = options.Clock ?? (() => DateTimeOffset.UtcNow);
        _authenticator = new Authenticator(options);
        _rateLimiter = new RateLimiter(options);
        _state = new SandboxState(options);
    }

    /// <summary>Creates the standard demo account.</summary>
    public CopperSandbox()
        : this(new SandboxOptions())
    {
    }

    /// <summary>Raised after a request for each record it created, updated or deleted.</summary>
    public event EventHandler<SandboxChangeEventArgs>? Changed;

    /// <summary>The requests received so far, oldest first.</summary>
    public IReadOnlyList<SandboxJournalEntry> Journal
    {
        get
        {
            lock (_gate)
            {
                return _journal.ToArray();
            }
        }
    }

    /// <summary>The notifications posted so far to the targets of webhook subscriptions, in the order of the responses.</summary>
    public IReadOnlyList<SandboxDelivery> Deliveries => _dispatcher.Deliveries;

    /// <summary>The most requests seen so far within each rate limit window.</summary>
    public IReadOnlyList<SandboxWindowUsage> WindowUsage
    {
        get
        {
            lock (_gate)
            {
                return _rateLimiter.Windows.Select(window => new SandboxWindowUsage(window.Limit, window.MaximumSeen)).ToArray();
            }
        }
    }

    /// <summary>Waits until every notification about the requests so far was posted and has its response.</summary>
    /// <returns>A task that ends then.</returns>
    public Task WhenDeliveredAsync() => _dispatcher.WhenIdle();

    /// <summary>Empties the journal.</summary>
    public void ClearJournal()
    {
        lock (_gate)
        {
            _journal.Clear();
        }
    }

    /// <summary>Accepts an OAuth access token from now on.</summary>
    /// <param name="token">The token as clients send it, without "Bearer".</param>
    public void AcceptBearerToken(string token)
    {
        lock (_gate)
        {
            _authenticator.Accept(token);
        }
    }

    /// <summary>Puts everything back to the beginning: data, tokens issued, rate limit windows and journal.</summary>
    public void Reset()
    {
        lock (_gate)
        {
            _authenticator = new Authenticator(_options);
            _rateLimiter = new RateLimiter(_options);
            _state = new SandboxState(_options);
            _journal.Clear();
            _dispatcher.Clear();
        }
    }

    /// <summary>Tells whether valid credentials come with a request, without handling it.</summary>
    /// <param name="request">The request.</param>
    /// <returns>Whether it would pass.</returns>
    public bool IsAuthenticated(SandboxRequest request)
    {
        if (request is null)
        {
            throw new ArgumentNullException(nameof(request));
        }

        lock (_gate)
        {
            return _authenticator.IsAuthenticated(request);
        }
    }

    /// <summary>Counts a request against the rate limits, at the instant its headers are received.</summary>
    /// <param name="path">Path below <c>/developer_api/v1</c>.</param>
    /// <returns>The verdict, for <see cref="Handle(SandboxRequest, SandboxAdmission)"/>.</returns>
    public SandboxAdmission Admit(string path)
    {
        lock (_gate)
        {
            return _rateLimiter.Admit(path, _clock());
        }
    }

    /// <summary>Responds to a request received now.</summary>
    /// <param name="request">The request.</param>
    /// <returns>The response; errors are responses, too.</returns>
    public SandboxReply Handle(SandboxRequest request)
    {
        if (request is null)
        {
            throw new ArgumentNullException(nameof(request));
        }

        return Handle(request, Admit(request.Path));
    }

    /// <summary>Responds to a request counted before.</summary>
    /// <param name="request">The request.</param>
    /// <param name="admission">What <see cref="Admit"/> said when it was received.</param>
    /// <returns>The response; errors are responses, too.</returns>
    public SandboxReply Handle(SandboxRequest request, SandboxAdmission admission)
    {
        if (request is null)
        {
            throw new ArgumentNullException(nameof(request));
        }

        if (admission is null)
        {
            throw new ArgumentNullException(nameof(admission));
        }

        SandboxReply reply;
        IReadOnlyList<SandboxChange> changes;
        lock (_gate)
        {
            bool authenticated = _authenticator.IsAuthenticated(request);
            long number = ++_requestCount;
            reply = new RequestHandler(_state, ServiceEndpoints.Router, _clock()).Handle(request, admission, authenticated, number);
            Record(request, admission, authenticated, number, reply.Status);
            changes = _state.Account.TakeChanges();
            _dispatcher.Post(NotificationWriter.Write(_state.Account, changes));
        }

        // Outside the lock, so that a listener may use the sandbox.
        foreach (var change in changes)
        {
            Changed?.Invoke(this, new SandboxChangeEventArgs(change));
        }

        return reply;
    }

    /// <summary>Takes a file upload, as the storage does that the service sends its clients to. Counts for no limit.</summary>
    /// <param name="request">The request; its body is ignored. No credentials belong into it.</param>
    /// <param name="body">The multipart/form-data body.</param>
    /// <returns>201 with an XML document, or an XML error.</returns>
    public SandboxReply HandleUpload(SandboxRequest request, byte[] body)
    {
        if (request is null)
        {
            throw new ArgumentNullException(nameof(request));
        }

        if (body is null)
        {
            throw new ArgumentNullException(nameof(body));
        }

        lock (_gate)
        {
            var now = _clock();
            var reply = new SandboxStorage(_state.Account, now).Post(request.Header("Content-Type"), body);
            var admission = new SandboxAdmission(now, Allowed: true, TimeSpan.Zero);
            Record(request, admission, _authenticator.IsAuthenticated(request), ++_requestCount, reply.Status);
            return reply;
        }
    }

    private void Record(SandboxRequest request, SandboxAdmission admission, bool authenticated, long number, int status)
    {
        var headers = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        foreach (var header in request.Headers)
        {
            headers[header.Key] = SecretMask.MaskHeader(header.Key, header.Value);
        }

        _journal.Enqueue(new SandboxJournalEntry(
            number,
            admission.ReceivedAt,
            request.Method,
            request.Path,
            request.Query,
            headers,
            request.Body,
            status,
            authenticated));
        while (_journal.Count > _options.JournalCapacity)
        {
            _journal.Dequeue();
        }
    }
}
