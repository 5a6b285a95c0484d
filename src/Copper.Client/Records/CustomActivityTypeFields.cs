using Copper.Client.Models;

namespace Copper.Client;

/// <summary>The fields of a type of activities that the account creates (the vendor's Postman collection).</summary>
public abstract class CustomActivityTypeFields : FieldSet
{
    private protected CustomActivityTypeFields()
        : base(CopperEntities.CustomActivityType)
    {
    }

    /// <summary>The name.</summary>
    public string? Name
    {
        get => Get<string>();
        set => Set(value);
    }

    /// <summary>The picture: one of <see cref="CopperVocabulary.IconTypes"/>.</summary>
    /// <exception cref="ArgumentException">Another word was set.</exception>
    public string? IconType
    {
        get => Get<string>();
        set => SetWord(value, CopperVocabulary.IconTypes);
    }
}
