using System.Globalization;
using System.Text.Json.Serialization;
using Copper.Client.Json;

namespace Copper.Client.Models;

/// <summary>Names a type of activities. The id alone does not: user 1 and system 1 are different types.</summary>
public sealed class CopperActivityTypeKey
{
    private string? _name;

    /// <summary>user for what people write down, system for what Copper notes by itself; other words may come.</summary>
    public string? Category { get; set; }

    /// <summary>The id within the category. A note is user 0.</summary>
    public long? Id { get; set; }

    /// <summary>
    /// The type's name. The service seldom sends it: its list of types has them. Null while the client has not read the list.
    /// </summary>
    [JsonIgnore]
    public string? Name
    {
        get => string.IsNullOrEmpty(_name) && NameReference is { } reference ? NameSource?.NameOf(reference) ?? _name : _name;
        set => _name = value;
    }

    /// <summary>The name that came with the record: what is written must not depend on the lists that were read by then.</summary>
    [JsonInclude]
    [JsonPropertyName("name")]
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    internal string? SentName
    {
        get => _name;
        set => _name = value;
    }

    /// <summary>What the service sends besides.</summary>
    [JsonExtensionData]
    public AdditionalMembers? AdditionalMembers { get; set; }

    /// <summary>Nothing tells which type it is.</summary>
    internal bool IsNone => Category is null && Id is null && _name is null && AdditionalMembers is null;

    /// <summary>Where the names are; null for a type that no client has read.</summary>
    internal INameSource? NameSource { get; set; }

    /// <summary>What the list of types has the name of; null where the service sent a name, or no id.</summary>
    internal NameReference? NameReference =>
        string.IsNullOrEmpty(_name) && Id is { } id ? new NameReference(NameList.ActivityTypes, id, Category) : null;

    /// <summary>
    /// The other is the same type, or a text that is the name. With a text, so that <c>activity.Type.Equals("Note")</c> finds
    /// what it shows.
    /// </summary>
    public override bool Equals(object? obj) => obj switch
    {
        string text => string.Equals(text, ToString(), StringComparison.OrdinalIgnoreCase),
        CopperActivityTypeKey other => Id is null
            ? other.Id is null && string.Equals(_name, other._name, StringComparison.OrdinalIgnoreCase)
            : Id == other.Id && string.Equals(Category, other.Category, StringComparison.OrdinalIgnoreCase),
        _ => false,
    };

    /// <inheritdoc/>
    public override int GetHashCode() => Id?.GetHashCode() ?? 0;

    /// <summary>The name; while it is not known, category and id, for example <c>user:0</c>.</summary>
    public override string ToString() =>
        Name is { Length: > 0 } ? Name : string.Format(CultureInfo.InvariantCulture, "{0}:{1}", Category, Id);
}
