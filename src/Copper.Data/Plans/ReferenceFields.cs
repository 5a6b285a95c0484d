using Copper.Client;
using Copper.Client.Models;
using Copper.Data.Columns;

namespace Copper.Data.Plans;

/// <summary>The fields of records that point to other records.</summary>
internal static class ReferenceFields
{
    private const string RelatedResource = "related_resource";

    private static readonly (string Entity, string Field, string? Target)[] All =
    [
        (CopperEntityNames.Person, "company_id", CopperEntityNames.Company),
        (CopperEntityNames.Opportunity, "company_id", CopperEntityNames.Company),
        (CopperEntityNames.Opportunity, "primary_contact_id", CopperEntityNames.Person),
        (CopperEntityNames.Company, "primary_contact_id", CopperEntityNames.Person),
        (CopperEntityNames.Task, RelatedResource, null),
        (CopperEntityNames.Project, RelatedResource, null),
    ];

    /// <summary>The fields of an entity that can point to records of another.</summary>
    public static IEnumerable<string> Between(string entity, string target) => All
        .Where(item => item.Entity == entity && (item.Target is null || item.Target == target))
        .Select(static item => item.Field);

    /// <summary>The record to which a value points in such a field; null for none, and for a field that points to none.</summary>
    public static RecordEnd? TargetOf(string field, object? value) => (field, value) switch
    {
        (_, null) => null,
        ("company_id", _) => EndOf(CopperEntityNames.Company, value),
        ("primary_contact_id", _) => EndOf(CopperEntityNames.Person, value),
        (RelatedResource or "parent" or "from" or "to" or "source" or "target", _) => RecordEnd.From(value),
        _ => null,
    };

    /// <summary>What the field holds when it points to a record.</summary>
    public static object ValueOf(string field, RecordEnd target) =>
        field is "company_id" or "primary_contact_id" ? target.Id : target.ToBody();

    /// <summary>The record to which a record points with a field; null for none.</summary>
    public static RecordEnd? TargetOf(ICopperRecord record, string field) =>
        TargetOf(field, RecordFields.ValueOf(record, field, "MM/dd/yyyy"));

    /// <summary>The body with every pointer to a record that has a new id led to it.</summary>
    public static JsonBody Mapped(JsonBody body, IReadOnlyDictionary<(string Entity, long OldId), long>? ids)
    {
        var mapped = new JsonBody();
        foreach (var member in body)
        {
            mapped[member.Key] = ids is not null
                && TargetOf(member.Key, member.Value) is { } target
                && ids.TryGetValue((target.Type, target.Id), out var id)
                    ? ValueOf(member.Key, target with { Id = id })
                    : member.Value;
        }

        return mapped;
    }

    private static RecordEnd? EndOf(string entity, object? value) => RecordEnd.IdOf(value) is { } id ? new RecordEnd(entity, id) : null;
}
