using Copper.Client;
using Copper.Client.CustomFields;
using Copper.Client.Models;

namespace Copper.Data.Columns;

/// <summary>
/// Turns records into rows for CSV files, spreadsheets and databases: the same columns for every record of an entity, names and labels
/// instead of ids. For the use of one thread at a time.
/// </summary>
/// <param name="client">Whose account it is.</param>
/// <param name="spreadsheetSafe">An apostrophe stands before text that a spreadsheet would run as a formula.</param>
/// <param name="inUtc">Times are in UTC instead of local time.</param>
public sealed class FlatRecordConverter(CopperClient client, bool spreadsheetSafe = false, bool inUtc = false)
{
    private readonly Dictionary<string, FlatTable> _tables = [];
    private readonly RecordNames _names = new(client, inUtc);
    private readonly List<string> _warnings = [];
    private CustomFieldCatalog? _catalog;

    /// <summary>The record has a flat form: it is a person, company, lead, opportunity, project, task or activity.</summary>
    public static bool CanConvert(ICopperRecord record) => ColumnMap.Of(record) is not null;

    /// <summary>Definitions of custom fields, or a list of names, must be read before this record can be converted.</summary>
    public bool NeedsLoading(ICopperRecord record) =>
        !_tables.ContainsKey(record.GetEntityType()) || _names.NeedsLoading(record, MapOf(record).Columns);

    /// <summary>
    /// Reads what the record needs: the definitions of custom fields with the first record of an entity, and the lists that it refers to.
    /// A list that cannot be had is a warning, and ids stand in place of the names.
    /// </summary>
    /// <exception cref="CopperAuthenticationException">The service does not accept the credential.</exception>
    public async Task LoadAsync(ICopperRecord record, CancellationToken cancellationToken = default)
    {
        var map = MapOf(record);
        if (!_tables.ContainsKey(map.Entity))
        {
            // The first record of an entity settles the columns of all.
            var fields = await FieldsOfAsync(record, cancellationToken).ConfigureAwait(false);
            _tables.Add(map.Entity, new FlatTable(map, fields, _catalog ?? new CustomFieldCatalog([]), _names, spreadsheetSafe));
        }

        await _names.LoadAsync(record, map.Columns, cancellationToken).ConfigureAwait(false);
        _warnings.AddRange(_names.TakeWarnings());
    }

    /// <summary>The record as one row. Sends nothing: <see cref="LoadAsync"/> has read what it needs.</summary>
    public FlatRecord Convert(ICopperRecord record) => _tables[record.GetEntityType()].RowOf(record);

    /// <summary>What could not be read, in sentences, each once.</summary>
    public IReadOnlyList<string> TakeWarnings()
    {
        string[] taken = [.. _warnings];
        _warnings.Clear();
        return taken;
    }

    private static ColumnMap MapOf(ICopperRecord record) =>
        ColumnMap.Of(record) ?? throw new ArgumentException($"A {record.GetEntityType()} has no flat form.", nameof(record));

    /// <summary>The custom fields that the entity has; connections are no values.</summary>
    private async Task<IReadOnlyList<(long Id, string? Name)>> FieldsOfAsync(ICopperRecord record, CancellationToken cancellationToken)
    {
        if (record is not ICustomFieldRecord { CustomFields: var listed })
        {
            return [];
        }

        CopperCustomFieldValue[] fields = [.. listed, .. listed.WithoutValue];

        var list = client.Metadata.CustomFieldDefinitions;
        try
        {
            var wasKept = _catalog is not null || list.Peek() is not null;
            _catalog ??= new CustomFieldCatalog(await list.GetAsync(cancellationToken).ConfigureAwait(false));
            if (wasKept && fields.Any(field => field.DefinitionId is { } id && _catalog.Find(id) is null))
            {
                // What the session keeps is older than the record.
                list.Forget();
                _catalog = new CustomFieldCatalog(await list.GetAsync(cancellationToken).ConfigureAwait(false));
            }

            var entity = record.GetEntityType();
            return
            [
                .. _catalog.Of(entity)
                    .Where(static definition => definition.DataType != CustomFieldTypes.Connect)
                    .Select(static definition => (definition.Id, (string?)definition.Name)),
                .. IdsOf(fields.Where(field => IsForeign(field, entity, _catalog))).Select(static id => (id, (string?)null)),
            ];
        }
        catch (CopperException exception) when (exception is not CopperAuthenticationException)
        {
            _warnings.Add($"The custom fields cannot be read, so their ids stand in place of their names. {exception.Message}");
            return [.. IdsOf(fields).Select(static id => (id, (string?)null))];
        }
    }

    /// <summary>The definition of the field is gone, or is that of other entities; then only a value is worth a column.</summary>
    private static bool IsForeign(CopperCustomFieldValue field, string entity, CustomFieldCatalog catalog) =>
        field.DefinitionId is { } id
        && (catalog.Find(id) is not { } definition
            || (definition.DataType != CustomFieldTypes.Connect && !definition.IsAvailableOn(entity) && !field.IsEmpty));

    private static IEnumerable<long> IdsOf(IEnumerable<CopperCustomFieldValue> fields) =>
        fields.Select(static field => field.DefinitionId).OfType<long>().Distinct().OrderBy(static id => id);
}
