using Copper.Client.Json;

namespace Copper.Client.Models;

/// <summary>A record whose date of creation is known and can be searched for.</summary>
public interface IDatedRecord : ICopperRecord
{
    /// <summary>When the record was created (UTC).</summary>
    DateTimeOffset? DateCreated { get; }
}

/// <summary>A record with tags. All of this kind have a date of creation too.</summary>
public interface ITaggedRecord : IDatedRecord
{
    /// <summary>The tags.</summary>
    CopperList<string> Tags { get; }
}

/// <summary>A record with a postal address.</summary>
public interface IAddressedRecord : ICopperRecord
{
    /// <summary>The address; null when there is none.</summary>
    CopperAddress? Address { get; }
}

/// <summary>A record with phone numbers, profiles and websites.</summary>
public interface IContactRecord : IAddressedRecord
{
    /// <summary>The phone numbers.</summary>
    CopperList<CopperPhoneNumber> PhoneNumbers { get; }

    /// <summary>The social profiles.</summary>
    CopperList<CopperSocial> Socials { get; }

    /// <summary>The websites.</summary>
    CopperList<CopperWebsite> Websites { get; }
}

/// <summary>A record with custom fields.</summary>
public interface ICustomFieldRecord : ICopperRecord
{
    /// <summary>The custom fields that have a value, and those available on the record's kind that have none.</summary>
    CopperCustomFieldList CustomFields { get; }
}

/// <summary>A record of somebody, whose name the service also keeps in its parts.</summary>
public interface IPersonalRecord : IAddressedRecord
{
    /// <summary>The full name.</summary>
    string? Name { get; }

    /// <summary>The part before the first name, for example a title.</summary>
    string? Prefix { get; }

    /// <summary>The first name.</summary>
    string? FirstName { get; }

    /// <summary>The middle name.</summary>
    string? MiddleName { get; }

    /// <summary>The last name.</summary>
    string? LastName { get; }

    /// <summary>The part after the last name, for example Jr.</summary>
    string? Suffix { get; }
}
