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

    /// <summary>All of them.</summary>
    public static IReadOnlyList<CopperEntity> All { get; } = [Person];
}
