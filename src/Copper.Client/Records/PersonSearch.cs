using Copper.Client.Models;

namespace Copper.Client;

/// <summary>A search for people (developer.copper.com/people/list-people-search).</summary>
/// <example><code>client.People.Search(new PersonSearch { City = "Paris", Assignees = ["me"], First = 5 })</code></example>
public sealed class PersonSearch : ContactSearch
{
    /// <summary>A search for all of them, until criteria are set.</summary>
    public PersonSearch()
        : base(CopperEntities.Person)
    {
    }

    /// <summary>E-mail addresses, of which a person has at least one.</summary>
    public IReadOnlyList<string>? Emails
    {
        get => Get<IReadOnlyList<string>>();
        set => Set(value);
    }

    /// <summary>The job title.</summary>
    public string? Title
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

    /// <summary>The ids of the companies. <see cref="SearchQuery.None"/> finds those that have none.</summary>
    public IReadOnlyList<long>? CompanyIds
    {
        get => Get<IReadOnlyList<long>>();
        set => Set(value);
    }

    /// <summary>The ids of opportunities that they have a part in.</summary>
    public IReadOnlyList<long>? OpportunityIds
    {
        get => Get<IReadOnlyList<long>>();
        set => Set(value);
    }
}
