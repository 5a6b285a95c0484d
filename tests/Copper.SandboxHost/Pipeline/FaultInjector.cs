using System.Text;
using System.Text.Json.Nodes;
using Copper.Sandbox;
using Copper.SandboxHost.Faults;

namespace Copper.SandboxHost.Pipeline;

/// <summary>Responds to a request the way a fault wants it.</summary>
internal static class FaultInjector
{
    private const string WebPage = "<!DOCTYPE html><html><body><h1>Service temporarily unavailable</h1></body></html>";

    /// <param name="exchange">The request.</param>
    /// <param name="fault">What is to go wrong.</param>
    /// <param name="apply">Handles the request for real.</param>
    public static async Task RunAsync(Exchange exchange, Fault fault, Func<SandboxReply> apply)
    {
        switch (fault.Kind)
        {
            case FaultKind.Status:
                await ReplyWriter.SendWholeAsync(exchange, Scripted(fault, fault.Status == 0 ? 500 : fault.Status, fault.Body ?? ""));
                break;
            case FaultKind.NotJson:
                await ReplyWriter.SendWholeAsync(exchange, Scripted(fault, 200, fault.Body ?? WebPage));
                break;
            case FaultKind.Redirect:
                exchange.Context.Response.Headers.Location = fault.Location;
                await ReplyWriter.SendWholeAsync(exchange, Scripted(fault, fault.Status == 0 ? 302 : fault.Status, ""));
                break;
            case FaultKind.ResetBefore:
                exchange.Abort();
                break;
            case FaultKind.ResetAfter:
                apply();
                exchange.Abort();
                break;
            case FaultKind.ResetBody:
                await ReplyWriter.SendHalfAndAbortAsync(exchange, apply());
                break;
            case FaultKind.TruncateJson:
                var reply = apply();
                await ReplyWriter.SendWholeAsync(exchange, reply with { Body = reply.Body[..(reply.Body.Length / 2)] });
                break;
            case FaultKind.Hang:
                await Task.Delay(Timeout.Infinite, exchange.Cancellation);
                break;
            case FaultKind.SlowBody:
                await ReplyWriter.SendPiecesAsync(exchange, apply(), fault.BytesPerChunk, TimeSpan.FromMilliseconds(fault.MsPerChunk));
                break;
            case FaultKind.Chunked:
                await ReplyWriter.SendPiecesAsync(exchange, apply(), fault.BytesPerChunk, TimeSpan.Zero);
                break;
            case FaultKind.Empty:
                await ReplyWriter.SendWholeAsync(exchange, apply() with { Status = 200, Body = [] });
                break;
            case FaultKind.Latency:
                await Task.Delay(fault.Ms, exchange.Cancellation);
                await ReplyWriter.SendAsync(exchange, apply());
                break;
            case FaultKind.Change:
                var today = apply();
                var headers = today.Headers.Concat(fault.Headers).GroupBy(static header => header.Key)
                    .ToDictionary(static header => header.Key, static header => header.Last().Value);
                await ReplyWriter.SendAsync(exchange,
                    today with { Headers = headers, Body = ResponseChanger.Change(today.Body, fault.Change) });
                break;
            case FaultKind.ShortPage:
                var full = apply();
                await ReplyWriter.SendAsync(exchange, full with { Body = Shorten(full.Body, fault.Missing) });
                break;
            case FaultKind.Gzip:
                await ReplyWriter.SendGzipAsync(exchange, apply());
                break;
            default:
                throw new InvalidOperationException($"Unknown fault {fault.Kind}.");
        }
    }

    /// <summary>A list without its last items; anything else as it is.</summary>
    private static byte[] Shorten(byte[] body, int missing)
    {
        if (JsonNode.Parse(body) is not JsonArray items)
        {
            return body;
        }

        for (int count = 0; count < missing && items.Count > 0; count++)
        {
            items.RemoveAt(items.Count - 1);
        }

        return Encoding.UTF8.GetBytes(items.ToJsonString());
    }

    private static SandboxReply Scripted(Fault fault, int status, string body)
    {
        var headers = new Dictionary<string, string>(fault.Headers);
        if (body.Length > 0)
        {
            headers["Content-Type"] = fault.ContentType
                ?? (body.StartsWith('<') ? "text/html; charset=utf-8" : "application/json; charset=utf-8");
        }

        return new SandboxReply(status, headers, Encoding.UTF8.GetBytes(body));
    }
}
