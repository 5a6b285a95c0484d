using System.Globalization;
using Copper.Client;
using Copper.Client.Http;
using Copper.Client.Metadata;
using Copper.Client.Models;

namespace Copper.Data.Columns;

/// <summary>
/// The names behind the ids in records, both ways. A list is read when the first record refers to it, and once in total; an id that
/// it does not have – a user who left – stays as it is.
/// </summary>
/// <param name="client">Whose account it is.</param>
/// <param name="inUtc">Moments are shown in UTC instead of local time.</param>
public sealed class RecordNames(CopperClient client, bool inUtc = false)
{
    private const string UserCategory = CopperActivityType.UserCategory;
    private readonly Dictionary<NameList, Table> _tables = [];
    private readonly List<string> _warnings = [];

    /// <summary>Moments are shown in UTC instead of local time.</summary>
    public bool InUtc => inUtc;

    /// <summary>Some list that the columns need for this record is not read yet.</summary>
    public bool NeedsLoading(ICopperRecord record, IEnumerable<Column> columns) => columns.Any(column => IsMissing(column, record));

    /// <summary>Reads the lists that the columns need for this record and that are not read yet.</summary>
    /// <exception cref="CopperAuthenticationException">The service does not accept the credential.</exception>
    public async Task LoadAsync(ICopperRecord record, IEnumerable<Column> columns, CancellationToken cancellationToken = default)
    {
        foreach (var column in columns)
        {
            if (IsMissing(column, record))
            {
                var (id, category) = column.Reference!(record);
                _tables[TableOf(column.List)] = await ReadAsync(column.List, (ScopeOf(column.List, category), id!.Value), cancellationToken)
                    .ConfigureAwait(false);
            }
        }
    }

    /// <summary>Reads a list, if it is not read yet, whatever record may refer to it.</summary>
    /// <exception cref="CopperAuthenticationException">The service does not accept the credential.</exception>
    public async Task LoadListAsync(NameList list, CancellationToken cancellationToken = default)
    {
        if (!_tables.ContainsKey(TableOf(list)))
        {
            _tables[TableOf(list)] = await ReadAsync(list, null, cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>What went wrong while lists were read, in sentences, each once.</summary>
    public IReadOnlyList<string> TakeWarnings()
    {
        string[] taken = [.. _warnings];
        _warnings.Clear();
        return taken;
    }

    /// <summary>The name behind an id; the id as text when the list does not have it or was not read, null without an id.</summary>
    /// <param name="list">The list.</param>
    /// <param name="id">The id.</param>
    /// <param name="category">The category of a type of activities; null for user.</param>
    public string? NameOf(NameList list, long? id, string? category = null) =>
        id is not { } number ? null
        : _tables.TryGetValue(TableOf(list), out var table)
            && table.Names.TryGetValue((ScopeOf(list, category), number), out var name) ? name
        : number.ToString(CultureInfo.InvariantCulture);

    /// <summary>
    /// A moment, to the second and without a zone, in the form that every spreadsheet and database reads: 2026-01-31 08:00:00.
    /// </summary>
    public string? Time(DateTimeOffset? time) =>
        (inUtc ? time?.UtcDateTime : time?.LocalDateTime)?.ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture);

    /// <summary>A day: 2026-01-31. No zone shifts it.</summary>
    public static string? Day(DateTime? day) =>
        day?.ToString(day.Value.TimeOfDay == TimeSpan.Zero ? "yyyy-MM-dd" : "yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture);

    /// <summary>The pipelines bring their stages, so that one request serves for both.</summary>
    private static NameList TableOf(NameList list) => list == NameList.PipelineStages ? NameList.Pipelines : list;

    private static string? ScopeOf(NameList list, string? category) => list switch
    {
        NameList.PipelineStages => "stage",
        NameList.ActivityTypes => category ?? UserCategory,
        _ => null,
    };

    private bool IsMissing(Column column, ICopperRecord record) =>
        column.Reference is { } reference && !_tables.ContainsKey(TableOf(column.List)) && reference(record).Id is not null;

    private Task<Table> ReadAsync(NameList list, (string? Scope, long Id)? wanted, CancellationToken cancellationToken) =>
        TableOf(list) switch
    {
        NameList.Users => ReadAsync(
            client.Metadata.Users, static user => [new Item(null, user.Id, user.Name ?? user.Email)], wanted, cancellationToken),
        NameList.ContactTypes => ReadAsync(
            client.Metadata.ContactTypes, static item => [new Item(null, item.Id, item.Name)], wanted, cancellationToken),
        NameList.CustomerSources => ReadAsync(
            client.Metadata.CustomerSources, static item => [new Item(null, item.Id, item.Name)], wanted, cancellationToken),
        NameList.LossReasons => ReadAsync(
            client.Metadata.LossReasons, static item => [new Item(null, item.Id, item.Name)], wanted, cancellationToken),
        NameList.LeadStatuses => ReadAsync(
            client.Metadata.LeadStatuses, static item => [new Item(null, item.Id, item.Name)], wanted, cancellationToken),
        NameList.Pipelines => ReadAsync(client.Metadata.Pipelines, PipelineItems, wanted, cancellationToken),
        NameList.ActivityTypes => ReadAsync(
            client.Metadata.ActivityTypes, static item => [new Item(item.Category, item.Id, item.Name)], wanted, cancellationToken),
        _ => throw new ArgumentOutOfRangeException(nameof(list), list, "There is no such list."),
    };

    private static IEnumerable<Item> PipelineItems(CopperPipeline pipeline) => pipeline.Stages
        .Select(stage => new Item("stage", stage.Id, stage.Name))
        .Prepend(new Item(null, pipeline.Id, pipeline.Name));

    private async Task<Table> ReadAsync<T>(
        MetadataList<T> list, Func<T, IEnumerable<Item>> itemsOf, (string? Scope, long Id)? wanted, CancellationToken cancellationToken)
        where T : class
    {
        var wasKept = list.Peek() is not null;
        var table = await ReadOnceAsync(list, itemsOf, cancellationToken).ConfigureAwait(false);
        if (wasKept && wanted is { } key && !table.Names.ContainsKey(key))
        {
            // What the session keeps may be older than the record.
            list.Forget();
            table = await ReadOnceAsync(list, itemsOf, cancellationToken).ConfigureAwait(false);
        }

        return table;
    }

    private async Task<Table> ReadOnceAsync<T>(MetadataList<T> list, Func<T, IEnumerable<Item>> itemsOf,
        CancellationToken cancellationToken)
        where T : class
    {
        try
        {
            return new Table((await list.GetAsync(cancellationToken).ConfigureAwait(false)).SelectMany(itemsOf));
        }
        catch (CopperException exception) when (exception is not CopperAuthenticationException)
        {
            _warnings.Add($"No {list.ItemName} can be looked up, so ids stand in place of the names. {exception.Message}");
            return new Table([]);
        }
    }

    /// <summary>Something that has a name.</summary>
    private sealed record Item(string? Scope, long Id, string? Name);

    private sealed class Table
    {
        public Table(IEnumerable<Item> items)
        {
            foreach (var item in items)
            {
                if (item.Name is { Length: > 0 } name)
                {
                    Names[(item.Scope, item.Id)] = name;
                }
            }
        }

        public Dictionary<(string? Scope, long Id), string> Names { get; } = [];
    }
}
