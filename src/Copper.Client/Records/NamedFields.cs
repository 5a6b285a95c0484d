using Copper.Client.Models;

namespace Copper.Client;

/// <summary>The fields that people, companies, leads, opportunities, projects and tasks have in common.</summary>
public abstract class NamedFields : FieldSet
{
    private readonly CopperEntity _entity;

    private protected NamedFields(CopperEntity entity)
        : base(entity) => _entity = entity;

    /// <summary>The name. A new record must have one.</summary>
    public string? Name
    {
        get => Get<string>();
        set => Set(value);
    }

    /// <summary>Free text.</summary>
    public string? Details
    {
        get => Get<string>();
        set => Set(value);
    }

    /// <summary>The id of the user who owns the record.</summary>
    public long? AssigneeId
    {
        get => Get<long?>();
        set => Set(value);
    }

    /// <summary>The user who owns the record: name, e-mail address, or me for the user of the credential.</summary>
    public string? Assignee
    {
        get => GetName();
        set => SetName(value, CopperEntityNames.User);
    }

    /// <summary>The tags, all of them: what is not here is taken away.</summary>
    public IReadOnlyList<string>? Tags
    {
        get => Get<IReadOnlyList<string>>();
        set => Set(value);
    }

    /// <summary>Custom fields by name.</summary>
    public CustomFieldSet CustomFields { get; } = new();

    private protected override CustomFieldSet? CustomFieldValues => CustomFields;

    /// <summary>Rejects a new record without a name: the service would (all create pages of developer.copper.com).</summary>
    private protected void CheckName(JsonBody fields)
    {
        if (!fields.Contains("name") || string.IsNullOrWhiteSpace(fields["name"] as string))
        {
            throw new ArgumentException($"A new {_entity.Name} needs a name: set {nameof(Name)}.");
        }
    }
}
