namespace Copper.Client;

/// <summary>The criteria that searches for people, companies and leads have in common.</summary>
public abstract class ContactSearch : NamedSearch
{
    private protected ContactSearch(CopperEntity entity)
        : base(entity)
    {
    }

    /// <summary>A phone number, with or without punctuation: a record matches whose number ends with these digits.</summary>
    public string? PhoneNumber
    {
        get => Get<string>();
        set => Set(value);
    }

    /// <summary>The city.</summary>
    public string? City
    {
        get => Get<string>();
        set => Set(value);
    }

    /// <summary>The state or region.</summary>
    public string? State
    {
        get => Get<string>();
        set => Set(value);
    }

    /// <summary>The postal code.</summary>
    public string? PostalCode
    {
        get => Get<string>();
        set => Set(value);
    }

    /// <summary>The two-letter code of the country, for example US.</summary>
    public string? Country
    {
        get => Get<string>();
        set => Set(value);
    }

    /// <summary>Addresses of social profiles, of which a record has at least one.</summary>
    public IReadOnlyList<string>? Socials
    {
        get => Get<IReadOnlyList<string>>();
        set => Set(value);
    }

    /// <summary>The most seconds since the record was created.</summary>
    public long? Age
    {
        get => Get<long?>();
        set => Set(value);
    }

    /// <summary>With interactions in a number of at least this.</summary>
    public long? MinimumInteractionCount
    {
        get => Get<long?>();
        set => Set(value);
    }

    /// <summary>With interactions in a number of at most this.</summary>
    public long? MaximumInteractionCount
    {
        get => Get<long?>();
        set => Set(value);
    }

    /// <summary>Last interaction at this time or later.</summary>
    public DateTimeOffset? MinimumInteractionDate
    {
        get => Get<DateTimeOffset?>();
        set => Set(value);
    }

    /// <summary>Last interaction at this time or earlier.</summary>
    public DateTimeOffset? MaximumInteractionDate
    {
        get => Get<DateTimeOffset?>();
        set => Set(value);
    }
}
