using System.Globalization;
using Copper.Client.Models;

namespace Copper.Data.Columns;

/// <summary>
/// The headings of custom fields: the field's name, or its name and id where the name is another column's too: Region (262006). The
/// id alone stands for a field without a name.
/// </summary>
public static class CustomFieldHeadings
{
    /// <summary>A heading for each field, all different, in the order of the fields.</summary>
    /// <param name="map">The entity's own columns, which come first.</param>
    /// <param name="fields">Ids and names of the fields.</param>
    /// <param name="isSafe">No heading may be run by a spreadsheet.</param>
    public static IEnumerable<(long Id, string Heading)> Of(ColumnMap map, IEnumerable<(long Id, string? Name)> fields, bool isSafe = false)
    {
        // Case does not tell columns apart where they become properties of objects in a shell.
        var taken = new HashSet<string>(map.Columns.Select(static column => column.Name), StringComparer.OrdinalIgnoreCase);
        foreach (var (id, name) in fields)
        {
            var number = id.ToString(CultureInfo.InvariantCulture);
            var heading = string.IsNullOrWhiteSpace(name) ? number : name!.Trim();
            heading = isSafe ? (string)SpreadsheetText.Neutralize(heading)! : heading;
            if (!taken.Add(heading))
            {
                taken.Add(heading = $"{heading} ({number})");
            }

            yield return (id, heading);
        }
    }

    /// <summary>The fields that a heading can mean: none, one, or several of one name.</summary>
    /// <param name="map">The entity's own columns.</param>
    /// <param name="fields">The fields of the entity, in the order of their ids.</param>
    /// <param name="heading">The heading of a file.</param>
    public static IReadOnlyList<CopperCustomFieldDefinition> Find(
        ColumnMap map, IReadOnlyList<CopperCustomFieldDefinition> fields, string heading)
    {
        var wanted = ((string)SpreadsheetText.Restore(heading.Trim())).Trim();
        foreach (var (id, own) in Of(map, fields.Select(static field => (field.Id, (string?)field.Name))))
        {
            // Of fields with one name the flat record tells all but the first by their ids.
            if (string.Equals(own, wanted, StringComparison.OrdinalIgnoreCase) && own.EndsWith(")", StringComparison.Ordinal))
            {
                return [.. fields.Where(field => field.Id == id)];
            }
        }

        var named = fields.Where(field => string.Equals(field.Name?.Trim(), wanted, StringComparison.OrdinalIgnoreCase)).ToArray();
        return named.Length > 0 ? named : [.. fields.Where(field => wanted == field.Id.ToString(CultureInfo.InvariantCulture))];
    }
}
