namespace Copper.Client.Models;

/// <summary>What a custom field's value needs to know of the account's definitions to be readable.</summary>
internal interface ICustomFieldCatalog
{
    /// <summary>The definition with this id, or null.</summary>
    CopperCustomFieldDefinition? Find(long id);

    /// <summary>The definitions of this name; case does not matter. Fields of several entities may share a name.</summary>
    IReadOnlyList<CopperCustomFieldDefinition> Named(string name);

    /// <summary>The error of a name that no field of an entity has, with the nearest that there are.</summary>
    /// <param name="name">The name.</param>
    /// <param name="entity">The API's singular word.</param>
    Exception Unknown(string name, string entity);

    /// <summary>The value of a field as people know it.</summary>
    /// <param name="definition">The field.</param>
    /// <param name="value">The value as the service sends it.</param>
    /// <param name="isDayFirst">The account writes the day before the month.</param>
    object? Convert(CopperCustomFieldDefinition definition, object? value, bool isDayFirst);
}
