using Copper.Sandbox.Hub;

namespace Copper.Sandbox;

/// <summary>
/// A CopperHub installation in memory that has all 21 actions of its API, version 1, as documented. Safe to use from
/// several threads; requests are handled one at a time.
/// </summary>
/// <remarks>Source: the vendor's help page of the API. Where it is silent, the comments say what is assumed.</remarks>
public sealed class HubSandbox
{
    private static readonly string[] SecretFields = ["password", "session_id"];

    private readonly object _gate = new();
    private readonly Queue<SandboxJournalEntry> _journal = new();
    private readonly HubSandboxOptions _options;
    private readonly Func<DateTimeOffset> _clock;
    private HubState _state;
    private long _requestCount;

    /// <summary>Creates an installation.</summary>
    /// <param name="options">Data, users and behaviour.</param>
    public HubSandbox(HubSandboxOptions options)
    {
        _options = options ?? throw new ArgumentNullException(nameof(options));
        _clock = options.Clock ?? (() => DateTimeOffset.UtcNow);
        _state = new HubState(options);
    }

    /// <summary>Creates the standard demo installation.</summary>
    public HubSandbox()
        : this(new HubSandboxOptions())
    {
    }

    /// <summary>The requests received so far, oldest first. The path is the action; passwords and session ids are masked.</summary>
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

    /// <summary>A form as a journal may show it: passwords and session ids are replaced, see <see cref="SecretMask"/>.</summary>
    /// <param name="form">Form text, or null.</param>
    /// <returns>The form without secrets, decoded.</returns>
    public static string? MaskForm(string? form) => form is null
        ? null
        : string.Join("&", SandboxPath.ParseQuery(form).Select(static field =>
            field.Key + "=" + (SecretFields.Contains(field.Key) ? SecretMask.Mask(field.Value) : field.Value)));

    /// <summary>Ends every session, as the service does some time after the last use.</summary>
    public void ExpireSessions()
    {
        lock (_gate)
        {
            _state.Sessions.Clear();
        }
    }

    /// <summary>Puts everything back to the beginning: data, sessions and journal.</summary>
    public void Reset()
    {
        lock (_gate)
        {
            _state = new HubState(_options);
            _journal.Clear();
        }
    }

    /// <summary>Responds to a request received now.</summary>
    /// <param name="request">The request. Its path does not matter.</param>
    /// <returns>The response; errors are responses, too.</returns>
    public SandboxReply Handle(SandboxRequest request)
    {
        if (request is null)
        {
            throw new ArgumentNullException(nameof(request));
        }

        lock (_gate)
        {
            var now = _clock();
            var call = new HubCall(request);
            var reply = new HubHandler(_state, now).Handle(call);
            _journal.Enqueue(new SandboxJournalEntry(
                ++_requestCount,
                now,
                request.Method,
                call.Selector("action") ?? "",
                request.Query,
                request.Headers,
                MaskForm(request.Body),
                reply.Status,
                call.User is not null));
            while (_journal.Count > _options.JournalCapacity)
            {
                _journal.Dequeue();
            }

            return reply;
        }
    }
}
