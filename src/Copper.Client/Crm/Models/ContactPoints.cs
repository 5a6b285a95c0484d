using System.Text.Json;
using System.Text.Json.Serialization;
using Copper.Client.Json;

namespace Copper.Client.Crm.Models;

/// <summary>An e-mail address with its category: work, personal or other.</summary>
public sealed class CopperEmail : IJsonWritable
{
    /// <summary>The address.</summary>
    public string? Email { get; set; }

    /// <summary>work, personal or other; other words may come.</summary>
    public string? Category { get; set; }

    /// <summary>What the service sends besides.</summary>
    [JsonExtensionData]
    public AdditionalMembers? AdditionalMembers { get; set; }

    /// <summary>The address alone.</summary>
    public override string ToString() => Email ?? string.Empty;

    void IJsonWritable.WriteTo(Utf8JsonWriter writer) => ContactPoint.Write(writer, "email", Email, Category);
}

/// <summary>A phone number with its category: mobile, work, home or other.</summary>
public sealed class CopperPhoneNumber : IJsonWritable
{
    /// <summary>The number, as it was typed.</summary>
    public string? Number { get; set; }

    /// <summary>mobile, work, home or other; other words may come.</summary>
    public string? Category { get; set; }

    /// <summary>What the service sends besides.</summary>
    [JsonExtensionData]
    public AdditionalMembers? AdditionalMembers { get; set; }

    /// <summary>The number alone.</summary>
    public override string ToString() => Number ?? string.Empty;

    void IJsonWritable.WriteTo(Utf8JsonWriter writer) => ContactPoint.Write(writer, "number", Number, Category);
}

/// <summary>A social profile with its category: linkedin, twitter, facebook, youtube and so on.</summary>
public sealed class CopperSocial : IJsonWritable
{
    /// <summary>The address, with or without a scheme.</summary>
    public string? Url { get; set; }

    /// <summary>linkedin, twitter, googleplus, facebook, youtube, quora, foursquare, klout, gravatar or other; other words may come.</summary>
    public string? Category { get; set; }

    /// <summary>What the service sends besides.</summary>
    [JsonExtensionData]
    public AdditionalMembers? AdditionalMembers { get; set; }

    /// <summary>The address alone.</summary>
    public override string ToString() => Url ?? string.Empty;

    void IJsonWritable.WriteTo(Utf8JsonWriter writer) => ContactPoint.Write(writer, "url", Url, Category);
}

/// <summary>A website with its category: work, personal or other.</summary>
public sealed class CopperWebsite : IJsonWritable
{
    /// <summary>The address.</summary>
    public string? Url { get; set; }

    /// <summary>work, personal or other; other words may come.</summary>
    public string? Category { get; set; }

    /// <summary>What the service sends besides.</summary>
    [JsonExtensionData]
    public AdditionalMembers? AdditionalMembers { get; set; }

    /// <summary>The address alone.</summary>
    public override string ToString() => Url ?? string.Empty;

    void IJsonWritable.WriteTo(Utf8JsonWriter writer) => ContactPoint.Write(writer, "url", Url, Category);
}

/// <summary>What the four have in common on the wire: a value and a category. Members that came besides are not sent back: the service refuses what it does not know.</summary>
internal static class ContactPoint
{
    public static void Write(Utf8JsonWriter writer, string name, string? value, string? category)
    {
        writer.WriteStartObject();
        writer.WriteString(name, value);
        writer.WriteString("category", category);
        writer.WriteEndObject();
    }
}
