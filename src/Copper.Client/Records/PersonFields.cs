using Copper.Client.Models;

namespace Copper.Client;

/// <summary>The fields of a person (developer.copper.com/people).</summary>
public abstract class PersonFields : PersonalFields
{
    private protected PersonFields()
        : base(CopperEntities.Person)
    {
    }

    /// <summary>The e-mail addresses, all of them; unique among people.</summary>
    public IReadOnlyList<CopperEmail>? Emails
    {
        get => Get<IReadOnlyList<CopperEmail>>();
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
}
