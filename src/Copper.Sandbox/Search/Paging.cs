using System.Text.Json;
using Copper.Sandbox.Errors;
using Copper.Sandbox.Json;

namespace Copper.Sandbox.Search;

/// <summary>A page of a result: from 1, at most 200 records, 20 unless said otherwise.</summary>
internal readonly record struct Paging(int Number, int Size)
{
    private const int DefaultSize = 20;
    private const int MaximumSize = 200;

    public static string[] Members { get; } = ["page_number", "page_size"];

    public static Paging Read(JsonElement body, ValidationErrors errors) => new(
        ReadInteger(body, "page_number", 1, int.MaxValue, errors),
        ReadInteger(body, "page_size", DefaultSize, MaximumSize, errors));

    /// <summary>The items of the page; empty behind the last page, and beyond the cap if there is one.</summary>
    public IEnumerable<T> Of<T>(IReadOnlyList<T> items, int cap = int.MaxValue)
    {
        long first = (long)(Number - 1) * Size;
        long end = Math.Min(Math.Min(first + Size, items.Count), cap);
        for (long index = first; index < end; index++)
        {
            yield return items[(int)index];
        }
    }

    private static int ReadInteger(JsonElement body, string name, int missing, int maximum, ValidationErrors errors)
    {
        if (!body.TryGetProperty(name, out var json) || json.ValueKind == JsonValueKind.Null)
        {
            return missing;
        }

        if (JsonValues.TryGetInteger(json, out long number) && number >= 1 && number <= maximum)
        {
            return (int)number;
        }

        errors.Add(name, maximum == int.MaxValue ? "must be a positive integer" : $"must be between 1 and {maximum}");
        return missing;
    }
}
