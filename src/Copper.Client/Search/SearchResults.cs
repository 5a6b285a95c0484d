namespace Copper.Client;

/// <summary>Results without a service, for tests of code that uses a client.</summary>
/// <example><code>
/// public override SearchResult&lt;CopperPerson&gt; Search(SearchQuery query) =>
///     SearchResults.Of(new CopperPerson { Id = 7, Name = "Ada" });
/// </code></example>
public static class SearchResults
{
    /// <summary>A result that has these records.</summary>
    /// <typeparam name="T">The model.</typeparam>
    public static SearchResult<T> Of<T>(params T[] records)
        where T : class => new GivenRecords<T>(records ?? throw new ArgumentNullException(nameof(records)));

    private sealed class GivenRecords<T>(T[] records) : SearchResult<T>
        where T : class
    {
        private int _read;

        public override long? UpperBound => records.Length;

        public override int PagesRead => _read > 0 ? 1 : 0;

        public override IReadOnlyList<T?> Page => records;

        public override long RecordsRead => _read;

        public override bool IsCut => false;

        public override bool IsReordered => false;

        public override bool IsRepeating => false;

#pragma warning disable CS1998 // Nothing is waited for.
        public override async IAsyncEnumerator<T> GetAsyncEnumerator(CancellationToken cancellationToken = default)
#pragma warning restore CS1998
        {
            for (_read = 0; _read < records.Length;)
            {
                cancellationToken.ThrowIfCancellationRequested();
                yield return records[_read++];
            }
        }
    }
}
