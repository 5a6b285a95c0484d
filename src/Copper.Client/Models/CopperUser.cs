using System.Text.Json.Serialization;
using Copper.Client.Json;

namespace Copper.Client.Models;

/// <summary>A user of the account (developer.copper.com/account-and-users/fetch-user-by-id).</summary>
public sealed class CopperUser : CopperRecord, ICopperRecord, INamed
{
    /// <summary>The user's id.</summary>
    [JsonConverter(typeof(IdConverter))]
    [JsonRequired]
    public long Id { get; set; }

    /// <summary>The full name.</summary>
    public string? Name { get; set; }

    /// <summary>The e-mail address.</summary>
    public string? Email { get; set; }

    /// <summary>What the service sends besides.</summary>
    [JsonExtensionData]
    public AdditionalMembers? AdditionalMembers { get; set; }

    string ICopperRecord.GetEntityType() => CopperEntityNames.User;

    /// <summary>The name.</summary>
    public override string ToString() => Name ?? Email ?? string.Empty;
}

/// <summary>The account that the key belongs to (developer.copper.com/account-and-users/fetch-account-details).</summary>
public sealed class CopperAccount : CopperRecord, ICopperRecord, INamed
{
    /// <summary>The account's id.</summary>
    [JsonConverter(typeof(IdConverter))]
    [JsonRequired]
    public long Id { get; set; }

    /// <summary>The account's name.</summary>
    public string? Name { get; set; }

    /// <summary>The account's time zone, where the service names it.</summary>
    public string? PrimaryTimezone { get; set; }

    /// <summary>What the service sends besides.</summary>
    [JsonExtensionData]
    public AdditionalMembers? AdditionalMembers { get; set; }

    string ICopperRecord.GetEntityType() => CopperEntityNames.Account;

    /// <summary>The name.</summary>
    public override string ToString() => Name ?? string.Empty;
}

/// <summary>A tag and how often it is used (developer.copper.com/tags/list-tags).</summary>
public sealed class CopperTag : INamed, IReadableFromText
{
    /// <summary>The tag itself.</summary>
    public string? Name { get; set; }

    /// <summary>The number of records that carry it.</summary>
    public long? Count { get; set; }

    /// <summary>What the service sends besides.</summary>
    [JsonExtensionData]
    public AdditionalMembers? AdditionalMembers { get; set; }

    /// <summary>The service sends tags without counts as texts.</summary>
    void IReadableFromText.ReadText(string text) => Name = text;

    /// <summary>The tag.</summary>
    public override string ToString() => Name ?? string.Empty;
}
