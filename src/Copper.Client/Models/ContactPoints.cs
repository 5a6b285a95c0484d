using System.Text.Json;
using System.Text.Json.Serialization;
using Copper.Client.Json;

namespace Copper.Client.Models;

/// <summary>What e-mail addresses, phone numbers, profiles and websites have in common: a value with a category.</summary>
public abstract class CopperContactPoint : IJsonWritable
{
    private protected CopperContactPoint()
    {
    }

    /// <summary>What kind it is, in the service's words; other words may come.</summary>
    public string? Category { get; set; }

    /// <summary>What the service sends besides.</summary>
    [JsonExtensionData]
    public AdditionalMembers? AdditionalMembers { get; set; }

    private protected abstract (string Name, string? Value) Member { get; }

    /// <summary>The value alone.</summary>
    public override string ToString() => Member.Value ?? string.Empty;

    /// <summary>
    /// The other is of the same kind with the same value and category, or a text that is the value; capitals do not matter. With a
    /// text, so that a list of them is searched for what it shows.
    /// </summary>
    public override bool Equals(object? obj) => obj switch
    {
        string text => IsSame(text, ToString()),
        CopperContactPoint other => other.GetType() == GetType()
            && IsSame(other.ToString(), ToString())
            && IsSame(other.Category ?? string.Empty, Category ?? string.Empty),
        _ => false,
    };

    /// <inheritdoc/>
    public override int GetHashCode() => StringComparer.OrdinalIgnoreCase.GetHashCode(ToString());

    private static bool IsSame(string one, string other) => string.Equals(one, other, StringComparison.OrdinalIgnoreCase);

    /// <summary>Members that came besides are not sent back: the service rejects what it does not know.</summary>
    void IJsonWritable.WriteTo(Utf8JsonWriter writer)
    {
        writer.WriteStartObject();
        JsonValueWriter.WriteText(writer, Member.Name, Member.Value);
        JsonValueWriter.WriteText(writer, "category", Category);
        writer.WriteEndObject();
    }
}

/// <summary>An e-mail address. Its category is work, personal or other.</summary>
public sealed class CopperEmail : CopperContactPoint
{
    /// <summary>An address that is filled in by its properties.</summary>
    public CopperEmail()
    {
    }

    /// <summary>An address with its category.</summary>
    /// <param name="email">The address.</param>
    /// <param name="category">The kind of it; work without one.</param>
    public CopperEmail(string email, string category = "work") => (Email, Category) = (email, category);

    /// <summary>The address.</summary>
    public string? Email { get; set; }

    private protected override (string Name, string? Value) Member => ("email", Email);
}

/// <summary>A phone number. Its category is mobile, work, home or other.</summary>
public sealed class CopperPhoneNumber : CopperContactPoint
{
    /// <summary>A number that is filled in by its properties.</summary>
    public CopperPhoneNumber()
    {
    }

    /// <summary>A number with its category.</summary>
    /// <param name="number">The number.</param>
    /// <param name="category">The kind of it; work without one.</param>
    public CopperPhoneNumber(string number, string category = "work") => (Number, Category) = (number, category);

    /// <summary>The number, as it was typed.</summary>
    public string? Number { get; set; }

    private protected override (string Name, string? Value) Member => ("number", Number);
}

/// <summary>
/// A social profile. Its category is linkedin, twitter, googleplus, facebook, youtube, quora, foursquare, klout, gravatar or other.
/// </summary>
public sealed class CopperSocial : CopperContactPoint
{
    /// <summary>A profile that is filled in by its properties.</summary>
    public CopperSocial()
    {
    }

    /// <summary>A profile with its category.</summary>
    /// <param name="url">The address, with or without a scheme.</param>
    /// <param name="category">The kind of it.</param>
    public CopperSocial(string url, string category) => (Url, Category) = (url, category);

    /// <summary>The address, with or without a scheme.</summary>
    public string? Url { get; set; }

    private protected override (string Name, string? Value) Member => ("url", Url);
}

/// <summary>A website. Its category is work, personal or other.</summary>
public sealed class CopperWebsite : CopperContactPoint
{
    /// <summary>A website that is filled in by its properties.</summary>
    public CopperWebsite()
    {
    }

    /// <summary>A website with its category.</summary>
    /// <param name="url">The address.</param>
    /// <param name="category">The kind of it; work without one.</param>
    public CopperWebsite(string url, string category = "work") => (Url, Category) = (url, category);

    /// <summary>The address.</summary>
    public string? Url { get; set; }

    private protected override (string Name, string? Value) Member => ("url", Url);
}
