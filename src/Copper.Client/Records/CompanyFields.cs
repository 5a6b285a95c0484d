using Copper.Client.Models;

namespace Copper.Client;

/// <summary>The fields of a company (developer.copper.com/companies).</summary>
public abstract class CompanyFields : ContactFields
{
    private protected CompanyFields()
        : base(CopperEntities.Company)
    {
    }

    /// <summary>The domain of the e-mail addresses, for example example.com; unique among companies.</summary>
    public string? EmailDomain
    {
        get => Get<string>();
        set => Set(value);
    }

    /// <summary>The id of the contact type.</summary>
    public long? ContactTypeId
    {
        get => Get<long?>();
        set => Set(value);
    }

    /// <summary>The name of the contact type.</summary>
    public string? ContactType
    {
        get => GetName();
        set => SetName(value, CopperEntityNames.ContactType);
    }

    /// <summary>The id of the person to turn to first.</summary>
    public long? PrimaryContactId
    {
        get => Get<long?>();
        set => Set(value);
    }
}
