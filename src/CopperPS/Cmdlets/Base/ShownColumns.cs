using System.Globalization;
using System.Management.Automation;
using Copper.Client.Metadata;
using Copper.Client.Models;
using CopperPS.Binding;

namespace CopperPS.Cmdlets.Base;

/// <summary>
/// Columns in which a record shows what cannot be written there. A cell that was edited is an error about the row: it would be
/// dropped in silence otherwise.
/// </summary>
internal static class ShownColumns
{
    private const string CustomFields = "CustomFields";
    private const string CompanyName = "CompanyName";
    private const string CompanyId = "CompanyId";
    private const string Created = "DateCreated";

    /// <summary>
    /// Columns that no cmdlet writes, and that the service does not change once they are set. Those that it changes by itself, such as
    /// InteractionCount, may differ in a row that nobody edited.
    /// </summary>
    public static readonly string[] NeverWritten =
    [
        Created, "DateLeadCreated", "ConvertedValue", "ConvertedUnit", "ConvertedContactId", "ConvertedOpportunityId", "ConvertedAt",
    ];

    /// <summary>Rejects the row when a cell differs from what the record has.</summary>
    /// <param name="row">The row.</param>
    /// <param name="column">The column.</param>
    /// <param name="advice">What to do instead: the second half of a sentence.</param>
    /// <param name="account">The account: the names of custom fields are read when they are needed.</param>
    public static ReadModifyWriteStep<T> Check<T>(RecordRow row, string column, string advice, AccountLookup account)
        where T : class, ICopperRecord
    {
        var cell = row[column]!;

        // The id beside the name means the same record. When it was edited, it counts, whatever the name is.
        var id = column == CompanyName ? row[CompanyId] : null;
        return new ReadModifyWriteStep<T>(string.Empty)
        {
            AddFieldsAsync = async (_, present, token) =>
            {
                if (IsShown(row, column, cell, present) || (id is not null && !IsShown(row, CompanyId, id, present)))
                {
                    return;
                }

                // The record may have changed by itself since the export: then a difference is no edit. Its creation never changes.
                if (column != Created && RowTimes.ShowsOtherVersion(row, present))
                {
                    return;
                }

                if (column == CustomFields && present is ICustomFieldRecord record)
                {
                    // The file may have names where the record has none yet, or the other way round.
                    await account.Client.Metadata.CustomFieldDefinitions.GetAsync(token).ConfigureAwait(false);
                    if (IsShown(row, column, cell, present)
                        || Lines(cell) == Lines(string.Join(
                            "; ", record.CustomFields.Where(static field => !field.IsEmpty).Select(WithoutName))))
                    {
                        return;
                    }
                }

                // What a record shows by a list of the account may not be known yet; a list that does not have the id leaves the id.
                await new RecordNameLoader(account.Client.Metadata).LoadAsync([present], token).ConfigureAwait(false);
                if (IsShown(row, column, cell, present) || IsId(column, cell, present))
                {
                    return;
                }

                throw RequestValueConverter.Reject(
                    $"The column {column} of {present.GetEntityType()} {present.Id} was edited to '{CellValue.Describe(cell)}', and "
                        + $"nothing is written from it: {advice}",
                    cell);
            },
        };
    }

    /// <summary>The cell has what the record has in the property.</summary>
    public static bool IsShown(RecordRow row, string column, object cell, ICopperRecord present) =>
        RecordProperties.ValueOf(present, column) switch
    {
        decimal or long => Read(new MoneyTransformationAttribute(), cell) is decimal number
            && number == Convert.ToDecimal(RecordProperties.ValueOf(present, column), CultureInfo.InvariantCulture),
        DateTimeOffset time => RowTimes.IsSame(RowTimes.Read(row, cell, present), time),
        DateTime day => Read(new DateTransformationAttribute { IsCalendarDate = true }, cell) is DateTimeOffset shown
            && shown.DateTime.Date == day.Date,
        var value => Lines(value) == Lines(cell),
    };

    private static bool IsId(string column, object cell, ICopperRecord present) =>
        RecordProperties.ValueOf(present, column + "Id") is long id && Lines(cell) == id.ToString(CultureInfo.InvariantCulture);

    private static object? Read(ArgumentTransformationAttribute reader, object cell)
    {
        try
        {
            return reader.Transform(null!, cell);
        }
        catch (ArgumentTransformationMetadataException)
        {
            return null;
        }
    }

    private static string WithoutName(CopperCustomFieldValue field) =>
        new CopperCustomFieldValue
        {
            DefinitionId = field.DefinitionId,
            Value = field.Value,
            ComputedValue = field.ComputedValue,
        }.ToString();

    /// <summary>A spreadsheet may change the ends of lines.</summary>
    private static string Lines(object? value) => (value?.ToString() ?? string.Empty).Replace("\r\n", "\n").Trim();
}
