namespace Copper.SandboxHost.Faults;

/// <summary>Something that is to go wrong with the next matching requests.</summary>
public sealed record Fault
{
    /// <summary>Which requests; null for all.</summary>
    public FaultMatch? Match { get; init; }

    /// <summary>How many requests it hits; -1 for all of them.</summary>
    public int Times { get; init; } = 1;

    /// <summary>What goes wrong.</summary>
    public FaultKind Kind { get; init; }

    /// <summary>Status code, for <see cref="FaultKind.Status"/> and <see cref="FaultKind.Redirect"/> (0: the usual one).</summary>
    public int Status { get; init; }

    /// <summary>Body, for <see cref="FaultKind.Status"/> and <see cref="FaultKind.NotJson"/>.</summary>
    public string? Body { get; init; }

    /// <summary>Content type of <see cref="Body"/>.</summary>
    public string? ContentType { get; init; }

    /// <summary>What is different, for <see cref="FaultKind.Change"/>.</summary>
    public ResponseChange Change { get; init; }

    /// <summary>Further reply headers of <see cref="FaultKind.Status"/>, <see cref="FaultKind.NotJson"/>,
    /// <see cref="FaultKind.Redirect"/> and <see cref="FaultKind.Change"/>, such as Retry-After.</summary>
    public IReadOnlyDictionary<string, string> Headers { get; init; } = new Dictionary<string, string>();

    /// <summary>Where <see cref="FaultKind.Redirect"/> sends the client.</summary>
    public string? Location { get; init; }

    /// <summary>Pause before each piece of <see cref="FaultKind.SlowBody"/>, in milliseconds.</summary>
    public int MsPerChunk { get; init; } = 20;

    /// <summary>Size of the pieces of <see cref="FaultKind.SlowBody"/> and <see cref="FaultKind.Chunked"/>.</summary>
    public int BytesPerChunk { get; init; } = 64;

    /// <summary>How many items <see cref="FaultKind.ShortPage"/> leaves out, from the end of the page.</summary>
    public int Missing { get; init; } = 1;

    /// <summary>Delay of <see cref="FaultKind.Latency"/>, in milliseconds.</summary>
    public int Ms { get; init; }
}
