using Copper.Client.Models;

namespace Copper.Client;

/// <summary>What there is to know of one kind of record. <see cref="CopperEntities"/> has all of them.</summary>
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

    /// <summary>The first segment of the API's paths, for example people or custom_field_definitions.</summary>
    public string Path { get; }

    /// <summary>The plural in sentences, for example people or custom field definitions.</summary>
    public string Plural => Path.Replace('_', ' ');

    /// <summary>The class of the records.</summary>
    public abstract Type ModelType { get; }

    /// <summary>The known values of sort_by; others may come. Empty when a search cannot be sorted.</summary>
    public IReadOnlyList<string> SortFields { get; }

    /// <summary>
    /// The order of a search that asks for none: the oldest first, so that new records come last and updated ones stay in place. Null
    /// when a search cannot be sorted.
    /// </summary>
    public string? DefaultSort => SortFields.Count == 0 ? null : SearchQuery.CreationSort;

    /// <summary>
    /// A search can be narrowed and sorted by the date of creation: every kind of record but activities, which are no
    /// <see cref="IDatedRecord"/> either.
    /// </summary>
    public bool CanFilterByCreation => SortFields.Contains(SearchQuery.CreationSort);

    /// <summary>The records are found by a search with criteria and pages (POST path/search). Other kinds are listed whole.</summary>
    public bool IsSearchable { get; internal init; }

    /// <summary>
    /// One of the six kinds of records that others point to: they have custom fields (<c>available_on</c> names them), related items and
    /// a field layout. A pointer names them by <see cref="Name"/>.
    /// </summary>
    public bool IsPrimary { get; internal init; }

    /// <summary>What the service does in bulk with such records.</summary>
    public BulkOperations Bulk { get; internal init; }

    /// <summary>The records and lists that change with such a record, by the first segment of their paths.</summary>
    internal IReadOnlyList<string> Affects => [Path, .. AlsoAffects];

    /// <summary>The cached lists that show such a record too.</summary>
    internal IReadOnlyList<string> AlsoAffects { get; init; } = [];

    /// <summary>The search takes a list of ids (developer.copper.com, every search page but that of activities).</summary>
    public bool IsFoundById { get; internal init; }

    /// <summary>A list of the account whose items can also be read one by one (GET path/id).</summary>
    public bool IsListedAndReadById { get; internal init; }

    /// <summary>
    /// The word of webhooks for these records; null where there are no notifications (developer.copper.com/webhooks/overview).
    /// </summary>
    public string? WebhookType { get; internal init; }

    /// <summary>The criterion that finds the records updated since a moment; null where there is none.</summary>
    public string? UpdatedSinceFilter { get; internal init; }

    /// <summary>The criterion without which a search leaves out records that were converted; null where there is none.</summary>
    public string? ConvertedRecordsFilter { get; internal init; }

    /// <summary>
    /// The kinds of records that can be related to these, by their singular words (developer.copper.com/related-items/overview).
    /// </summary>
    public IReadOnlyList<string> RelatedEntities { get; internal init; } = [];

    /// <summary>
    /// The word by which the ends of connections name these records; null where connect fields do not join them. People are "people"
    /// here, among singular words (developer.copper.com/custom-fields/connect-fields).
    /// </summary>
    public string? ConnectionName { get; internal init; }

    /// <summary>Files can be attached to these records (developer.copper.com/file-upload).</summary>
    public bool HasFiles { get; internal init; }

    /// <summary>The field layout is one for each pipeline (the vendor's OpenAPI file).</summary>
    public bool HasLayoutPerPipeline { get; internal init; }

    /// <summary>When a record of this kind was created and last updated (UTC); nulls where the service does not state them.</summary>
    /// <exception cref="ArgumentException">The record is of another kind.</exception>
    public abstract (DateTimeOffset? Created, DateTimeOffset? Modified) DatesOf(ICopperRecord record);

    /// <summary>
    /// Creates a record from its members in the API's own spelling, as the service would send it: from one that was kept in a file.
    /// </summary>
    /// <exception cref="ArgumentException">The members are no such record; they have no id, for example.</exception>
    public abstract ICopperRecord Read(JsonBody members);

    /// <summary>Reads a record as the reader of a client does, with what it attaches.</summary>
    /// <exception cref="System.Text.Json.JsonException">The JSON is no such record.</exception>
    internal abstract ICopperRecord Read(RecordReader records, byte[] json);

    /// <summary>The members of a record in the API's own spelling, those that this version does not know included.</summary>
    /// <exception cref="ArgumentException">The record is of another kind.</exception>
    public abstract JsonBody Write(ICopperRecord record);

    /// <summary>The singular word.</summary>
    public override string ToString() => Name;
}
