using System.Globalization;
using System.Text.Json;
using Copper.Client.Crm;

namespace Copper.Client.Hub;

/// <summary>
/// Reads a list. The CopperHub writes one as a map from id to record; PHP writes an empty map as <c>[]</c>, and may write
/// null. An array of records is taken as well.
/// </summary>
internal static class HubList
{
    /// <exception cref="JsonException">There is no list of any of these names.</exception>
    public static IReadOnlyList<T> Read<T>(HubEnvelope envelope, CopperHubEntity<T> entity, IReadOnlyList<string> names)
        where T : class, ICopperRecord
    {
        foreach (var name in names)
        {
            if (envelope.TryGet(name, out var list))
            {
                return Items(list, entity).ToArray();
            }
        }

        throw new JsonException($"it has no {string.Join(" or ", names)}.");
    }

    private static IEnumerable<T> Items<T>(JsonElement list, CopperHubEntity<T> entity)
        where T : class, ICopperRecord => list.ValueKind switch
        {
            JsonValueKind.Object => list.EnumerateObject()
                .Where(static member => member.Value.ValueKind != JsonValueKind.Null)
                .Select(member => entity.Read(member.Value, null, IdOf(member.Name))),
            JsonValueKind.Array => list.EnumerateArray()
                .Where(static item => item.ValueKind != JsonValueKind.Null)
                .Select(item => entity.Read(item, null, 0)),
            JsonValueKind.Null => [],
            _ => throw new JsonException("its list is neither a map nor an array."),
        };

    private static long IdOf(string key) => long.TryParse(key, NumberStyles.None, CultureInfo.InvariantCulture, out var id) ? id : 0;
}
