using System.Diagnostics;
using System.Globalization;
using System.Management.Automation;
using Copper.Client;

namespace CopperPS.Core;

/// <summary>One bar of a cmdlet's progress: written a few times a second at most, and removed however the work ended.</summary>
/// <param name="cmdlet">Whose progress it is.</param>
/// <param name="activity">What is done, in the words of the user: the name of the command as it was typed.</param>
/// <param name="id">Tells the bar from the others of the pipeline.</param>
internal sealed class ProgressBar(Cmdlet cmdlet, string activity, int id)
{
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(200);

    private readonly Stopwatch _running = Stopwatch.StartNew();
    private TimeSpan _next;
    private bool _shown;

    /// <summary>How long the work goes on.</summary>
    public TimeSpan Elapsed => _running.Elapsed;

    /// <summary>The last bar was written long enough ago.</summary>
    public bool IsDue => _running.Elapsed >= _next;

    /// <summary>The text of a wait; null for a message that is about something else.</summary>
    public static string? WaitOf(CopperTraceEvent message) => message.Kind switch
    {
        CopperTraceKind.Throttled =>
            string.Format(CultureInfo.CurrentCulture, "waiting for the rate limit ({0:0} s)", message.Duration.TotalSeconds),
        CopperTraceKind.Retrying =>
            string.Format(CultureInfo.CurrentCulture, "waiting to try again ({0:0} s)", message.Duration.TotalSeconds),
        _ => null,
    };

    /// <summary>Writes the bar.</summary>
    /// <param name="status">How far the work is.</param>
    /// <param name="share">The part that is done, 0 to 1, from which the time left follows; null when the whole is unknown.</param>
    /// <param name="start">When that part began, in the time of <see cref="Elapsed"/>.</param>
    public void Show(string status, double? share, TimeSpan start = default)
    {
        _next = _running.Elapsed + Interval;
        _shown = true;
        var record = new ProgressRecord(id, activity, status);
        if (share is { } done)
        {
            done = Math.Min(1, done);
            record.PercentComplete = (int)(100 * done);
            record.SecondsRemaining = done > 0
                ? (int)Math.Min(int.MaxValue, (_running.Elapsed - start).TotalSeconds * (1 - done) / done)
                : -1;
        }

        cmdlet.WriteProgress(record);
    }

    /// <summary>Removes the bar.</summary>
    public void Complete()
    {
        if (!_shown)
        {
            return;
        }

        _shown = false;
        try
        {
            cmdlet.WriteProgress(new ProgressRecord(id, activity, "Done") { RecordType = ProgressRecordType.Completed });
        }
        catch (Exception exception) when (exception is PipelineStoppedException or InvalidOperationException)
        {
            // A stopped pipeline writes nothing more; the host removes its bars itself.
        }
    }
}
