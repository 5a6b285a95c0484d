using System.Globalization;
using System.Text.Json.Serialization;
using Copper.Client.Json;

namespace Copper.Client.Models;

/// <summary>Names a type of activities. The id alone does not: user 1 and system 1 are different types.</summary>
public sealed class CopperActivityTypeKey
{
    /// <summary>user for what people write down, system for what Copper notes by itself; other words may come.</summary>
    public string? Category { get; set; }

    /// <summary>The id within the category. A note is user 0.</summary>
    public long? Id { get; set; }

    /// <summary>The type's name. The service seldom sends it: its list of types has them.</summary>
    public string? Name { get; set; }

    /// <summary>What the service sends besides.</summary>
    [JsonExtensionData]
    public AdditionalMembers? AdditionalMembers { get; set; }

    /// <summary>Nothing tells which type it is.</summary>
    internal bool IsNone => Category is null && Id is null && Name is null && AdditionalMembers is null;

    /// <summary>The name; while it is not known, category and id, for example <c>user:0</c>.</summary>
    public override string ToString() =>
        Name is { Length: > 0 } ? Name : string.Format(CultureInfo.InvariantCulture, "{0}:{1}", Category, Id);
}
