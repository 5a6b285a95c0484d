using Copper.Client.Crm.Models;
using Copper.Client.Json;

namespace Copper.Client.Crm;

/// <summary>A record with tags.</summary>
public interface ITaggedRecord : ICopperRecord
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
