using System.Globalization;
using System.Text.Json.Serialization;
using Copper.Client.Json;

namespace Copper.Client.Models;

/// <summary>A record that is related to another one (developer.copper.com/related-items). It stands for the record that it names.</summary>
public sealed class CopperRelatedItem : CopperRecord, ICopperRecord
{
    private string? _name;

    /// <summary>The id of the related record.</summary>
    [JsonConverter(typeof(IdConverter))]
    [JsonRequired]
    public long Id { get; set; }

    /// <summary>Its entity, in the API's singular word.</summary>
    public string? Type { get; set; }

    /// <summary>Its name, where the client has read the record; null otherwise. Sends nothing.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Name
    {
        get => _name ?? NameOfRecord(Type, Id);
        set => _name = value;
    }

    /// <summary>The id of the record that it is related to.</summary>
    [JsonIgnore]
    public long FromId { get; internal set; }

    /// <summary>The entity of the record that it is related to, in the API's singular word.</summary>
    [JsonIgnore]
    public string? FromType { get; internal set; }

    /// <summary>The name of the record that it is related to, where the client has read it; null otherwise. Sends nothing.</summary>
    [JsonIgnore]
    public string? FromName => NameOfRecord(FromType, FromId);

    /// <summary>What the service sends besides.</summary>
    [JsonExtensionData]
    public AdditionalMembers? AdditionalMembers { get; set; }

    /// <summary>A relation is what joins two records: relations of different records to the same one are different.</summary>
    private protected override string? Scope => string.Format(CultureInfo.InvariantCulture, "{0} {1}", FromType, FromId);

    string ICopperRecord.GetEntityType() => Type ?? UnknownEntity;

    /// <summary>Entity and id, for example company 7.</summary>
    public override string ToString() => string.Format(CultureInfo.InvariantCulture, "{0} {1}", Type, Id);
}
