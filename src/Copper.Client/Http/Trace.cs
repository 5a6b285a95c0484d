using Copper.Client.Json;

namespace Copper.Client;

/// <summary>Receives what happens to requests, as it happens, on any thread. Nothing of it holds a secret.</summary>
public interface ICopperTrace
{
    /// <summary>Something happened.</summary>
    void Write(CopperTraceEvent traceEvent);
}

/// <summary>The kinds of <see cref="CopperTraceEvent"/>.</summary>
public enum CopperTraceKind
{
    /// <summary>A request goes out.</summary>
    Sending,

    /// <summary>A response came, whatever its status.</summary>
    Responded,

    /// <summary>No response came.</summary>
    Failed,

    /// <summary>The request waits for the rate limit.</summary>
    Throttled,

    /// <summary>
    /// The service rejected a request that kept to the rate limit: all sessions of the account slow down. Reported once, not for each
    /// request.
    /// </summary>
    SlowedDown,

    /// <summary>It rejected another one before the sessions of the account were back at the whole rate: they slow down further.</summary>
    SlowedDownFurther,

    /// <summary>
    /// The limit cannot be shared with other processes for the time being, and the process goes on with a share of it; or its state was
    /// lost, or makes requests wait for more than a minute. Reported once for each such time.
    /// </summary>
    SharedLimitLost,

    /// <summary>The request cannot be taken back by what the recorder of changes keeps of it.</summary>
    NotRecorded,

    /// <summary>The request will be retried after a wait.</summary>
    Retrying,

    /// <summary>A file is on its way to the storage.</summary>
    Uploading,

    /// <summary>An item of a list cannot be read and was left out; see <see cref="CopperTraceEvent.Failure"/>.</summary>
    Unreadable,

    /// <summary>The service announces the end of an endpoint; reported once for each endpoint and client.</summary>
    Deprecated,

    /// <summary>A response holds bytes that are not UTF-8: the texts with them are damaged.</summary>
    Garbled,
}

/// <summary>One thing that happened to a request.</summary>
public sealed class CopperTraceEvent
{
    internal CopperTraceEvent(CopperTraceKind kind, CopperRequest request, string message, TimeSpan duration)
    {
        Kind = kind;
        Method = request.Method.Method;
        PathAndQuery = request.Redact(request.PathAndQuery);
        Message = ErrorText.Printable(request.Redact(message));
        Duration = duration;
    }

    /// <summary>What happened.</summary>
    public CopperTraceKind Kind { get; }

    /// <summary>The HTTP method.</summary>
    public string Method { get; }

    /// <summary>Path and query below the base address.</summary>
    public string PathAndQuery { get; }

    /// <summary>The event in one line.</summary>
    public string Message { get; }

    /// <summary>How long the response took, or how long the wait will be.</summary>
    public TimeSpan Duration { get; }

    /// <summary>
    /// With this wait the request waits for more than five seconds in all; true for the first such wait of a request only.
    /// </summary>
    public bool IsLongWait { get; internal init; }

    /// <summary>What is wrong with the item, for <see cref="CopperTraceKind.Unreadable"/>; else null.</summary>
    public CopperException? Failure { get; internal init; }

    /// <summary>The bytes sent so far, for <see cref="CopperTraceKind.Uploading"/>.</summary>
    public long BytesSent { get; internal init; }

    /// <summary>The bytes of the file, for <see cref="CopperTraceKind.Uploading"/>.</summary>
    public long BytesTotal { get; internal init; }

    /// <inheritdoc/>
    public override string ToString() => Message;
}
