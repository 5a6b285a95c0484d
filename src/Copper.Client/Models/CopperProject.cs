using System.Dynamic;
using System.Linq.Expressions;
using System.Text.Json.Serialization;
using Copper.Client.Json;

namespace Copper.Client.Models;

/// <summary>A project (developer.copper.com/projects/fetch-a-project-by-id). Any member may be missing: null, or an empty list.</summary>
public sealed class CopperProject : CopperRecord, ITaggedRecord, ICustomFieldRecord, IDynamicMetaObjectProvider
{
    /// <inheritdoc/>
    [JsonConverter(typeof(IdConverter))]
    [JsonRequired]
    public long Id { get; set; }

    /// <summary>The name.</summary>
    public string? Name { get; set; }

    /// <summary>Open or Completed; other words may come.</summary>
    public string? Status { get; set; }

    /// <summary>The record that it belongs to; null when there is none.</summary>
    [JsonConverter(typeof(TolerantObjectConverter<CopperRelatedResource>))]
    public CopperRelatedResource? RelatedResource { get; set; }

    /// <summary>The tags.</summary>
    [JsonConverter(typeof(TextListConverter))]
    public CopperList<string> Tags { get; set; } = [];

    /// <summary>Free text.</summary>
    public string? Details { get; set; }

    /// <summary>The id of the user who owns the project.</summary>
    public long? AssigneeId { get; set; }

    /// <summary>The name of the user who owns the project.</summary>
    /// <remarks>
    /// Null while the client has not read the list, which <see cref="CopperClientOptions.LoadNames"/> makes it do, and where the list does
    /// not have the id. A program that sets it, in its tests for example, reads what it has set. Sends nothing.
    /// </remarks>
    [JsonIgnore]
    public string? Assignee { get => field ?? NameOf(NameList.Users, AssigneeId); set; }

    /// <summary>The custom fields that have a value, and those available on projects that have none.</summary>
    [JsonConverter(typeof(CustomFieldListConverter))]
    public CopperCustomFieldList CustomFields { get; set; } = [];

    /// <summary>When the record was created (UTC).</summary>
    public DateTimeOffset? DateCreated { get; set; }

    /// <summary>When it was last updated (UTC).</summary>
    public DateTimeOffset? DateModified { get; set; }

    /// <summary>What the service sends besides.</summary>
    [JsonExtensionData]
    public AdditionalMembers? AdditionalMembers { get; set; }

    internal override IEnumerable<NameReference> NameReferences => References(
        (NameList.Users, AssigneeId));

    private protected override IEnumerable<CopperRecord?> Parts => [RelatedResource];

    internal override IEnumerable<RecordPointer> Pointers => RelatedResource?.Pointers ?? [];

    DynamicMetaObject IDynamicMetaObjectProvider.GetMetaObject(Expression parameter) => new RecordMembers(parameter, this);

    string ICopperRecord.GetEntityType() => CopperEntityNames.Project;

    /// <summary>The name.</summary>
    public override string ToString() => Name ?? $"{CopperEntityNames.Project} {Id}";
}
