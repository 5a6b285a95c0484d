using Copper.Sandbox.Values;

namespace Copper.Sandbox.Accounts;

/// <summary>An attribute that relates its record to another one.</summary>
/// <param name="Schema">Entity that has the attribute.</param>
/// <param name="Name">Name of the attribute.</param>
/// <param name="Target">Type the attribute points to; null if its value says the type itself.</param>
/// <param name="IsOnlyRelation">Whether a record can have no further relation of this kind.</param>
/// <param name="IsSetByRelating">Whether relating the records fills the attribute if it is empty.</param>
internal sealed record LinkAttribute(EntitySchema Schema, string Name, string? Target, bool IsOnlyRelation, bool IsSetByRelating)
{
    /// <remarks>Source of the limits: developer.copper.com/related-items/overview. That relating fills an empty attribute is
    /// inferred.</remarks>
    public static IReadOnlyList<LinkAttribute> All { get; } =
    [
        new(EntitySchemas.Person, "company_id", "company", IsOnlyRelation: true, IsSetByRelating: true),
        new(EntitySchemas.Task, "related_resource", null, IsOnlyRelation: true, IsSetByRelating: true),
        new(EntitySchemas.Opportunity, "company_id", "company", IsOnlyRelation: false, IsSetByRelating: true),
        new(EntitySchemas.Opportunity, "primary_contact_id", "person", IsOnlyRelation: false, IsSetByRelating: false),
        new(EntitySchemas.Project, "related_resource", null, IsOnlyRelation: false, IsSetByRelating: false),
    ];

    /// <summary>Where a record points with this attribute; null if nowhere.</summary>
    public ResourceReference? TargetOf(Record record) => record.Values[Schema.IndexOf(Name)] switch
    {
        long id => new ResourceReference(Target!, id),
        ResourceReference reference => reference,
        _ => null,
    };

    /// <summary>Whether the attribute of an entity of the first type can point to a record of the second.</summary>
    public bool Joins(string from, string to) => Schema.Type == from && (Target is null || Target == to);

    public void Set(Record record, ResourceReference? target)
    {
        record.Values[Schema.IndexOf(Name)] = target is null || Target is null ? target : Boxed.Integer(target.Id);
        record.Rendered = null;
    }
}
