namespace Copper.Client.Tests.LongRun;

/// <summary>What may happen to a request on its way.</summary>
internal enum Trouble
{
    None,

    /// <summary>Nobody listens: the service sees nothing of it.</summary>
    Refused,

    /// <summary>The connection breaks before the service has taken it.</summary>
    ResetBefore,

    /// <summary>The service carries it out, and the connection breaks before the response.</summary>
    ResetAfter,

    /// <summary>It never arrives, and nobody says so.</summary>
    LostBefore,

    /// <summary>It is carried out, and the response never comes.</summary>
    LostAfter,

    /// <summary>It is carried out, and the response ends in the middle.</summary>
    Truncated,

    /// <summary>It is not carried out: 503 with Retry-After.</summary>
    Busy,

    /// <summary>It is not carried out: 502 with a web page.</summary>
    BadGateway,

    /// <summary>It is not carried out: 429, since somebody else uses the account.</summary>
    SomebodyElse,
}
