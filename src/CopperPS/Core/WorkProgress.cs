using System.Globalization;
using System.Management.Automation;
using Copper.Client.Http;

namespace CopperPS.Core;

/// <summary>
/// Shows how far a cmdlet is that changes many records: how many are done, of how many where that is known, the time left, and
/// whether it waits for the rate limit.
/// </summary>
/// <param name="cmdlet">Whose progress it is.</param>
/// <param name="activity">The name of the command as it was typed.</param>
/// <param name="total">How many there are; null for a pipeline, whose end nobody knows.</param>
/// <param name="advice">What would spare the waits; null when nothing would.</param>
internal sealed class WorkProgress(Cmdlet cmdlet, string activity, int? total, string? advice)
{
    /// <summary>A few records are written before a bar is read.</summary>
    private const int QuietItems = 3;

    private static readonly TimeSpan QuietTime = TimeSpan.FromSeconds(1);

    private readonly ProgressBar _bar = new(cmdlet, activity, 0x0C0FFD);
    private int _done;

    /// <summary>Some more are done.</summary>
    public void Add(int items)
    {
        _done += items;
        if (_done > QuietItems && _bar.Elapsed > QuietTime && _bar.IsDue)
        {
            Show(null);
        }
    }

    /// <summary>The request path reported something: a wait is worth showing.</summary>
    public void Tell(CopperTraceEvent message)
    {
        if (_done > QuietItems && ProgressBar.WaitOf(message) is { } wait)
        {
            Show(advice is null || message.Kind != CopperTraceKind.Throttled ? wait : $"{wait}; {advice}");
        }
    }

    /// <summary>Removes the bar.</summary>
    public void Complete() => _bar.Complete();

    private void Show(string? wait)
    {
        var status = total is { } all
            ? string.Format(CultureInfo.CurrentCulture, "{0:N0} of {1:N0} done", _done, all)
            : string.Format(CultureInfo.CurrentCulture, "{0:N0} done", _done);
        _bar.Show(wait is null ? status : $"{status}, {wait}", total is > 0 ? (double)_done / total.Value : null);
    }
}
