using System.Diagnostics;
using System.Globalization;
using System.Net;
using Copper.Client.RateLimiting;

namespace Copper.Client;

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

    public void Responded(CopperRequest request, HttpStatusCode status, string? requestId, TimeSpan duration) => Write(
        CopperTraceKind.Responded,
        request,
        duration,
        static (request, response) => string.Format(
            CultureInfo.InvariantCulture,
            "{0} {1} -> {2} in {3:0} ms{4}",
            request.Method,
            request.PathAndQuery,
            (int)response.status,
            response.duration.TotalMilliseconds,
            response.requestId is null ? string.Empty : ", request id " + response.requestId),
        (status, requestId, duration));

    public void Failed(CopperRequest request, CopperException failure, TimeSpan duration) => Write(
        CopperTraceKind.Failed, request, duration, static (_, failure) => failure.Message, failure);

    public void Throttled(CopperRequest request, TimeSpan? wait, RequestWaits waits) => Write(
        CopperTraceKind.Throttled,
        request,
        wait ?? TimeSpan.Zero,
        static (request, throttled) => string.Format(
            CultureInfo.InvariantCulture,
            throttled.wait is { TotalSeconds: var seconds }
                ? (seconds < 10 ? "Waiting about {3:0.0} s for {2}'s rate limit ({0} {1}){4}"
                    : "Waiting about {3:0} s for {2}'s rate limit ({0} {1}){4}")
                : "Waiting for {2}'s rate limit ({0} {1}){4}",
            request.Method,
            request.PathAndQuery,
            request.ServiceName,
            throttled.wait?.TotalSeconds,
            After(throttled.waits)),
        (wait, waits),
        waits.BecomesLong(wait ?? TimeSpan.Zero));

    public void WaitedForStore(CopperRequest request, TimeSpan wait) => Write(
        CopperTraceKind.Throttled,
        request,
        wait,
        static (request, wait) => string.Format(
            CultureInfo.InvariantCulture,
            "Waited {2:0.0} s for the storage of the shared rate limit ({0} {1})",
            request.Method,
            request.PathAndQuery,
            wait.TotalSeconds),
        wait,
        isLongWait: false);

    public void ThrottledFor(TimeSpan wait) => statistics.CountThrottled(wait);

    public void SlowedDown(CopperRequest request, RateReduction reduction) => Write(
        reduction.Further ? CopperTraceKind.SlowedDownFurther : CopperTraceKind.SlowedDown,
        request,
        reduction.Hold,
        static (_, reduction) => string.Format(
            CultureInfo.InvariantCulture,
            reduction.Fallback.Count > 0
                ? "Copper rejected a request (429) at the rate that was tried. For the next {3:0} min, all sessions of the account keep to "
                    + "{2} too, and what they have sent in these windows counts: requests may have to wait for some minutes."
                : reduction.Further
                ? "Copper rejected another request (429): all sessions of the account {1}go on at {0:0} % of the rate."
                : "Copper rejected a request (429) although this process keeps to the rate limit: something else uses the same account, "
                    + "or its limit is lower than the one set. All sessions of the account {1}go on at {0:0} % of the rate, and speed up "
                    + "again step by step.",
            reduction.Share * 100,
            reduction.Hold < TimeSpan.FromMilliseconds(50)
                ? string.Empty
                : string.Format(CultureInfo.InvariantCulture, "wait {0:0.0} s, ", reduction.Hold.TotalSeconds),
            string.Join(" and ", reduction.Fallback),
            reduction.FallbackFor.TotalMinutes),
        reduction);

    public void SharedLimitLost(CopperRequest request, string warning, bool isLongWait) => Write(
        CopperTraceKind.SharedLimitLost, request, TimeSpan.Zero, static (_, warning) => warning, warning, isLongWait);

    public void Retrying(CopperRequest request, CopperException failure, int attempt, TimeSpan wait, RequestWaits waits) => Write(
        CopperTraceKind.Retrying,
        request,
        wait,
        static (request, retry) => string.Format(
            CultureInfo.InvariantCulture,
            "{0} {1} failed (attempt {2}{3}) and is retried in {4:0.0} s{5}: {6}",
            request.Method,
            request.PathAndQuery,
            retry.attempt,
            retry.failure.StatusCode is { } status ? $", status {(int)status}" : string.Empty,
            retry.wait.TotalSeconds,
            After(retry.waits),
            retry.failure.Message),
        (failure, attempt, wait, waits),
        waits.BecomesLong(wait));

    public void NotRecorded(CopperRequest request, string warning) =>
        Write(CopperTraceKind.NotRecorded, request, TimeSpan.Zero, static (_, warning) => warning, warning);

    public void Deprecated(CopperRequest request, string notice) =>
        Write(CopperTraceKind.Deprecated, request, TimeSpan.Zero, static (_, notice) => notice, notice);

    public void Garbled(CopperRequest request) => Write(
        CopperTraceKind.Garbled,
        request,
        TimeSpan.Zero,
        static (request, _) => $"The response to {request.Method} {request.PathAndQuery} holds bytes that are not UTF-8. Each of them "
            + "reads as the replacement mark U+FFFD: do not write such values back.",
        0);

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

    private static string After(RequestWaits waits) => waits.Past < TimeSpan.FromMilliseconds(50)
        ? string.Empty
        : string.Format(CultureInfo.InvariantCulture, " (after {0:0.0} s of waiting before)", waits.Past.TotalSeconds);

    private void Write<T>(
        CopperTraceKind kind,
        CopperRequest request,
        TimeSpan duration,
        Func<CopperRequest, T, string> describe,
        T detail,
        bool isLongWait = false) =>
        listener?.Write(new CopperTraceEvent(kind, request, describe(request, detail), duration) { IsLongWait = isLongWait });
}
