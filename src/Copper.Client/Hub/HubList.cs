using System.Globalization;
using System.Text;
using System.Text.Json;
using Copper.Client.Json;
using Copper.Client.Models;

namespace Copper.Client.Hub;

/// <summary>
/// Reads a list. The CopperHub writes one as a map from id to record; PHP writes an empty map as <c>[]</c>, and may write
/// null. An array of records is taken as well.
/// </summary>
internal static class HubList
{
    /// <exception cref="JsonException">There is no list of any of these names.</exception>
    public static ItemList<T> Read<T>(HubEnvelope envelope, CopperHubEntity<T> entity, IReadOnlyList<string> names)
        where T : class, ICopperRecord
    {
        foreach (var name in names)
        {
            if (envelope.TryGet(name, out var list))
            {
                return Items(list, entity);
            }
        }

        throw new JsonException($"it has no {string.Join(" or ", names)}.");
    }

    private static ItemList<T> Items<T>(JsonElement list, CopperHubEntity<T> entity)
        where T : class, ICopperRecord
    {
        var items = new ItemList<T>();
        switch (list.ValueKind)
        {
            case JsonValueKind.Object:
                foreach (var member in list.EnumerateObject())
                {
                    Add(items, member.Value, entity, IdOf(member.Name), member.Name);
                }

                return items;
            case JsonValueKind.Array:
                foreach (var item in list.EnumerateArray())
                {
                    Add(items, item, entity, 0, null);
                }

                return items;
            case JsonValueKind.Null:
                return items;
            default:
                throw new JsonException("its list is neither a map nor an array.");
        }
    }

    /// <summary>An item that cannot be read costs itself only.</summary>
    private static void Add<T>(ItemList<T> items, JsonElement sent, CopperHubEntity<T> entity, long id, string? key)
        where T : class, ICopperRecord
    {
        T? record = null;
        if (sent.ValueKind != JsonValueKind.Null)
        {
            try
            {
                record = entity.Read(sent, null, id);
            }
            catch (JsonException exception)
            {
                var isTooDeep = JsonDepth.IsTooDeep(Encoding.UTF8.GetBytes(sent.GetRawText()));
                var problem = isTooDeep ? "is nested more than 64 levels deep" : exception.Message;
                items.Unreadable.Add(new UnreadableItem(items.Items.Count, problem, key));
            }
        }

        items.Items.Add(record);
    }

    private static long IdOf(string key) => long.TryParse(key, NumberStyles.None, CultureInfo.InvariantCulture, out var id) ? id : 0;
}
