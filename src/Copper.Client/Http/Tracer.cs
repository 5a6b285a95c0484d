using System.Diagnostics;
using System.Globalization;
using System.Net;

namespace Copper.Client.Http;

/// <summary>Describes what happens for one listener, and counts it for the client.</summary>
internal sealed class Tracer(ICopperTrace? listener, CopperClientStatistics statistics)
{
    private long _lastUploading;

    /// <summary>Counts what the client does.</summary>
    public CopperClientStatistics Statistics => statistics;

    /// <summary>Somebody listens.</summary>
    public bool IsHeard => listener is not null;

    public void Sending(CopperRequest request)
    {
        statistics.CountRequest();
        Write(CopperTraceKind.Sending, request, TimeSpan.Zero, static (request, _) => $"{request.Method} {request.PathAndQuery}", 0);
    }

    public void Answered(CopperRequest request, HttpStatusCode status, string? requestId, TimeSpan duration) => Write(
        CopperTraceKind.Answered,
        request,
        duration,
        static (request, answer) => string.Format(
            CultureInfo.InvariantCulture,
            "{0} {1} -> {2} in {3:0} ms{4}",
            request.Method,
            request.PathAndQuery,
            (int)answer.status,
            answer.duration.TotalMilliseconds,
            answer.requestId is null ? string.Empty : ", request id " + answer.requestId),
        (status, requestId, duration));

    public void Failed(CopperRequest request, CopperException failure, TimeSpan duration) => Write(
        CopperTraceKind.Failed, request, duration, static (_, failure) => failure.Message, failure);

    public void Throttled(CopperRequest request, TimeSpan? wait) => Write(
        CopperTraceKind.Throttled,
        request,
        wait ?? TimeSpan.Zero,
        static (request, wait) => string.Format(
            CultureInfo.InvariantCulture,
            wait is null ? "Rate limit: {0} {1} waits for its turn" : "Rate limit: {0} {1} waits about {2:0.0} s for its turn",
            request.Method,
            request.PathAndQuery,
            wait?.TotalSeconds),
        wait);

    public void ThrottledFor(TimeSpan wait) => statistics.CountThrottled(wait);

    public void SlowedDown(CopperRequest request, TimeSpan hold, double share, bool further) => Write(
        further ? CopperTraceKind.SlowedDownFurther : CopperTraceKind.SlowedDown,
        request,
        hold,
        static (_, backoff) => string.Format(
            CultureInfo.InvariantCulture,
            backoff.further
                ? "Copper rejected another request (429): all sessions of the account {1}go on at {0:0} % of the rate."
                : "Copper rejected a request (429) although this process keeps to the rate limit: something else uses the same account, "
                    + "or its limit is lower than the one set. All sessions of the account {1}go on at {0:0} % of the rate, and speed up "
                    + "again step by step.",
            backoff.share * 100,
            backoff.hold < TimeSpan.FromMilliseconds(50)
                ? string.Empty
                : string.Format(CultureInfo.InvariantCulture, "wait {0:0.0} s, ", backoff.hold.TotalSeconds)),
        (hold, share, further));

    public void SharedLimitLost(CopperRequest request, string warning) => Write(
        CopperTraceKind.SharedLimitLost, request, TimeSpan.Zero, static (_, warning) => warning, warning);

    public void Retrying(CopperRequest request, CopperException failure, int attempt, TimeSpan wait) => Write(
        CopperTraceKind.Retrying,
        request,
        wait,
        static (request, retry) => string.Format(
            CultureInfo.InvariantCulture,
            "{0} {1} failed (attempt {2}{3}) and is sent again in {4:0.0} s: {5}",
            request.Method,
            request.PathAndQuery,
            retry.attempt,
            retry.failure.StatusCode is { } status ? $", status {(int)status}" : string.Empty,
            retry.wait.TotalSeconds,
            retry.failure.Message),
        (failure, attempt, wait));

    public void Deprecated(CopperRequest request, string notice) =>
        Write(CopperTraceKind.Deprecated, request, TimeSpan.Zero, static (_, notice) => notice, notice);

    public void Unreadable(CopperRequest request, CopperUnreadableRecordException item) =>
        listener?.Write(new CopperTraceEvent(CopperTraceKind.Unreadable, request, item.Message, TimeSpan.Zero) { Failure = item });

    public void Uploading(CopperRequest request, string fileName, long sent, long total)
    {
        // Every chunk would be thousands of messages for a large file; the first and the last always come.
        var now = Stopwatch.GetTimestamp();
        if (listener is null || (sent > 0 && sent < total && (now - _lastUploading) * 5 < Stopwatch.Frequency))
        {
            return;
        }

        _lastUploading = now;
        var text = string.Format(CultureInfo.InvariantCulture, "Uploading {0}: {1} of {2} bytes", fileName, sent, total);
        listener.Write(new CopperTraceEvent(CopperTraceKind.Uploading, request, text, TimeSpan.Zero)
        {
            BytesSent = sent,
            BytesTotal = total,
        });
    }

    private void Write<T>(
        CopperTraceKind kind, CopperRequest request, TimeSpan duration, Func<CopperRequest, T, string> describe, T detail) =>
        listener?.Write(new CopperTraceEvent(kind, request, describe(request, detail), duration));
}
