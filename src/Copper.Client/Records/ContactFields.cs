using Copper.Client.Models;

namespace Copper.Client;

/// <summary>The fields that people, companies and leads have in common.</summary>
public abstract class ContactFields : NamedFields
{
    private protected ContactFields(CopperEntity entity)
        : base(entity)
    {
    }

    /// <summary>The postal address, as a whole: a part that is null is cleared.</summary>
    public CopperAddress? Address
    {
        get => Get<CopperAddress>();
        set => Set(value);
    }

    /// <summary>The phone numbers, all of them.</summary>
    public IReadOnlyList<CopperPhoneNumber>? PhoneNumbers
    {
        get => Get<IReadOnlyList<CopperPhoneNumber>>();
        set => Set(value);
    }

    /// <summary>The social profiles, all of them.</summary>
    public IReadOnlyList<CopperSocial>? Socials
    {
        get => Get<IReadOnlyList<CopperSocial>>();
        set => Set(value);
    }

    /// <summary>The websites, all of them.</summary>
    public IReadOnlyList<CopperWebsite>? Websites
    {
        get => Get<IReadOnlyList<CopperWebsite>>();
        set => Set(value);
    }
}
