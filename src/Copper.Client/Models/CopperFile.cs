using System.Text.Json.Serialization;
using Copper.Client.Json;

namespace Copper.Client.Models;

/// <summary>
/// A file attached to a record (developer.copper.com/file-upload). The service tells about it, but has no way to get it back.
/// </summary>
public sealed class CopperFile : CopperRecord, ICopperRecord, INamed
{
    /// <summary>The file's id.</summary>
    [JsonConverter(typeof(IdConverter))]
    [JsonRequired]
    public long Id { get; set; }

    /// <summary>The name under which it was attached.</summary>
    [JsonPropertyName("file_name")]
    public string? Name { get; set; }

    /// <summary>The size in bytes.</summary>
    [JsonPropertyName("file_size")]
    public long? Length { get; set; }

    /// <summary>What the service holds it for, for example binary/octet-stream.</summary>
    public string? ContentType { get; set; }

    /// <summary>The id of the user who attached it.</summary>
    public long? CreatorId { get; set; }

    /// <summary>The name of the user who attached it.</summary>
    /// <remarks>
    /// Null while the client has not read the list, which <see cref="CopperClientOptions.LoadNames"/> makes it do, and where the list does
    /// not have the id. A program that sets it, in its tests for example, reads what it has set. Sends nothing.
    /// </remarks>
    [JsonIgnore]
    public string? Creator { get => field ?? NameOf(NameList.Users, CreatorId); set; }

    /// <summary>It was deleted.</summary>
    public bool? IsDeleted { get; set; }

    /// <summary>When it was attached (UTC).</summary>
    public DateTimeOffset? DateCreated { get; set; }

    /// <summary>When it was last updated (UTC).</summary>
    public DateTimeOffset? DateModified { get; set; }

    /// <summary>The id of the record that it is attached to.</summary>
    [JsonIgnore]
    public long RelatedId { get; internal set; }

    /// <summary>The entity of that record, in the API's singular word.</summary>
    [JsonIgnore]
    public string? RelatedType { get; internal set; }

    /// <summary>
    /// The name of that record, where whoever asked gave the record; null otherwise. The service sends none: see
    /// <see cref="Relations.RelatedNames"/>.
    /// </summary>
    [JsonIgnore]
    public string? RelatedName { get; internal set; }

    /// <summary>What the service sends besides.</summary>
    [JsonExtensionData]
    public AdditionalMembers? AdditionalMembers { get; set; }

    internal override IEnumerable<NameReference> NameReferences => References(
        (NameList.Users, CreatorId));

    internal override IEnumerable<RecordPointer> Pointers =>
        [new RecordPointer(RelatedType, RelatedId, RelatedName, name => RelatedName = name)];

    string ICopperRecord.GetEntityType() => "file";

    /// <summary>The name.</summary>
    public override string ToString() => Name ?? string.Empty;
}
