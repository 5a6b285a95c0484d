using System.Globalization;
using System.Text.Json.Serialization;
using Copper.Client.Json;

namespace Copper.Client.Models;

/// <summary>Points to a record of any kind: what a task or a project belongs to, what an activity is about.</summary>
public sealed class CopperRelatedResource : CopperRecord, ICopperRecord
{
    private string? _name;

    /// <inheritdoc/>
    [JsonConverter(typeof(IdConverter))]
    [JsonRequired]
    public long Id { get; set; }

    /// <summary>
    /// The record's entity, in the API's singular word: lead, person, company, opportunity, project or task; other words may come.
    /// </summary>
    public string? Type { get; set; }

    /// <summary>The record's name, where the client has read the record; null otherwise. Sends nothing.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Name
    {
        get => _name ?? NameOfRecord(Type, Id);
        set => _name = value;
    }

    /// <summary>What the service sends besides.</summary>
    [JsonExtensionData]
    public AdditionalMembers? AdditionalMembers { get; set; }

    string ICopperRecord.GetEntityType() => Type ?? UnknownEntity;

    /// <summary>Type and id, for example <c>person 7</c>.</summary>
    public override string ToString() => string.Format(CultureInfo.InvariantCulture, "{0} {1}", Type, Id);
}
