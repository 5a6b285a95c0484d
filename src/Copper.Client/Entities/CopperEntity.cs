using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Copper.Client.Json;
using Copper.Client.Models;
using Copper.Client.Search;

namespace Copper.Client.Entities;

/// <summary>What the client has to know of one kind of record.</summary>
public abstract class CopperEntity
{
    private protected CopperEntity(string name, string path, IReadOnlyList<string> sortFields)
    {
        Name = name;
        Path = path;
        SortFields = sortFields;
    }

    /// <summary>The API's singular word, for example person.</summary>
    public string Name { get; }

    /// <summary>The API's plural word in paths, for example people.</summary>
    public string Path { get; }

    /// <summary>The known values of sort_by; others may come. Empty when a search cannot be sorted.</summary>
    public IReadOnlyList<string> SortFields { get; }

    /// <summary>The order of a search that asks for none: the oldest first, so that new records come last and changed ones stay in place. Null when a search cannot be sorted.</summary>
    public string? DefaultSort => SortFields.Count == 0 ? null : SearchQuery.CreationSort;

    /// <summary>A search can be narrowed and sorted by the date of creation: every kind of record but activities, which are no <see cref="IDatedRecord"/> either.</summary>
    public bool CanFilterByCreation => SortFields.Contains(SearchQuery.CreationSort);

    /// <summary>What the service does in bulk with such records.</summary>
    public BulkOperations Bulk { get; internal init; }

    /// <summary>The records and lists that change with such a record, by the first segment of their paths.</summary>
    internal IReadOnlyList<string> Affects => [Path, .. AlsoAffects];

    /// <summary>The cached lists that show such a record too.</summary>
    internal IReadOnlyList<string> AlsoAffects { get; init; } = [];

    /// <summary>The search takes a list of ids (developer.copper.com, every search page but that of activities).</summary>
    public bool IsFoundById { get; internal init; }

    /// <summary>Makes a record of its members in the API's own spelling, as the service would send it: of one that was kept in a file.</summary>
    /// <exception cref="ArgumentException">The members make no such record; it has no id, for example.</exception>
    public abstract ICopperRecord Read(JsonBody members);

    /// <inheritdoc/>
    public override string ToString() => Name;
}

/// <summary>A kind of record with its model.</summary>
/// <typeparam name="T">The model.</typeparam>
public sealed class CopperEntity<T> : CopperEntity
    where T : class, ICopperRecord
{
    internal CopperEntity(string name, string path, JsonTypeInfo<T> item, params string[] sortFields)
        : base(name, path, sortFields)
    {
        Item = item;
    }

    /// <inheritdoc/>
    public override ICopperRecord Read(JsonBody members)
    {
        try
        {
            return AnswerReader.Read(members.ToUtf8(), CopperJson.TypeOf<T>());
        }
        catch (JsonException exception)
        {
            throw new ArgumentException($"This is no {Name}: {exception.Message}", nameof(members), exception);
        }
    }

    internal JsonTypeInfo<T> Item { get; }

    /// <summary>Tells apart the rows of a search that have one id: those of different numbers are not the same. Null where an id comes once.</summary>
    internal Func<T, JsonBody, long>? RowOf { get; init; }
}
