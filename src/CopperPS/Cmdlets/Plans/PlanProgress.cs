using System.Diagnostics;
using System.Globalization;
using System.Management.Automation;
using Copper.Client.Http;

namespace CopperPS.Cmdlets.Plans;

/// <summary>Shows how far a plan has come, while it is made and while it is run: how much of how much, and the time left.</summary>
internal sealed class PlanProgress(Cmdlet cmdlet, string activity)
{
    private const int Id = 0x0C0FFD;

    /// <summary>What is over sooner needs no bar.</summary>
    private const long WorthABar = 20;

    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(200);

    private readonly Stopwatch _running = Stopwatch.StartNew();
    private string _part = string.Empty;
    private TimeSpan _partStart;
    private TimeSpan _next;
    private long _completed;
    private long? _total;
    private bool _shown;

    /// <summary>A part of the work has come so far.</summary>
    /// <param name="part">What is done, for example Reading people.</param>
    /// <param name="completed">So much is done.</param>
    /// <param name="total">Of so much; null while that is not known.</param>
    public void Show(string part, long completed, long? total)
    {
        if (part != _part)
        {
            _part = part;
            _partStart = _running.Elapsed;
            _next = TimeSpan.Zero;
        }

        _completed = completed;
        _total = total;
        if ((_shown || !(total <= WorthABar)) && _running.Elapsed >= _next)
        {
            Write(null);
        }
    }

    /// <summary>The request path reported something: a wait is worth showing.</summary>
    public void Tell(CopperTraceEvent message)
    {
        if (_shown && message.Kind is CopperTraceKind.Throttled or CopperTraceKind.Retrying)
        {
            Write(message.Kind == CopperTraceKind.Throttled
                ? string.Format(CultureInfo.CurrentCulture, "waiting for the rate limit ({0:0} s)", message.Duration.TotalSeconds)
                : string.Format(CultureInfo.CurrentCulture, "waiting to try again ({0:0} s)", message.Duration.TotalSeconds));
        }
    }

    /// <summary>Takes the bar away, however the work ended.</summary>
    public void Complete()
    {
        if (!_shown)
        {
            return;
        }

        _shown = false;
        try
        {
            cmdlet.WriteProgress(new ProgressRecord(Id, activity, "Done") { RecordType = ProgressRecordType.Completed });
        }
        catch (PipelineStoppedException)
        {
            // A stopped pipeline writes nothing more; the host takes its bars away itself.
        }
    }

    private void Write(string? waiting)
    {
        _shown = true;
        _next = _running.Elapsed + Interval;
        var count = _total is { } total
            ? string.Format(CultureInfo.CurrentCulture, "{0}: {1:N0} of {2:N0}", _part, _completed, total)
            : string.Format(CultureInfo.CurrentCulture, "{0}: {1:N0}", _part, _completed);
        var record = new ProgressRecord(Id, activity, waiting is null ? count : count + ", " + waiting);
        if (_total is > 0)
        {
            var share = Math.Min(1.0, (double)_completed / _total.Value);
            record.PercentComplete = (int)(100 * share);
            record.SecondsRemaining = share > 0
                ? (int)Math.Min(int.MaxValue, (_running.Elapsed - _partStart).TotalSeconds * (1 - share) / share)
                : -1;
        }

        cmdlet.WriteProgress(record);
    }
}
