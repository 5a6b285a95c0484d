using System.Text.Json.Serialization;
using Copper.Client.Json;

namespace Copper.Client.Models;

/// <summary>
/// An activity: what was done about a record, or what Copper noted by itself (developer.copper.com/activities). A deleted
/// one comes as its id with <see cref="IsDeleted"/>, everything else null.
/// </summary>
public sealed class CopperActivity : CopperRecord, ICopperRecord
{
    /// <summary>The text of an activity without words of its own is cut to so many letters.</summary>
    private const int LongestTitle = 60;

    private CopperActivityTypeKey? _type;

    /// <inheritdoc/>
    [JsonConverter(typeof(IdConverter))]
    [JsonRequired]
    public long Id { get; set; }

    /// <summary>The record that the activity is about.</summary>
    [JsonConverter(typeof(TolerantObjectConverter<CopperRelatedResource>))]
    public CopperRelatedResource? Parent { get; set; }

    /// <summary>What kind of activity it is.</summary>
    [JsonConverter(typeof(TolerantObjectConverter<CopperActivityTypeKey>))]
    public CopperActivityTypeKey? Type
    {
        get => _type;
        set
        {
            _type = value is { IsNone: true } ? null : value;
            if (_type is not null && NameSource is { } source)
            {
                _type.NameSource = source;
            }
        }
    }

    /// <summary>What was done: text for notes and calls, nested values for e-mails and what Copper notes by itself.</summary>
    [JsonConverter(typeof(ClrValueConverter))]
    public object? Details { get; set; }

    /// <summary>The id of the user who did it.</summary>
    public long? UserId { get; set; }

    /// <summary>The name of the user who did it.</summary>
    /// <remarks>
    /// Null while the client has not read the list, which <see cref="CopperClientOptions.LoadNames"/> makes it do, and where the list does
    /// not have the id. A program that sets it, in its tests for example, reads what it has set. Sends nothing.
    /// </remarks>
    [JsonIgnore]
    public string? User { get => field ?? NameOf(NameList.Users, UserId); set; }

    /// <summary>When it was done (UTC). Users may edit it, and it may lie in the future.</summary>
    public DateTimeOffset? ActivityDate { get; set; }

    /// <summary>What was there before, for changes that Copper notes by itself.</summary>
    [JsonConverter(typeof(ClrValueConverter))]
    public object? OldValue { get; set; }

    /// <summary>What is there since, for changes that Copper notes by itself.</summary>
    [JsonConverter(typeof(ClrValueConverter))]
    public object? NewValue { get; set; }

    /// <summary>The activity was deleted.</summary>
    public bool? IsDeleted { get; set; }

    /// <summary>When the record was created (UTC).</summary>
    public DateTimeOffset? DateCreated { get; set; }

    /// <summary>When it was last updated (UTC).</summary>
    public DateTimeOffset? DateModified { get; set; }

    /// <summary>What the service sends besides.</summary>
    [JsonExtensionData]
    public AdditionalMembers? AdditionalMembers { get; set; }

    internal override IEnumerable<NameReference> NameReferences =>
        Type?.NameReference is { } type ? References((NameList.Users, UserId)).Append(type) : References((NameList.Users, UserId));

    internal override void Attach(INameSource source)
    {
        base.Attach(source);
        if (_type is not null)
        {
            _type.NameSource = source;
        }
    }

    private protected override IEnumerable<CopperRecord?> Parts => [Parent];

    internal override IEnumerable<RecordPointer> Pointers => Parent?.Pointers ?? [];

    string ICopperRecord.GetEntityType() => CopperEntityNames.Activity;

    /// <summary>The beginning of the details, else the id.</summary>
    public override string ToString()
    {
        var text = (Details as string)?.Trim().Split('\r', '\n')[0] ?? string.Empty;
        return text.Length > LongestTitle ? text.Substring(0, LongestTitle - 1) + "…"
            : text.Length > 0 ? text
            : $"{CopperEntityNames.Activity} {Id}";
    }
}
