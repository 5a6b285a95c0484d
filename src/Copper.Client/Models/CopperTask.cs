using System.Dynamic;
using System.Linq.Expressions;
using System.Text.Json.Serialization;
using Copper.Client.Json;

namespace Copper.Client.Models;

/// <summary>A task (developer.copper.com/tasks/fetch-a-task-by-id). Any member may be missing: null, or an empty list.</summary>
public sealed class CopperTask : CopperRecord, ITaggedRecord, ICustomFieldRecord, IDynamicMetaObjectProvider
{
    /// <inheritdoc/>
    [JsonConverter(typeof(IdConverter))]
    [JsonRequired]
    public long Id { get; set; }

    /// <summary>The name.</summary>
    public string? Name { get; set; }

    /// <summary>Open or Completed; other words may come.</summary>
    public string? Status { get; set; }

    /// <summary>None, Low, Medium or High; other words may come.</summary>
    public string? Priority { get; set; }

    /// <summary>When it is due (UTC).</summary>
    public DateTimeOffset? DueDate { get; set; }

    /// <summary>When its owner is reminded (UTC).</summary>
    public DateTimeOffset? ReminderDate { get; set; }

    /// <summary>When it was completed (UTC); set by the service.</summary>
    public DateTimeOffset? CompletedDate { get; set; }

    /// <summary>The record that it belongs to; null when there is none.</summary>
    [JsonConverter(typeof(TolerantObjectConverter<CopperRelatedResource>))]
    public CopperRelatedResource? RelatedResource { get; set; }

    /// <summary>The tags.</summary>
    [JsonConverter(typeof(TextListConverter))]
    public CopperList<string> Tags { get; set; } = [];

    /// <summary>Free text.</summary>
    public string? Details { get; set; }

    /// <summary>The id of the user who owns the task.</summary>
    public long? AssigneeId { get; set; }

    /// <summary>The name of the user who owns the task.</summary>
    /// <remarks>
    /// Null while the client has not read the list, which <see cref="CopperClientOptions.LoadNames"/> makes it do, and where the list does
    /// not have the id. A program that sets it, in its tests for example, reads what it has set. Sends nothing.
    /// </remarks>
    [JsonIgnore]
    public string? Assignee { get => field ?? NameOf(NameList.Users, AssigneeId); set; }

    /// <summary>The custom fields that have a value, and those available on tasks that have none.</summary>
    [JsonConverter(typeof(CustomFieldListConverter))]
    public CopperCustomFieldList CustomFields { get; set; } = [];

    /// <summary>When the record was created (UTC).</summary>
    public DateTimeOffset? DateCreated { get; set; }

    /// <summary>When it was last updated (UTC).</summary>
    public DateTimeOffset? DateModified { get; set; }

    /// <summary>The id of the custom activity type, which makes the task a to-do, a call or whatever the account has.</summary>
    public long? CustomActivityTypeId { get; set; }

    /// <summary>The name of the custom activity type, for example To Do.</summary>
    /// <remarks>
    /// Null while the client has not read the list, which <see cref="CopperClientOptions.LoadNames"/> makes it do, and where the list does
    /// not have the id. A program that sets it, in its tests for example, reads what it has set. Sends nothing.
    /// </remarks>
    [JsonIgnore]
    public string? CustomActivityType { get => field ?? NameOf(NameList.CustomActivityTypes, CustomActivityTypeId); set; }

    /// <summary>What the service sends besides.</summary>
    [JsonExtensionData]
    public AdditionalMembers? AdditionalMembers { get; set; }

    internal override IEnumerable<NameReference> NameReferences => References(
        (NameList.Users, AssigneeId), (NameList.CustomActivityTypes, CustomActivityTypeId));

    private protected override IEnumerable<CopperRecord?> Parts => [RelatedResource];

    internal override IEnumerable<RecordPointer> Pointers => RelatedResource?.Pointers ?? [];

    DynamicMetaObject IDynamicMetaObjectProvider.GetMetaObject(Expression parameter) => new RecordMembers(parameter, this);

    string ICopperRecord.GetEntityType() => CopperEntityNames.Task;

    /// <summary>The name.</summary>
    public override string ToString() => Name ?? $"{CopperEntityNames.Task} {Id}";
}
