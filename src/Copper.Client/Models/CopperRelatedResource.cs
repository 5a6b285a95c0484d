using System.Globalization;
using System.Text.Json.Serialization;
using Copper.Client.Json;

namespace Copper.Client.Models;

/// <summary>Points to a record of any kind: what a task or a project belongs to, what an activity is about.</summary>
public sealed class CopperRelatedResource : CopperRecord, ICopperRecord
{
    /// <summary>A pointer that is filled in by its properties.</summary>
    public CopperRelatedResource()
    {
    }

    /// <summary>A pointer to a record: <c>new TaskCreate { Name = "Call", RelatedResource = new(person) }</c>.</summary>
    /// <param name="record">The record.</param>
    public CopperRelatedResource(ICopperRecord record)
        : this((record ?? throw new ArgumentNullException(nameof(record))).GetEntityType(), record.Id)
    {
    }

    /// <summary>A pointer to a record of which only the id is known.</summary>
    /// <param name="type">The record's entity: lead, person, company, opportunity, project or task.</param>
    /// <param name="id">The record's id.</param>
    public CopperRelatedResource(string type, long id) => (Type, Id) = (type, id);

    /// <inheritdoc/>
    [JsonConverter(typeof(IdConverter))]
    [JsonRequired]
    public long Id { get; set; }

    /// <summary>
    /// The record's entity, in the API's singular word: lead, person, company, opportunity, project or task; other words may come.
    /// </summary>
    public string? Type { get; set; }

    /// <summary>
    /// The record's name, where the response gives it, or whoever asked gave the record; null otherwise. The service sends none: see
    /// <see cref="Relations.RelatedNames"/>.
    /// </summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Name { get; set; }

    /// <summary>What the service sends besides.</summary>
    [JsonExtensionData]
    public AdditionalMembers? AdditionalMembers { get; set; }

    internal override IEnumerable<RecordPointer> Pointers => [new RecordPointer(Type, Id, Name, name => Name = name)];

    string ICopperRecord.GetEntityType() => Type ?? UnknownEntity;

    /// <summary>Type and id, for example <c>person 7</c>.</summary>
    public override string ToString() => string.Format(CultureInfo.InvariantCulture, "{0} {1}", Type, Id);
}
