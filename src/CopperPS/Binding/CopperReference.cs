using System.Collections;
using System.Globalization;
using System.Management.Automation;
using Copper.Client.Crm;

namespace CopperPS.Binding;

/// <summary>
/// Points to a record: made of a number, a numeric text, a record, any object with an Id property (a row of a CSV file),
/// or, where names are allowed, a name.
/// </summary>
public sealed class CopperReference
{
    private static readonly string[] ModelPrefixes = ["Deserialized.Copper.Client.Crm.Models.Copper", "Deserialized.Copper.Client.Hub.Models.Copper"];

    private CopperReference(long? id, string? entityType, string? name, object? source)
    {
        Id = id;
        EntityType = entityType;
        Name = name;
        Source = source;
    }

    /// <summary>The id; null when a name was given, or nothing that has an id.</summary>
    public long? Id { get; }

    /// <summary>The entity in the API's singular word, when a record was given; null for a bare id.</summary>
    public string? EntityType { get; }

    /// <summary>The text that was given, when it is no number.</summary>
    public string? Name { get; }

    /// <summary>What was given.</summary>
    public object? Source { get; }

    /// <summary>A record of this module was given, not just an id or a row that has one.</summary>
    internal bool IsRecord => EntityType is not null;

    /// <summary>Nothing was given: an empty cell of a CSV file.</summary>
    internal bool IsBlank => Id is null && string.IsNullOrWhiteSpace(Name) && Source is null or string;

    /// <summary>The same reference, whose id was found by its name.</summary>
    internal CopperReference WithId(long id) => new(id, null, Name, Source);

    /// <summary>The record's own text, or the id or name that was given.</summary>
    public override string ToString() => Source is ICopperRecord record
        ? $"'{record}' (id {record.Id.ToString(CultureInfo.InvariantCulture)})"
        : Name ?? Id?.ToString(CultureInfo.InvariantCulture) ?? Source?.ToString() ?? string.Empty;

    /// <summary>Reads one value. Never throws: what makes no reference is told apart later, with a proper error.</summary>
    internal static CopperReference From(object value, string member = "Id")
    {
        var wrapper = PSObject.AsPSObject(value);
        var bare = wrapper.BaseObject;
        switch (bare)
        {
            case CopperReference reference:
                return reference;
            case ICopperRecord record:
                return new CopperReference(record.Id, record.GetEntityType(), null, bare);
            case string text:
                return FromText(text);
            default:
                return WholeNumber(bare) is { } number
                    ? new CopperReference(number, null, null, bare)
                    : Deserialized(wrapper, EntityOf(wrapper), member, bare is PSCustomObject ? wrapper : bare);
        }
    }

    private static CopperReference FromText(string text) =>
        long.TryParse(text.Trim(), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var id)
            ? new CopperReference(id, null, null, text)
            : new CopperReference(null, null, text.Trim(), text);

    /// <summary>An object that has an id: a record's own stands in Id, whatever a row may call it.</summary>
    private static CopperReference Deserialized(PSObject value, string? entityType, string member, object source) =>
        new(IdProperty(value, entityType is null ? member : "Id"), entityType, null, source);

    private static long? IdProperty(PSObject value, string member)
    {
        var id = value.BaseObject is IDictionary dictionary ? (dictionary.Contains(member) ? dictionary[member] : null) : value.Properties[member]?.Value;
        return id is null ? null : (id is PSObject wrapped ? wrapped.BaseObject : id) switch
        {
            string text => FromText(text).Id,
            { } number => WholeNumber(number),
            _ => null,
        };
    }

    /// <summary>The entity of a record that came back from a file or a job: it lost its type but not its name.</summary>
    private static string? EntityOf(PSObject value)
    {
        var name = value.TypeNames.Select(NameOfModel).FirstOrDefault(static name => name is not null);
        return name switch
        {
            null or "ActivityTypeKey" => null,
            "RelatedResource" => value.Properties["Type"]?.Value as string,
            _ => string.Concat(name.Select(static (letter, place) => (place > 0 && char.IsUpper(letter) ? " " : string.Empty) + char.ToLowerInvariant(letter))),
        };
    }

    /// <summary>CopperHubProject is a hub project, whatever happened to its type.</summary>
    private static string? NameOfModel(string typeName)
    {
        var prefix = ModelPrefixes.FirstOrDefault(prefix => typeName.StartsWith(prefix, StringComparison.Ordinal));
        return prefix is null ? null : typeName.Substring(prefix.Length);
    }

    private static long? WholeNumber(object value) => value switch
    {
        sbyte or byte or short or ushort or int or uint or long => Convert.ToInt64(value, CultureInfo.InvariantCulture),
        ulong number and <= long.MaxValue => (long)number,
        decimal number when number == decimal.Truncate(number) && number is >= long.MinValue and <= long.MaxValue => (long)number,
        double number when number == Math.Truncate(number) && Math.Abs(number) < 9e15 => (long)number,
        _ => null,
    };
}
