using System.Globalization;
using System.Management.Automation;
using Copper.Client;
using CopperPS.Core;

namespace CopperPS.Cmdlets.Base;

/// <summary>
/// Shows how far a long search is: records so far, of how many at most, the time left, and whether it waits for the rate limit.
/// </summary>
internal sealed class SearchProgress(Cmdlet cmdlet, string activity)
{
    /// <summary>A search of up to so many requests is over before a bar is read.</summary>
    private const int QuietPages = 2;

    private readonly ProgressBar _bar = new(cmdlet, activity, 0x0C0FFE);
    private int _pages;
    private long _records;
    private long? _total;

    /// <summary>Some records have come.</summary>
    public void Show(int pages, long records, long? upperBound, ulong wanted)
    {
        _pages = pages;
        _records = records;
        _total = upperBound is { } bound && (ulong)bound > wanted ? (long)wanted : upperBound;
        if (pages > QuietPages && _bar.IsDue)
        {
            Write(null);
        }
    }

    /// <summary>The request path reported something: a wait is worth showing.</summary>
    public void Tell(CopperTraceEvent message)
    {
        if (_pages > QuietPages && ProgressBar.WaitOf(message) is { } wait)
        {
            Write(wait);
        }
    }

    /// <summary>Removes the bar, however the search ended.</summary>
    public void Complete() => _bar.Complete();

    private void Write(string? wait)
    {
        var status = _total is { } total
            ? string.Format(CultureInfo.CurrentCulture, "{0:N0} of up to {1:N0} records", _records, total)
            : string.Format(CultureInfo.CurrentCulture, "{0:N0} records", _records);
        _bar.Show(wait is null ? status : $"{status}, {wait}", _total is > 0 ? (double)_records / _total.Value : null);
    }
}
