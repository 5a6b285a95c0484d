using System.Diagnostics;
using System.Globalization;
using System.Management.Automation;

namespace CopperPS.Cmdlets.Files;

/// <summary>Shows how much of a file is on its way.</summary>
internal sealed class UploadProgress(Cmdlet cmdlet, string activity, string fileName)
{
    private const int Id = 0x0C0FFF;
    private const double Megabyte = 1024 * 1024;

    /// <summary>A file that is sent at once needs no bar.</summary>
    private const long WorthABar = 1024 * 1024;

    private readonly Stopwatch _running = Stopwatch.StartNew();
    private bool _shown;

    public void Show(long sent, long total)
    {
        if (total < WorthABar)
        {
            return;
        }

        _shown = true;
        var share = (double)sent / total;
        cmdlet.WriteProgress(new ProgressRecord(
            Id,
            activity,
            string.Format(CultureInfo.CurrentCulture, "{0}: {1:N1} of {2:N1} MB", fileName, sent / Megabyte, total / Megabyte))
        {
            PercentComplete = (int)(100 * share),
            SecondsRemaining = sent > 0 ? (int)Math.Min(int.MaxValue, _running.Elapsed.TotalSeconds * (1 - share) / share) : -1,
        });
    }

    /// <summary>Takes the bar away, however it ended.</summary>
    public void Complete()
    {
        if (!_shown)
        {
            return;
        }

        try
        {
            cmdlet.WriteProgress(new ProgressRecord(Id, activity, "Done") { RecordType = ProgressRecordType.Completed });
        }
        catch (PipelineStoppedException)
        {
            // A stopped pipeline writes nothing more; the host takes its bars away itself.
        }
    }
}
