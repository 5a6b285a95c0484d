using System.Globalization;
using System.Text.Json.Serialization;
using Copper.Client.Json;

namespace Copper.Client.Models;

/// <summary>A record that is related to another one (developer.copper.com/related-items). It stands for the record that it names.</summary>
public sealed class CopperRelatedItem : CopperRecord, ICopperRecord
{
    /// <summary>The id of the related record.</summary>
    [JsonConverter(typeof(IdConverter))]
    [JsonRequired]
    public long Id { get; set; }

    /// <summary>Its entity, in the API's singular word.</summary>
    public string? Type { get; set; }

    /// <summary>
    /// Its name, where the response gives it, or whoever asked gave the record; null otherwise. The service sends none: see
    /// <see cref="Relations.RelatedNames"/>.
    /// </summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Name { get; set; }

    /// <summary>The id of the record that it is related to.</summary>
    [JsonIgnore]
    public long FromId { get; internal set; }

    /// <summary>The entity of the record that it is related to, in the API's singular word.</summary>
    [JsonIgnore]
    public string? FromType { get; internal set; }

    /// <summary>The name of the record that it is related to, in the same way.</summary>
    [JsonIgnore]
    public string? FromName { get; internal set; }

    /// <summary>What the service sends besides.</summary>
    [JsonExtensionData]
    public AdditionalMembers? AdditionalMembers { get; set; }

    /// <summary>A relation is what joins two records: relations of different records to the same one are different.</summary>
    private protected override string? Scope => string.Format(CultureInfo.InvariantCulture, "{0} {1}", FromType, FromId);

    internal override IEnumerable<RecordPointer> Pointers =>
    [
        new RecordPointer(Type, Id, Name, name => Name = name),
        new RecordPointer(FromType, FromId, FromName, name => FromName = name),
    ];

    string ICopperRecord.GetEntityType() => Type ?? UnknownEntity;

    /// <summary>Entity and id, for example company 7.</summary>
    public override string ToString() => string.Format(CultureInfo.InvariantCulture, "{0} {1}", Type, Id);
}
