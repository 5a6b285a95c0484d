using System.Globalization;
using System.Management.Automation;
using Copper.Client.CustomFields;
using Copper.Client.Http;
using Copper.Client.Models;
using CopperPS.Cmdlets.Base;
using CopperPS.Core;

namespace CopperPS.Cmdlets.FlatRecords;

/// <summary>
/// Makes of records rows for CSV files, spreadsheets and databases: the same columns for every record of an entity, names
/// and labels instead of ids.
/// </summary>
[Cmdlet(VerbsData.ConvertTo, "CopperFlatRecord")]
[OutputType("CopperPS.FlatPerson", "CopperPS.FlatCompany", "CopperPS.FlatLead", "CopperPS.FlatOpportunity", "CopperPS.FlatProject", "CopperPS.FlatTask", "CopperPS.FlatActivity")]
public sealed class ConvertToCopperFlatRecordCommand : SessionCmdlet, ILookUp
{
    private readonly Dictionary<string, FlatTable> _tables = [];
    private FlatNames? _names;
    private CustomFieldCatalog? _catalog;

    /// <summary>The records: people, companies, leads, opportunities, projects, tasks or activities.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true)]
    [AllowNull]
    [AllowEmptyCollection]
    public PSObject?[] InputObject { get; set; } = [];

    /// <summary>An apostrophe before text that a spreadsheet would run as a formula.</summary>
    [Parameter]
    public SwitchParameter SpreadsheetSafe { get; set; }

    /// <summary>Times in UTC instead of local time.</summary>
    [Parameter]
    public SwitchParameter Utc { get; set; }

    /// <inheritdoc/>
    protected override void BeginProcessing()
    {
        base.BeginProcessing();
        _names = new FlatNames(Client, this, Utc);
    }

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        foreach (var item in InputObject ?? [null])
        {
            if (RecordInput.From(item) is not { } record || FlatColumns.Of(record) is not { } columns)
            {
                WriteError(ErrorRecords.Create(
                    new ArgumentException($"{Describe(item)} is no record that has a flat form. Give people, companies, leads, opportunities, projects, tasks or activities as the Get- cmdlets put them out."),
                    "CopperNoRecord",
                    ErrorCategory.InvalidType,
                    item,
                    null));
                continue;
            }

            PSObject row;
            IReadOnlyCollection<string> late;
            try
            {
                row = TableOf(record, columns).RowOf(record, out late);
            }
            catch (CopperException exception)
            {
                WriteFailure(exception, record);
                continue;
            }

            if (late.Count > 0)
            {
                WarnOfLateFields(record, late);
            }

            WriteObject(row);
        }
    }

    T ILookUp.Get<T>(Func<CancellationToken, Task<T>> read) => Await(read);

    void ILookUp.Warn(string message) => WriteWarning(message);

    /// <summary>The first record of an entity settles the columns of all.</summary>
    private FlatTable TableOf(ICopperRecord record, IReadOnlyList<FlatColumn> columns)
    {
        var entity = record.GetEntityType();
        if (!_tables.TryGetValue(entity, out var table))
        {
            table = new FlatTable(entity, columns, FieldsOf(record), _catalog ?? new CustomFieldCatalog([]), _names!, SpreadsheetSafe);
            _tables.Add(entity, table);
        }

        return table;
    }

    /// <summary>The custom fields that the entity has; connections are no values.</summary>
    private IEnumerable<(long Id, string? Name)> FieldsOf(ICopperRecord record)
    {
        if (record is not ICustomFieldRecord { CustomFields: var fields })
        {
            return [];
        }

        var list = Client.Metadata.CustomFieldDefinitions;
        try
        {
            var wasKept = _catalog is not null || list.Peek() is not null;
            _catalog ??= new CustomFieldCatalog(Await(list.GetAsync));
            if (wasKept && fields.Exists(field => field.DefinitionId is { } id && _catalog.Find(id) is null))
            {
                // What the session keeps is older than the record.
                list.Forget();
                _catalog = new CustomFieldCatalog(Await(list.GetAsync));
            }

            var entity = record.GetEntityType();
            return _catalog.Of(entity)
                .Where(static definition => definition.DataType != CustomFieldTypes.Connect)
                .Select(static definition => (definition.Id, (string?)definition.Name))
                .Concat(IdsOf(fields.Where(field => IsForeign(field, entity, _catalog))).Select(static id => (id, (string?)null)));
        }
        catch (CopperException exception) when (exception is not CopperAuthenticationException)
        {
            WriteWarning($"The custom fields cannot be read, so their ids stand in place of their names. {exception.Message}");
            return IdsOf(fields).Select(static id => (id, (string?)null));
        }
    }

    /// <summary>The definition of the field is gone, or is that of other entities; then only a value is worth a column.</summary>
    private static bool IsForeign(CopperCustomFieldValue field, string entity, CustomFieldCatalog catalog) =>
        field.DefinitionId is { } id
        && (catalog.Find(id) is not { } definition
            || (definition.DataType != CustomFieldTypes.Connect && !definition.IsAvailableOn(entity) && !field.IsEmpty));

    private static IEnumerable<long> IdsOf(IEnumerable<CopperCustomFieldValue> fields) =>
        fields.Select(static field => field.DefinitionId).OfType<long>().Distinct().OrderBy(static id => id);

    /// <summary>What the later record has and the first had not cannot have a column in a file any more, so it is said.</summary>
    private void WarnOfLateFields(ICopperRecord record, IReadOnlyCollection<string> ids) => WriteWarning(string.Format(
        CultureInfo.InvariantCulture,
        "The {0} '{1}' has values of custom fields for which the first record has no column: {2}. Their definitions are gone or belong to "
        + "other records, or a field has two values. They have columns in this row, which Export-Csv leaves out, since it takes the columns "
        + "of the first row.",
        record.GetEntityType(),
        record,
        string.Join(", ", ids)));

    private static string Describe(PSObject? item) => item switch
    {
        null => "$null",
        { BaseObject: string text } => $"'{text}'",
        { BaseObject: CopperRelatedItem related } => $"The related item '{related}', which names a record and does not hold it,",
        { BaseObject: ICopperRecord record } => $"{record.GetEntityType()} '{record}'",
        { BaseObject: PSCustomObject } => $"An object of the type {item.TypeNames[0]}",
        _ => $"An object of the type {item.BaseObject.GetType().Name}",
    };
}
