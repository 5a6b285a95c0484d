using System.IO.Compression;
using Copper.Sandbox;

namespace Copper.SandboxHost.Pipeline;

/// <summary>Sends responses: whole, encoded, in pieces, or only in part.</summary>
internal static class ReplyWriter
{
    public static Task SendAsync(Exchange exchange, SandboxReply reply)
    {
        return AcceptsGzip(exchange) && reply.Body.Length > 0 && !reply.Headers.ContainsKey("Content-Encoding")
            ? SendGzipAsync(exchange, reply) : SendWholeAsync(exchange, reply);
    }

    public static bool AcceptsGzip(Exchange exchange) =>
        exchange.Request.Headers.TryGetValue("Accept-Encoding", out string? accepted)
            && accepted.Contains("gzip", StringComparison.OrdinalIgnoreCase);

    public static Task SendWholeAsync(Exchange exchange, SandboxReply reply)
    {
        SetHeaders(exchange, reply);
        exchange.Context.Response.ContentLength = reply.Body.Length;
        exchange.EndJournalEntry();
        return exchange.Context.Response.Body.WriteAsync(reply.Body, exchange.Cancellation).AsTask();
    }

    public static Task SendGzipAsync(Exchange exchange, SandboxReply reply)
    {
        return SendWholeAsync(exchange, Encode(reply));
    }

    /// <summary>The same response, gzip encoded.</summary>
    public static SandboxReply Encode(SandboxReply reply)
    {
        using var encoded = new MemoryStream();
        using (var gzip = new GZipStream(encoded, CompressionLevel.Fastest, leaveOpen: true))
        {
            gzip.Write(reply.Body);
        }

        return reply with
        {
            Body = encoded.ToArray(),
            Headers = new Dictionary<string, string>(reply.Headers) { ["Content-Encoding"] = "gzip", ["Vary"] = "Accept-Encoding" },
        };
    }

    /// <summary>Announces the whole body, sends half of it and aborts the connection.</summary>
    public static async Task SendHalfAndAbortAsync(Exchange exchange, SandboxReply reply)
    {
        SetHeaders(exchange, reply);
        exchange.Context.Response.ContentLength = reply.Body.Length;
        await exchange.Context.Response.Body.WriteAsync(reply.Body.AsMemory(0, reply.Body.Length / 2), exchange.Cancellation);
        await exchange.Context.Response.Body.FlushAsync(exchange.Cancellation);
        exchange.Abort();
    }

    /// <summary>Sends the body in small pieces without announcing its length, with a pause before each.</summary>
    public static async Task SendPiecesAsync(Exchange exchange, SandboxReply reply, int size, TimeSpan pause)
    {
        SetHeaders(exchange, reply);
        for (int start = 0; start < reply.Body.Length; start += size)
        {
            if (pause > TimeSpan.Zero)
            {
                await Task.Delay(pause, exchange.Cancellation);
            }

            var piece = reply.Body.AsMemory(start, Math.Min(size, reply.Body.Length - start));
            await exchange.Context.Response.Body.WriteAsync(piece, exchange.Cancellation);
            await exchange.Context.Response.Body.FlushAsync(exchange.Cancellation);
        }
    }

    private static void SetHeaders(Exchange exchange, SandboxReply reply)
    {
        exchange.Entry.Status = reply.Status;
        exchange.Context.Response.StatusCode = reply.Status;
        foreach (var header in reply.Headers)
        {
            exchange.Context.Response.Headers[header.Key] = header.Value;
        }
    }
}
