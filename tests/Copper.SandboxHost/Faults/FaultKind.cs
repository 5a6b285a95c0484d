namespace Copper.SandboxHost.Faults;

/// <summary>What goes wrong. In JSON in kebab case, such as <c>reset-before</c>.</summary>
public enum FaultKind
{
    /// <summary>Responds with a status, body and headers of the fault's choice; the request is not applied.</summary>
    Status,

    /// <summary>Aborts the connection; the request is not applied.</summary>
    ResetBefore,

    /// <summary>Applies the request and aborts the connection instead of responding.</summary>
    ResetAfter,

    /// <summary>Applies the request, sends the headers and half of the body, and aborts the connection.</summary>
    ResetBody,

    /// <summary>Applies the request and responds with half of the body, as if it were whole.</summary>
    TruncateJson,

    /// <summary>Never responds; the request is not applied.</summary>
    Hang,

    /// <summary>Applies the request and sends the body in small pieces with a pause before each.</summary>
    SlowBody,

    /// <summary>Sends the client elsewhere; the request is not applied.</summary>
    Redirect,

    /// <summary>Applies the request and responds with 200 without a body.</summary>
    Empty,

    /// <summary>Responds with 200 and a web page, as a proxy in between would; the request is not applied.</summary>
    NotJson,

    /// <summary>Applies the request and responds later.</summary>
    Latency,

    /// <summary>Applies the request and responds gzip encoded, whatever the client accepts.</summary>
    Gzip,

    /// <summary>Applies the request and responds as the service may tomorrow, under its change policy.</summary>
    Change,

    /// <summary>Applies the request and responds with a chunked body of unannounced length.</summary>
    Chunked,

    /// <summary>Applies the request and responds with fewer items than the page holds; those that are missing come on no page.</summary>
    ShortPage,
}
