using System.Diagnostics;
using System.Globalization;
using System.Management.Automation;
using Copper.Client.Http;

namespace CopperPS.Cmdlets.Base;

/// <summary>
/// Shows how far a long search is: records so far, of how many at most, the time left, and whether it waits for the rate limit.
/// </summary>
internal sealed class SearchProgress(Cmdlet cmdlet, string activity)
{
    /// <summary>A search of up to so many requests is over before a bar is read.</summary>
    private const int QuietPages = 2;

    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(200);

    private readonly Stopwatch _running = Stopwatch.StartNew();
    private readonly int _id = 0x0C0FFE;
    private TimeSpan _next;
    private int _pages;
    private long _records;
    private long? _total;
    private bool _shown;

    /// <summary>Some records have come.</summary>
    public void Show(int pages, long records, long? upperBound, ulong wanted)
    {
        _pages = pages;
        _records = records;
        _total = upperBound is { } bound && (ulong)bound > wanted ? (long)wanted : upperBound;
        if (pages > QuietPages && _running.Elapsed >= _next)
        {
            Write(null);
        }
    }

    /// <summary>The request path reported something: a wait is worth showing.</summary>
    public void Tell(CopperTraceEvent message)
    {
        if (_pages > QuietPages && message.Kind is CopperTraceKind.Throttled or CopperTraceKind.Retrying)
        {
            Write(message.Kind == CopperTraceKind.Throttled
                ? string.Format(CultureInfo.CurrentCulture, "waiting for the rate limit ({0:0} s)", message.Duration.TotalSeconds)
                : string.Format(CultureInfo.CurrentCulture, "waiting to try again ({0:0} s)", message.Duration.TotalSeconds));
        }
    }

    /// <summary>Takes the bar away, however the search ended.</summary>
    public void Complete()
    {
        if (!_shown)
        {
            return;
        }

        try
        {
            cmdlet.WriteProgress(new ProgressRecord(_id, activity, "Done") { RecordType = ProgressRecordType.Completed });
        }
        catch (PipelineStoppedException)
        {
            // A stopped pipeline writes nothing more; the host takes its bars away itself.
        }
    }

    private void Write(string? waiting)
    {
        _next = _running.Elapsed + Interval;
        _shown = true;
        var status = _total is { } total
            ? string.Format(CultureInfo.CurrentCulture, "{0:N0} of up to {1:N0} records", _records, total)
            : string.Format(CultureInfo.CurrentCulture, "{0:N0} records", _records);
        var record = new ProgressRecord(_id, activity, waiting is null ? status : status + ", " + waiting);
        if (_total is > 0)
        {
            var share = Math.Min(1.0, (double)_records / _total.Value);
            record.PercentComplete = (int)(100 * share);
            record.SecondsRemaining = share > 0 ? (int)Math.Min(int.MaxValue, _running.Elapsed.TotalSeconds * (1 - share) / share) : -1;
        }

        cmdlet.WriteProgress(record);
    }
}
