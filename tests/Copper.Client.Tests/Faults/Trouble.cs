using System.Globalization;
using Copper.SandboxHost.Faults;

namespace Copper.Client.Tests.Faults;

/// <summary>The faults of the table, as the service is told to fail.</summary>
internal static class Trouble
{
    public const string Refused = "connection refused";
    public const string NoResponse = "no response at all";
    public const string TooLarge = "a response larger than 64 MB, or without an end";

    /// <summary>The size that is allowed in its stead: the service need not send as much.</summary>
    public const int AllowedSize = 256 * 1024;

    private static readonly Dictionary<string, Func<DateTimeOffset, Fault>> Roster = new()
    {
        ["reset before the request is read"] = static _ => new Fault { Kind = FaultKind.ResetBefore },
        ["reset after it was carried out"] = static _ => new Fault { Kind = FaultKind.ResetAfter },
        ["reset in the middle of the response"] = static _ => new Fault { Kind = FaultKind.ResetBody },
        ["JSON that is cut off"] = static _ => new Fault { Kind = FaultKind.TruncateJson },
        [NoResponse] = static _ => new Fault { Kind = FaultKind.Hang },
        ["a response that arrives slowly"] = static _ => new Fault { Kind = FaultKind.SlowBody, MsPerChunk = 1, BytesPerChunk = 200 },
        ["429"] = static _ => Status(429),
        ["429 with Retry-After in seconds"] = static _ => Status(429, ("Retry-After", "7")),
        ["429 with Retry-After as a date"] = static now =>
            Status(429, ("Retry-After", now.AddSeconds(90).ToString("R", CultureInfo.InvariantCulture))),
        ["500"] = static _ => Status(500),
        ["502 with a web page"] = static _ =>
            new Fault { Kind = FaultKind.Status, Status = 502, Body = "<html><head><title>502 Bad Gateway</title></head></html>" },
        ["503"] = static _ => Status(503),
        ["401 in the middle of a run"] = static _ => Status(401),
        ["redirect to another host (301, 307, 308)"] = static _ =>
            new Fault { Kind = FaultKind.Redirect, Status = 307, Location = "http://127.0.0.1:9/elsewhere" },
        ["redirect to another page (302, 303)"] = static _ =>
            new Fault { Kind = FaultKind.Redirect, Status = 302, Location = "http://127.0.0.1:9/elsewhere" },
        ["408, 409, 425, 499"] = static _ => Status(409),
        [TooLarge] = static _ =>
            new Fault { Kind = FaultKind.NotJson, ContentType = "application/json", Body = $"[\"{new string('x', AllowedSize)}\"]" },
        ["200 without a body"] = static _ => new Fault { Kind = FaultKind.Empty },
        ["200 with a web page"] = static _ => new Fault { Kind = FaultKind.NotJson },
        ["gzip, asked for or not"] = static _ => new Fault { Kind = FaultKind.Gzip },
        ["chunked"] = static _ => new Fault { Kind = FaultKind.Chunked },
    };

    public static IEnumerable<string> Names => Roster.Keys.Prepend(Refused);

    public static Fault Of(string name, DateTimeOffset now) => Roster[name](now);

    private static Fault Status(int status, params (string Name, string Value)[] headers) => new()
    {
        Kind = FaultKind.Status, Status = status, Body = "",
            Headers = headers.ToDictionary(static header => header.Name, static header => header.Value),
    };
}
