using Copper.Client.Crm.Models;
using Copper.Client.Json;

namespace Copper.Client.Crm;

/// <summary>Every kind of record, a line each: its words on the wire, its model, and the sort fields that the documentation names.</summary>
public static class CopperEntities
{
    private static CopperJsonContext Json => CopperJsonContext.Default;

    /// <summary>People (developer.copper.com/people/list-people-search).</summary>
    public static CopperEntity<CopperPerson> Person { get; } = new(
        "person",
        "people",
        Json.CopperPerson,
        Json.ListCopperPerson,
        "name", "first_name", "last_name", "title", "email", "phone", "date_modified", "date_created", "city", "state", "country", "zip", "socials");

    /// <summary>Definitions of custom fields (developer.copper.com/custom-fields). Listed whole, not searched.</summary>
    public static CopperEntity<CopperCustomFieldDefinition> CustomFieldDefinition { get; } = new(
        "custom field definition",
        "custom_field_definitions",
        Json.CopperCustomFieldDefinition,
        Json.ListCopperCustomFieldDefinition);

    /// <summary>Types of activities of the account's own. Listed whole, not searched.</summary>
    public static CopperEntity<CopperCustomActivityType> CustomActivityType { get; } = new(
        "custom activity type",
        "custom_activity_types",
        Json.CopperCustomActivityType,
        Json.ListCopperCustomActivityType);

    /// <summary>All that can be searched.</summary>
    public static IReadOnlyList<CopperEntity> All { get; } = [Person];
}
