using System.Net;
using System.Net.Http.Headers;
using Copper.Client.RateLimiting.Blobs;
using Copper.Client.RateLimiting.Shared;

namespace Copper.Client.Tests.RateLimiting;

/// <summary>
/// The one blob that the processes share, far away: each request takes its time, and its responses tell whole seconds of a clock of
/// their own. Everything goes on where the test moves the clock, on the same thread.
/// </summary>
internal sealed class SimulatedBlob(FakeClock clock)
{
    private static readonly DateTimeOffset Epoch = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);
    private int _version;
    private DateTimeOffset _written;

    public byte[]? Content { get; set; }

    /// <summary>The time from a request to its response.</summary>
    public Func<TimeSpan> Latency { get; set; } = static () => TimeSpan.FromMilliseconds(100);

    /// <summary>Whether a request gets through; asked at its arrival.</summary>
    public Func<SimulatedProcess, bool> IsReachable { get; set; } = static _ => true;

    /// <summary>Whether the response of a request that was carried out is lost.</summary>
    public Func<SimulatedProcess, bool> LosesResponse { get; set; } = static _ => false;

    /// <summary>Requests are answered at once, as while a session opens, which waits on its own thread.</summary>
    public bool IsNear { get; set; }

    /// <summary>The requests that it got.</summary>
    public int Requests { get; private set; }

    /// <summary>Those that came too late to replace the state.</summary>
    public int Conflicts { get; private set; }

    /// <summary>Whole seconds, as a Date tells them.</summary>
    private DateTimeOffset Now => Epoch + TimeSpan.FromSeconds(Math.Floor(clock.Elapsed.TotalSeconds));

    public ILimiterStore Open(SimulatedProcess process) => new BlobLimiterStore(
        new Uri("https://account.blob.core.windows.net/copper/limit"),
        new SasAuthorization(SharedAccessSignature.Parse("sig=secret", default)),
        new HttpMessageInvoker(new Handler(this, process)),
        process.Clock);

    private HttpResponseMessage Respond(HttpRequestMessage request, byte[]? body)
    {
        Requests++;
        var etag = $"\"0x{_version:X}\"";
        var response = new HttpResponseMessage { Content = new ByteArrayContent([]) };
        response.Headers.Date = Now;
        if (request.Method == HttpMethod.Get)
        {
            if (Content is null)
            {
                response.StatusCode = HttpStatusCode.NotFound;
                response.Headers.Add("x-ms-error-code", "BlobNotFound");
                return response;
            }

            response.Content = new ByteArrayContent(Content);
            response.Content.Headers.LastModified = _written;
            response.Headers.ETag = EntityTagHeaderValue.Parse(etag);
            return response;
        }

        var isCurrent = Content is null
            ? request.Headers.IfNoneMatch.Any(static tag => tag.Tag == "*")
            : request.Headers.IfMatch.Any(tag => tag.Tag == etag);
        if (!isCurrent)
        {
            Conflicts++;
            response.StatusCode = Content is null || request.Headers.IfMatch.Count > 0
                ? HttpStatusCode.PreconditionFailed : HttpStatusCode.Conflict;
            response.Headers.Add("x-ms-error-code", "ConditionNotMet");
            return response;
        }

        _version++;
        (Content, _written) = (body, Now);
        response.StatusCode = HttpStatusCode.Created;
        response.Headers.ETag = EntityTagHeaderValue.Parse($"\"0x{_version:X}\"");
        return response;
    }

    /// <summary>Goes on when the clock was moved, on the thread that moves it.</summary>
    private Task PassAsync(TimeSpan time)
    {
        if (IsNear)
        {
            return Task.CompletedTask;
        }

        var passed = new TaskCompletionSource();
        clock.Schedule(time, () => passed.SetResult());
        return passed.Task;
    }

    private sealed class Handler(SimulatedBlob blob, SimulatedProcess process) : HttpMessageHandler
    {
        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            var body = request.Content is null ? null : await request.Content.ReadAsByteArrayAsync(cancellationToken);
            var latency = blob.Latency();
            await blob.PassAsync(latency / 2).ConfigureAwait(false);
            if (process.HasEnded || !blob.IsReachable(process))
            {
                throw new HttpRequestException("Connection refused");
            }

            var response = blob.Respond(request, body);
            var isLost = blob.LosesResponse(process);
            await blob.PassAsync(latency / 2).ConfigureAwait(false);
            return isLost || process.HasEnded ? throw new HttpRequestException("The connection was closed.") : response;
        }
    }
}
