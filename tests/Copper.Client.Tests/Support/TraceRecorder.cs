using System.Collections.Concurrent;

namespace Copper.Client.Tests.Support;

/// <summary>Keeps what a client tells of its requests.</summary>
internal sealed class TraceRecorder : ICopperTrace
{
    private readonly ConcurrentQueue<CopperTraceEvent> _events = new();

    public IReadOnlyList<CopperTraceEvent> Events => [.. _events];

    public IReadOnlyList<CopperTraceKind> Kinds => [.. _events.Select(static traceEvent => traceEvent.Kind)];

    /// <summary>Runs in the middle of the request path, where the event happens.</summary>
    public Action<CopperTraceEvent> Happened { get; set; } = static _ => { };

    public void Write(CopperTraceEvent traceEvent)
    {
        _events.Enqueue(traceEvent);
        Happened(traceEvent);
    }
}
