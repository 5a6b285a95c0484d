using Copper.Client.Models;

namespace Copper.Client;

/// <summary>A search for leads (developer.copper.com/leads/list-leads-search).</summary>
public sealed class LeadSearch : ContactSearch
{
    /// <summary>A search for all of them, until criteria are set.</summary>
    public LeadSearch()
        : base(CopperEntities.Lead)
    {
    }

    /// <summary>An e-mail address. The service takes one for leads.</summary>
    public string? Emails
    {
        get => Get<string>();
        set => Set(value);
    }

    /// <summary>The first name.</summary>
    public string? FirstName
    {
        get => Get<string>();
        set => Set(value);
    }

    /// <summary>The middle name.</summary>
    public string? MiddleName
    {
        get => Get<string>();
        set => Set(value);
    }

    /// <summary>The last name.</summary>
    public string? LastName
    {
        get => Get<string>();
        set => Set(value);
    }

    /// <summary>The company's name.</summary>
    public string? CompanyName
    {
        get => Get<string>();
        set => Set(value);
    }

    /// <summary>The job title.</summary>
    public string? Title
    {
        get => Get<string>();
        set => Set(value);
    }

    /// <summary>The ids of the statuses.</summary>
    public IReadOnlyList<long>? StatusIds
    {
        get => Get<IReadOnlyList<long>>();
        set => Set(value);
    }

    /// <summary>The names of the statuses.</summary>
    public IReadOnlyList<string>? Statuses
    {
        get => GetNames(nameof(StatusIds));
        set => SetNames(value, CopperEntityNames.LeadStatus, nameof(StatusIds));
    }

    /// <summary>The ids of the customer sources. <see cref="SearchQuery.None"/> finds those that have none.</summary>
    public IReadOnlyList<long>? CustomerSourceIds
    {
        get => Get<IReadOnlyList<long>>();
        set => Set(value);
    }

    /// <summary>The names of the customer sources.</summary>
    public IReadOnlyList<string>? CustomerSources
    {
        get => GetNames(nameof(CustomerSourceIds));
        set => SetNames(value, CopperEntityNames.CustomerSource, nameof(CustomerSourceIds));
    }

    /// <summary>Worth at least this.</summary>
    public decimal? MinimumMonetaryValue
    {
        get => Get<decimal?>();
        set => Set(value);
    }

    /// <summary>Worth at most this.</summary>
    public decimal? MaximumMonetaryValue
    {
        get => Get<decimal?>();
        set => Set(value);
    }

    /// <summary>Also leads that were converted.</summary>
    public bool? IncludeConvertedLeads
    {
        get => Get<bool?>();
        set => Set(value);
    }
}
