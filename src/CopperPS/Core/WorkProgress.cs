using System.Globalization;
using System.Management.Automation;
using Copper.Client;

namespace CopperPS.Core;

/// <summary>
/// Shows how far a cmdlet is that changes many records: how many are done, of how many where that is known, the time left, and
/// whether it waits for the rate limit. Work may have parts, such as reading and writing, each of which begins anew.
/// </summary>
/// <param name="cmdlet">Whose progress it is.</param>
/// <param name="activity">The name of the command as it was typed.</param>
/// <param name="total">How many there are; null for a pipeline, whose end nobody knows.</param>
/// <param name="advice">What would spare the waits; null when nothing would.</param>
internal sealed class WorkProgress(Cmdlet cmdlet, string activity, long? total = null, string? advice = null)
{
    /// <summary>A few records are written before a bar is read.</summary>
    private const int QuietItems = 3;

    private static readonly TimeSpan QuietTime = TimeSpan.FromSeconds(1);

    private readonly ProgressBar _bar = new(cmdlet, activity, 0x0C0FFD);
    private string? _part;
    private TimeSpan _partStart;
    private long _done;
    private long? _total = total;

    private bool IsWorthABar => _done > QuietItems;

    /// <summary>Some more are done.</summary>
    public void Add(int items) => Update(_done + items);

    /// <summary>A part of the work has come so far.</summary>
    /// <param name="part">What is done, for example Reading people.</param>
    /// <param name="done">So many are done.</param>
    /// <param name="total">Of so many; null while that is not known.</param>
    public void Show(string part, long done, long? total)
    {
        if (part != _part)
        {
            _part = part;
            _partStart = _bar.Elapsed;
        }

        _total = total;
        Update(done);
    }

    /// <summary>The request path reported something: a wait is worth showing.</summary>
    public void Tell(CopperTraceEvent message)
    {
        if (IsWorthABar && ProgressBar.WaitOf(message) is { } wait)
        {
            Write(advice is null || message.Kind != CopperTraceKind.Throttled ? wait : $"{wait}; {advice}");
        }
    }

    /// <summary>Removes the bar.</summary>
    public void Complete() => _bar.Complete();

    private void Update(long done)
    {
        _done = done;
        if (IsWorthABar && _bar.Elapsed > QuietTime && _bar.IsDue)
        {
            Write(null);
        }
    }

    private void Write(string? wait)
    {
        var form = (_part, _total) switch
        {
            (null, null) => "{1:N0} done",
            (null, _) => "{1:N0} of {2:N0} done",
            (_, null) => "{0}: {1:N0}",
            _ => "{0}: {1:N0} of {2:N0}",
        };
        var status = string.Format(CultureInfo.CurrentCulture, form, _part, _done, _total);
        _bar.Show(wait is null ? status : $"{status}, {wait}", _total is > 0 ? (double)_done / _total.Value : null, _partStart);
    }
}
