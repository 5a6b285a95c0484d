using System.Globalization;
using System.Management.Automation;
using Copper.Client;
using Copper.Client.Metadata;
using Copper.Client.Models;
using Copper.Data.Columns;
using CopperPS.Binding;
using CopperPS.Binding.Completers;
using CopperPS.Cmdlets.Base;
using CopperPS.Core;

namespace CopperPS.Cmdlets.FlatRecords;

/// <summary>
/// Makes of records rows for CSV files, spreadsheets and databases: the same columns for every record of an entity, names
/// and labels instead of ids.
/// </summary>
[Cmdlet(VerbsData.ConvertTo, "CopperFlatRecord")]
[OutputType(
    "CopperPS.FlatPerson",
    "CopperPS.FlatCompany",
    "CopperPS.FlatLead",
    "CopperPS.FlatOpportunity",
    "CopperPS.FlatProject",
    "CopperPS.FlatTask",
    "CopperPS.FlatActivity")]
public sealed class ConvertToCopperFlatRecordCommand : SessionCmdlet
{
    private FlatRecordConverter? _converter;

    /// <summary>The records: people, companies, leads, opportunities, projects, tasks or activities.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true)]
    [AllowNull]
    [AllowEmptyCollection]
    public PSObject?[] InputObject { get; set; } = [];

    /// <summary>Only these columns, in this order; wildcards are allowed.</summary>
    [Parameter]
    [TextListTransformation]
    [SupportsWildcards]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(FlatColumnCompleter))]
    public string[]? Property { get; set; }

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
        _converter = new FlatRecordConverter(Client, SpreadsheetSafe, Utc);
    }

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        foreach (var item in InputObject ?? [null])
        {
            if (RecordInput.From(item) is not { } record || !FlatRecordConverter.CanConvert(record))
            {
                WriteError(ErrorRecords.Create(
                    new ArgumentException(
                        $"{Describe(item)} is no record that has a flat form. Give people, companies, leads, opportunities, "
                            + "projects, tasks or activities as the Get- cmdlets put them out."),
                    "CopperNoRecord",
                    ErrorCategory.InvalidType,
                    item,
                    null));
                continue;
            }

            try
            {
                Load(record);
            }
            catch (CopperException exception)
            {
                WriteFailure(exception, record);
                continue;
            }

            var row = _converter!.Convert(record);
            if (row.LateFields.Count > 0)
            {
                WarnOfLateFields(record, row.LateFields);
            }

            WriteObject(Wrap(row));
        }
    }

    private void Load(ICopperRecord record)
    {
        if (!_converter!.NeedsLoading(record))
        {
            return;
        }

        try
        {
            Await(token => _converter.LoadAsync(record, token));
        }
        finally
        {
            foreach (var warning in _converter.TakeWarnings())
            {
                WriteWarning(warning);
            }
        }
    }

    private PSObject Wrap(FlatRecord record)
    {
        var flat = FlatRow.Of(record.Entity);
        var row = Property is null ? new PSObject(flat) : new PSObject();
        if (Property is not null)
        {
            // As Select-Object makes it: the row still knows what it shows, and is displayed with its own columns.
            row.TypeNames.Insert(0, "Selected." + flat.GetType().FullName);
        }

        foreach (var cell in Property is null ? record.Cells : Selected(record, Property))
        {
            // The names are unique: PowerShell need not look for the same one again.
            row.Properties.Add(new PSNoteProperty(cell.Key, cell.Value), preValidated: true);
        }

        return row;
    }

    /// <summary>The columns that are asked for. One that there is not ends the pipeline: no other record of the kind has it.</summary>
    private List<KeyValuePair<string, object?>> Selected(FlatRecord record, IEnumerable<string> columns)
    {
        var selected = new List<KeyValuePair<string, object?>>();
        foreach (var column in columns)
        {
            var pattern = Wildcards.Of(column);
            var found = record.Cells.Where(cell => pattern.IsMatch(cell.Key)
                || string.Equals(cell.Key, column, StringComparison.OrdinalIgnoreCase)).ToArray();
            if (found.Length == 0)
            {
                ThrowTerminatingError(ErrorRecords.From(new InputRejectedException(
                    InputRejection.Invalid,
                    $"'{VisibleText.Of(column)}' is no column of {EntityWords.WithArticle(record.Entity)}. "
                        + NameSuggestions.Of(column, record.Cells.Select(static cell => cell.Key), string.Empty),
                    column)));
            }

            selected.AddRange(found.Where(cell => selected.All(other => other.Key != cell.Key)));
        }

        return selected;
    }

    /// <summary>A value whose column the first record lacks is lost in a file, so a warning reports it.</summary>
    private void WarnOfLateFields(ICopperRecord record, IReadOnlyCollection<string> ids) => WriteWarning(string.Format(
        CultureInfo.InvariantCulture,
        "The {0} '{1}' has values of custom fields for which the first record has no column: {2}. Their definitions are gone or belong to "
        + "other records, or a field has two values. They have columns in this row, which Export-Csv leaves out, "
        + "since it takes the columns of the first row.",
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
