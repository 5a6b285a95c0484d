using System.Collections.Concurrent;
using System.Management.Automation;
using System.Reflection;
using System.Text.Json.Serialization;
using Copper.Client;
using Copper.Client.Hub.Models;
using Copper.Client.Models;
using Copper.Data.Columns;

namespace CopperPS.Binding;

/// <summary>
/// What an object was before it lost its type: a record that came back from a file or a job, columns that were selected from one, a
/// flat record, or a row of a file that one of these was exported to.
/// </summary>
internal readonly struct RecordOrigin
{
    private const string Deserialized = "Deserialized.";
    private const string OwnPrefix = "CopperPS.";

    /// <summary>What Remove -PassThru writes; the namespace may be that of another version, which wrote a file.</summary>
    private const string Removal = ".CopperRemoval";
    private static readonly string[] ModelPrefixes = ["Copper.Client.Models.Copper", "Copper.Client.Hub.Models.Copper"];

    private static readonly string[] DataPrefixes = ["Copper.Data.Plans.Copper", "Copper.Data.ChangeFeed.Copper"];

    // Import-Csv puts its prefix before the type that a file names in its first line.
    private static readonly string[] LostPrefixes = [Deserialized, "Selected.", "CSV:"];

    /// <summary>The columns by which a row of a file tells its entity: all that a flat record has, or all that a record has.</summary>
    private static readonly Lazy<(string Entity, string[] Columns)[]> Headings = new(ReadHeadings);

    private static readonly ConcurrentDictionary<string, string?> EntityByHeading = new(StringComparer.OrdinalIgnoreCase);

    private RecordOrigin(string? entityType, bool isRecord, bool isWhole, bool isSelected = false)
    {
        EntityType = entityType;
        IsRecord = isRecord;
        IsWhole = isWhole;
        IsSelected = isSelected;
    }

    /// <summary>The entity in the API's singular word; null when nothing tells it.</summary>
    public string? EntityType { get; }

    /// <summary>It is the whole record, not columns that somebody selected.</summary>
    public bool IsRecord { get; }

    /// <summary>It has every column that an export of its kind has.</summary>
    public bool IsWhole { get; }

    /// <summary>Columns that were selected from a record, which is no row of a file.</summary>
    public bool IsSelected { get; }

    public static RecordOrigin Of(PSObject value)
    {
        foreach (var typeName in value.TypeNames)
        {
            var name = typeName;
            while (LostPrefixes.FirstOrDefault(prefix => name.StartsWith(prefix, StringComparison.Ordinal)) is { } prefix)
            {
                name = name.Substring(prefix.Length);
            }

            if (EntityOf(name, value) is { } entity)
            {
                var lost = typeName.Substring(0, typeName.Length - name.Length);
                var isRow = FlatNoun(name) is not null
                    || value.TypeNames.Any(static other => other.StartsWith("CSV:", StringComparison.Ordinal));
                var isSelected = typeName.Contains("Selected.");
                return new RecordOrigin(
                    entity, !isRow && lost is ("" or Deserialized), isRow && !isSelected, !isRow && isSelected);
            }
        }

        var told = value.BaseObject is PSCustomObject ? EntityOfHeading(value) : null;
        return new RecordOrigin(told ?? EntityOfCell(value), false, told is not null);
    }

    private static string? EntityOf(string typeName, PSObject value)
    {
        if (FlatNoun(typeName) is { } flat)
        {
            return Words(flat);
        }

        if (typeName.StartsWith(OwnPrefix, StringComparison.Ordinal) && typeName.EndsWith(Removal, StringComparison.Ordinal))
        {
            return value.Properties["EntityType"]?.Value as string ?? "removed record";
        }

        // Steps, results, entries of journals and changes: whose id it is they say themselves.
        if (DataPrefixes.Any(prefix => typeName.StartsWith(prefix, StringComparison.Ordinal)))
        {
            return CellValue.Bare(value.Properties["Entity"]?.Value) as string;
        }

        var prefix = ModelPrefixes.FirstOrDefault(prefix => typeName.StartsWith(prefix, StringComparison.Ordinal));
        return prefix is null ? null : typeName.Substring(prefix.Length) switch
        {
            "ConnectionEnd" => CellValue.Bare(value.Properties["EntityType"]?.Value) as string ?? "connected record",

            // A type of activities is no record that an activity could be about.
            "ActivityTypeKey" => null,
            "RelatedResource" or "RelatedItem" => CellValue.Bare(value.Properties["Type"]?.Value) as string ?? "related record",
            var noun => Words(noun),
        };
    }

    /// <summary>Person of the type of a flat person, whatever the namespace: that of another version may stand in a file.</summary>
    private static string? FlatNoun(string typeName)
    {
        const string Flat = ".Flat";
        var start = typeName.LastIndexOf('.');
        return start > 0 && typeName.StartsWith("Copper", StringComparison.Ordinal)
            && typeName.IndexOf(Flat, start, StringComparison.Ordinal) == start
            ? typeName.Substring(start + Flat.Length)
            : null;
    }

    /// <summary>CopperHubProject is a hub project.</summary>
    private static string Words(string noun) =>
        string.Concat(noun.Select(static (letter, place) => (place > 0
            && char.IsUpper(letter) ? " " : string.Empty) + char.ToLowerInvariant(letter)));

    /// <summary>The rows of a plan, of its results and of changes say in a column of their own whose id they have.</summary>
    private static string? EntityOfCell(PSObject row) =>
        row.BaseObject is PSCustomObject && CellValue.Bare(row.Properties["Entity"]?.Value) is string word
            ? CopperEntities.All.FirstOrDefault(entity => string.Equals(entity.Name, word.Trim(), StringComparison.OrdinalIgnoreCase))?.Name
            : null;

    private static string? EntityOfHeading(PSObject row)
    {
        var columns = row.Properties.Select(static property => property.Name).ToArray();
        return columns.Length < Headings.Value.Min(static heading => heading.Columns.Length)
            ? null
            : EntityByHeading.GetOrAdd(string.Join("\n", columns), _ => Headings.Value
                .Where(heading => heading.Columns.All(column => columns.Contains(column, StringComparer.OrdinalIgnoreCase)))
                .Select(static heading => heading.Entity)
                .FirstOrDefault());
    }

    /// <summary>The longest first: a project has no column that a task has not too.</summary>
    private static (string Entity, string[] Columns)[] ReadHeadings() =>
    [
        .. ColumnMap.All.Select(static map => (map.Entity, map.Columns.Select(static column => column.Name).ToArray()))
            .Concat(new[]
                {
                    typeof(CopperPerson), typeof(CopperCompany), typeof(CopperLead), typeof(CopperOpportunity),
                    typeof(CopperProject), typeof(CopperTask), typeof(CopperActivity),
                    typeof(CopperHubOrganisation), typeof(CopperHubProject), typeof(CopperHubTask), typeof(CopperHubTaskComment),
                }
                .Select(static type => (
                    Words(type.Name.Substring("Copper".Length)),
                    type.GetProperties(BindingFlags.Instance | BindingFlags.Public)

                        // The names beside ids tell no more than the ids do.
                        .Where(static property => property.CanWrite && !property.IsDefined(typeof(JsonIgnoreAttribute)))
                        .Select(static property => property.Name)
                        .ToArray())))
            .OrderByDescending(static heading => heading.Item2.Length),
    ];
}
