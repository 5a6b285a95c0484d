using System.Text.RegularExpressions;
using Copper.Client;
using Copper.Client.Models;
using Copper.Data.Columns;

namespace Copper.Data.Import;

/// <summary>
/// Tells a file into which records were written as they are, and not as rows: lists, addresses and custom fields stand in it as texts that
/// cannot be read back, or as names of types.
/// </summary>
internal static class RawExport
{
    /// <summary>Properties that only a record has, and that no row of any program is likely to have.</summary>
    private static readonly string[] Telling =
        [nameof(ICustomFieldRecord.CustomFields), "AdditionalMembers"];

    /// <summary>What a list or an object is in a cell where it was written as a text: the name of its type, or its members.</summary>
    private static readonly Regex TypeName = new(
        @"^(System\.([A-Za-z0-9]+\.)*[A-Za-z0-9]+(\[\]|`[0-9]+\[.*\])|System\.(Object|Collections\.[A-Za-z.]+)"
            + @"|(Copper\.Client|Copper\.Data|CopperPS)\.[A-Za-z0-9.+`_]+(\[.*\])?|@\{[A-Za-z0-9_ ]+=.*\})$",
        RegexOptions.CultureInvariant);

    /// <summary>Ends the import when headings are those of records.</summary>
    /// <param name="map">The columns of the entity.</param>
    /// <param name="unknown">The headings that are no columns.</param>
    /// <exception cref="ImportException">They are.</exception>
    public static void CheckHeadings(ColumnMap map, IReadOnlyList<string> unknown)
    {
        if (!Telling.Any(name => unknown.Contains(name, StringComparer.OrdinalIgnoreCase)))
        {
            return;
        }

        throw new ImportException(
            $"The file holds {CopperEntities.GetPrimary(map.Entity).Plural} as records, and not as rows: in it "
                + $"{string.Join(", ", unknown)} {(unknown.Count == 1 ? "is no column" : "are no columns")} that can be written, and "
                + "a text stands for an address, for several values, and for all custom fields. " + AdviceOf(map));
    }

    /// <summary>Ends the import when a cell holds the name of a type in place of values.</summary>
    /// <exception cref="ImportException">One does.</exception>
    public static void CheckCells(ColumnMap map, IReadOnlyList<ImportRow> rows, IReadOnlyList<ImportHeading> headings)
    {
        var used = headings.Where(static heading => heading.Column is not null || heading.CategoryOf is not null).ToArray();
        for (var place = 0; place < rows.Count; place++)
        {
            var row = rows[place];
            foreach (var heading in used)
            {
                if (row[heading.Text] is string { Length: > 2 } cell && cell[0] is 'S' or 'C' or '@'
                    && TypeName.IsMatch(cell.Trim()))
                {
                    throw new ImportException(
                        $"Row {place + 1} holds '{cell.Trim()}' in the column {heading.Text}: that is what {Writer} writes in place of "
                            + $"several values, and the values are lost. {AdviceOf(map)}");
                }
            }
        }
    }

    private static string Writer => Advice.Give(Advice.CsvWriter, "a program");

    private static string AdviceOf(ColumnMap map)
    {
        var entity = CopperEntities.GetPrimary(map.Entity);
        var noun = char.ToUpperInvariant(entity.Name[0]) + entity.Name.Substring(1);
        return "Write the file again: "
            + Advice.Give(Advice.WriteRows, "FlatRecordConverter makes the rows of records", noun, entity.Plural) + ".";
    }
}
