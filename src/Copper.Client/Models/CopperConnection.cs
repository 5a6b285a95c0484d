using System.Globalization;
using System.Text.Json.Serialization;
using Copper.Client.Json;

namespace Copper.Client.Models;

/// <summary>Two records joined by a connect field (developer.copper.com/custom-fields/connect-fields).</summary>
public sealed class CopperConnection : CopperRecord, ICopperRecord
{
    /// <summary>The id of the connection itself.</summary>
    [JsonConverter(typeof(IdConverter))]
    [JsonRequired]
    public long Id { get; set; }

    /// <summary>The id of the connect field's definition.</summary>
    [JsonPropertyName("custom_field_definition_id")]
    public long? DefinitionId { get; set; }

    /// <summary>The record that the connection was created from.</summary>
    [JsonConverter(typeof(TolerantObjectConverter<CopperConnectionEnd>))]
    public CopperConnectionEnd? Source { get; set; }

    /// <summary>The record that it leads to.</summary>
    [JsonConverter(typeof(TolerantObjectConverter<CopperConnectionEnd>))]
    public CopperConnectionEnd? Target { get; set; }

    /// <summary>What the service sends besides.</summary>
    [JsonExtensionData]
    public AdditionalMembers? AdditionalMembers { get; set; }

    private protected override IEnumerable<CopperRecord?> Parts => [Source, Target];

    string ICopperRecord.GetEntityType() => "connection";

    /// <summary>Both ends.</summary>
    public override string ToString() => $"{Source} - {Target}";
}

/// <summary>An end of a connection. It stands for the record that it names.</summary>
public sealed class CopperConnectionEnd : CopperRecord, ICopperRecord
{
    private string? _entityType;

    /// <summary>The record's id.</summary>
    [JsonConverter(typeof(IdConverter))]
    [JsonRequired]
    public long Id { get; set; }

    /// <summary>
    /// Its entity, in the API's singular word; user is possible too. The service writes people here, of all places, and once
    /// wrote organization for company: both are read as the word that is used everywhere else.
    /// </summary>
    public string? EntityType
    {
        get => _entityType;
        set => _entityType = value switch
        {
            "organization" or "organizations" => CopperEntityNames.Company,
            _ => CopperEntityNames.SingularOf(value) ?? value,
        };
    }

    /// <summary>The record's name.</summary>
    public string? Name { get; set; }

    /// <summary>What the service sends besides.</summary>
    [JsonExtensionData]
    public AdditionalMembers? AdditionalMembers { get; set; }

    string ICopperRecord.GetEntityType() => EntityType ?? UnknownEntity;

    /// <summary>The name, or entity and id.</summary>
    public override string ToString() => Name ?? string.Format(CultureInfo.InvariantCulture, "{0} {1}", EntityType, Id);
}
