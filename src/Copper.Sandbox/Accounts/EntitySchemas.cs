namespace Copper.Sandbox.Accounts;

/// <summary>
/// The attribute table of each entity: names, types and who sets them, in the order of replies.
/// Source: the property tables and examples of developer.copper.com and of the vendor's Postman collection.
/// </summary>
internal static partial class EntitySchemas
{
    /// <summary>The six entities that can be searched, related and given custom fields.</summary>
    public static IReadOnlyList<EntitySchema> Main { get; } = [Lead, Person, Company, Opportunity, Project, Task];

    /// <summary>The main entity with this singular name, such as "person".</summary>
    public static EntitySchema? FindByType(string? type) => Main.FirstOrDefault(schema => schema.Type == type);

    /// <summary>The main entity with this plural name, such as "people".</summary>
    public static EntitySchema? FindByPath(string? path) => Main.FirstOrDefault(schema => schema.Path == path);
}
