using Copper.Client.Models;

namespace Copper.Client;

/// <summary>
/// Where a search goes on that is longer than the service returns, when it is read in order of creation: at the second in
/// which the last record was created, since bounds are whole seconds and inclusive. Those of that second that were read before
/// are recognized by their ids, so nothing comes twice and nothing is lost.
/// </summary>
internal sealed class CreationWindow(bool descending)
{
    /// <summary>The filter that takes the window's bound.</summary>
    private readonly string _member = descending ? "maximum_created_date" : "minimum_created_date";

    private HashSet<long> _readBefore = [];
    private HashSet<long> _ofLastSecond = [];
    private long? _firstSecond;
    private long? _lastSecond;
    private long? _bound;

    /// <summary>The window does not begin where the result begins.</summary>
    public bool IsNarrowed => _bound is not null;

    /// <summary>The records at the begin of the window that were read before.</summary>
    public int Overlap => _readBefore.Count;

    /// <summary>A record without a date of creation has come.</summary>
    public bool HasUndated { get; private set; }

    /// <summary>Notes a record of the window, in order; false when the window before had it.</summary>
    public bool Admit(IDatedRecord record)
    {
        var second = record.DateCreated?.ToUnixTimeSeconds();
        if (second != _lastSecond)
        {
            _lastSecond = second;
            _ofLastSecond.Clear();
        }

        _firstSecond ??= second;
        HasUndated |= second is null;
        _ofLastSecond.Add(record.Id);
        return !_readBefore.Contains(record.Id);
    }

    /// <summary>The filter of this window.</summary>
    public JsonBody Narrow(JsonBody filter)
    {
        var narrowed = filter.Copy();
        if (_bound is { } bound)
        {
            narrowed[_member] = bound;
        }

        return narrowed;
    }

    /// <summary>After a window that was read as far as the service goes: moves on to the rest.</summary>
    /// <param name="isComplete">No record between the two windows is lost.</param>
    /// <returns>False when there is no later second to go on from.</returns>
    public bool TryAdvance(out bool isComplete)
    {
        isComplete = false;
        if (_lastSecond is not { } second || IsOutOfOrder(second))
        {
            return false;
        }

        // All of one second: what more it holds cannot be told apart by a date.
        isComplete = second != _firstSecond;
        _bound = isComplete ? second : descending ? second - 1 : second + 1;
        _readBefore = isComplete ? _ofLastSecond : [];
        _ofLastSecond = [];
        _firstSecond = _lastSecond = null;
        return true;
    }

    /// <summary>The records do not come in order of creation: to go on would be to go round in circles.</summary>
    private bool IsOutOfOrder(long second) => descending
        ? _firstSecond > _bound || second > _firstSecond
        : _firstSecond < _bound || second < _firstSecond;
}
