namespace Copper.Client.Models;

/// <summary>Where the records of a client find the definitions of their custom fields.</summary>
internal interface ICustomFieldCatalogProvider
{
    /// <summary>The account writes the day before the month.</summary>
    bool IsDayFirst { get; }

    /// <summary>The definitions as far as they are loaded; null when they never were. Sends nothing.</summary>
    ICustomFieldCatalog? Known { get; }
}
