using Copper.Client.Models;

namespace Copper.Data.Plans;

/// <summary>The records of a search, whatever their model is.</summary>
/// <param name="records">The records.</param>
/// <param name="upperBound">How many there are at most, as far as the service has said so.</param>
/// <param name="unreadable">Why something that was found cannot be read; null when all can.</param>
internal sealed class RecordSearch(
    IAsyncEnumerable<ICopperRecord> records, Func<long?> upperBound, Func<string?>? unreadable = null) : IAsyncEnumerable<ICopperRecord>
{
    /// <summary>Why something that was found so far cannot be read; null when all can.</summary>
    public string? Unreadable => unreadable?.Invoke();

    /// <summary>How many records there are at most; null before the first page, or when the service does not say.</summary>
    public long? UpperBound => upperBound();

    /// <inheritdoc/>
    public IAsyncEnumerator<ICopperRecord> GetAsyncEnumerator(CancellationToken cancellationToken = default) =>
        records.GetAsyncEnumerator(cancellationToken);
}
