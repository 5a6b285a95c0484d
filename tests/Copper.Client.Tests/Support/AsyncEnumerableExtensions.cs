namespace Copper.Client.Tests.Support;

internal static class AsyncEnumerableExtensions
{
    public static async Task<List<T>> AllAsync<T>(this IAsyncEnumerable<T> source, CancellationToken cancellationToken = default)
    {
        var list = new List<T>();
        await foreach (var item in source.WithCancellation(cancellationToken))
        {
            list.Add(item);
        }

        return list;
    }
}
