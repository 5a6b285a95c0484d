using Copper.Client.Models;

namespace Copper.Client;

/// <summary>A search for companies (developer.copper.com/companies/list-companies-search).</summary>
public sealed class CompanySearch : ContactSearch
{
    /// <summary>A search for all of them, until criteria are set.</summary>
    public CompanySearch()
        : base(CopperEntities.Company)
    {
    }

    /// <summary>The domain of e-mail addresses, for example example.com.</summary>
    public string? EmailDomains
    {
        get => Get<string>();
        set => Set(value);
    }

    /// <summary>The ids of the contact types.</summary>
    public IReadOnlyList<long>? ContactTypeIds
    {
        get => Get<IReadOnlyList<long>>();
        set => Set(value);
    }

    /// <summary>The names of the contact types.</summary>
    public IReadOnlyList<string>? ContactTypes
    {
        get => GetNames(nameof(ContactTypeIds));
        set => SetNames(value, CopperEntityNames.ContactType, nameof(ContactTypeIds));
    }

    /// <summary>The ids of the people to turn to first.</summary>
    public IReadOnlyList<long>? PrimaryContactIds
    {
        get => Get<IReadOnlyList<long>>();
        set => Set(value);
    }
}
