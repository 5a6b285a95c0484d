using Copper.Client.Models;

namespace Copper.Client;

/// <summary>The fields of a lead (developer.copper.com/leads).</summary>
public abstract class LeadFields : PersonalFields
{
    private protected LeadFields()
        : base(CopperEntities.Lead)
    {
    }

    /// <summary>The e-mail address. A lead has one at most.</summary>
    public CopperEmail? Email
    {
        get => Get<CopperEmail>();
        set => Set(value);
    }

    /// <summary>The company's name: free text.</summary>
    public string? CompanyName
    {
        get => Get<string>();
        set => Set(value);
    }

    /// <summary>The id of the customer source.</summary>
    public long? CustomerSourceId
    {
        get => Get<long?>();
        set => Set(value);
    }

    /// <summary>The name of the customer source.</summary>
    public string? CustomerSource
    {
        get => GetName();
        set => SetName(value, CopperEntityNames.CustomerSource);
    }

    /// <summary>What the lead may be worth, in whole units of the currency.</summary>
    public decimal? MonetaryValue
    {
        get => Get<decimal?>();
        set => Set(value);
    }

    /// <summary>The id of the status.</summary>
    public long? StatusId
    {
        get => Get<long?>();
        set => Set(value);
    }

    /// <summary>The name of the status, one of the account's own.</summary>
    public string? Status
    {
        get => GetName();
        set => SetName(value, CopperEntityNames.LeadStatus);
    }
}
