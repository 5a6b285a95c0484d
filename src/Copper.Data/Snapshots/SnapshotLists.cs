using System.Text;
using System.Text.Json;
using Copper.Client;

namespace Copper.Data.Snapshots;

/// <summary>The lists of an account in a snapshot.</summary>
internal static class SnapshotLists
{
    /// <summary>Reads a list of the account as it comes.</summary>
    public static async Task<byte[]> ReadAsync(CopperClient client, string path, CancellationToken cancellationToken)
    {
        if (path != CopperEntities.User.Path + "/search")
        {
            var response = await client.SendAsync(CopperRequest.Read(path), cancellationToken).ConfigureAwait(false);
            return Encoding.UTF8.GetBytes(response.Text);
        }

        var users = new List<byte[]>();
        for (var number = 1L; ; number++)
        {
            var criteria = new JsonBody { ["page_number"] = number, ["page_size"] = SearchQuery.LargestPage };
            var list = await client.ReadRawListAsync(CopperRequest.Read(path, criteria), cancellationToken).ConfigureAwait(false);
            var page = new RecordPage(list, number, SearchQuery.LargestPage);
            users.AddRange(list.Items);
            if (page.IsLast)
            {
                return Join(users);
            }
        }
    }

    /// <summary>The items of a list: those of its groups where it comes in groups.</summary>
    /// <exception cref="JsonException">It is no JSON.</exception>
    public static long CountOf(byte[] json)
    {
        using var document = JsonDocument.Parse(json);
        var root = document.RootElement;
        return root.ValueKind switch
        {
            JsonValueKind.Array => root.GetArrayLength(),
            JsonValueKind.Object when root.EnumerateObject().Any(static group => group.Value.ValueKind == JsonValueKind.Array) =>
                root.EnumerateObject().Where(static group => group.Value.ValueKind == JsonValueKind.Array)
                    .Sum(static group => group.Value.GetArrayLength()),
            _ => 1,
        };
    }

    /// <summary>The entities whose records connect fields join, by the definitions of the custom fields.</summary>
    public static ISet<string> ConnectedEntities(byte[] definitions)
    {
        using var document = JsonDocument.Parse(definitions);
        return new HashSet<string>(
            document.RootElement.EnumerateArray()
                .Where(static field => field.TryGetProperty("data_type", out var type) && type.ValueEquals("Connect"))
                .SelectMany(static field => field.TryGetProperty("available_on", out var on) && on.ValueKind == JsonValueKind.Array
                    ? on.EnumerateArray().Select(static entity => entity.GetString()!)
                    : []),
            StringComparer.Ordinal);
    }

    private static byte[] Join(List<byte[]> items)
    {
        using var list = new MemoryStream();
        for (var i = 0; i < items.Count; i++)
        {
            list.WriteByte(i == 0 ? (byte)'[' : (byte)',');
            list.Write(items[i], 0, items[i].Length);
        }

        if (items.Count == 0)
        {
            list.WriteByte((byte)'[');
        }

        list.WriteByte((byte)']');
        return list.ToArray();
    }
}
