using Copper.Client.Models;

namespace Copper.Client;

/// <summary>The fields of a project (developer.copper.com/projects).</summary>
public abstract class ProjectFields : NamedFields
{
    private CopperRelatedResource? _related;

    private protected ProjectFields()
        : base(CopperEntities.Project)
    {
    }

    /// <summary>
    /// The record that it belongs to, for example <c>new CopperRelatedResource { Type = "person", Id = 7 }</c>.
    /// </summary>
    public CopperRelatedResource? RelatedResource
    {
        get => _related;
        set => Set((_related = value) is null ? null : ReferenceTo(value!));
    }

    /// <summary>Open or Completed.</summary>
    /// <exception cref="ArgumentException">Another word was set.</exception>
    public string? Status
    {
        get => Get<string>();
        set => SetWord(value, CopperVocabulary.WorkStatuses);
    }
}
