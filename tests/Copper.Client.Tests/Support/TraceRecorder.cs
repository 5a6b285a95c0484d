using System.Collections.Concurrent;
using Copper.Client.Http;

namespace Copper.Client.Tests.Support;

/// <summary>Keeps what a client tells of its requests.</summary>
internal sealed class TraceRecorder : ICopperTrace
{
    private readonly ConcurrentQueue<CopperTraceEvent> _events = new();

    public IReadOnlyList<CopperTraceEvent> Events => [.. _events];

    public IReadOnlyList<CopperTraceKind> Kinds => [.. _events.Select(static traceEvent => traceEvent.Kind)];

    public void Write(CopperTraceEvent traceEvent) => _events.Enqueue(traceEvent);
}
