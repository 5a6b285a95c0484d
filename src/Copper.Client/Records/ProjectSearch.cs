using Copper.Client.Models;

namespace Copper.Client;

/// <summary>A search for projects (developer.copper.com/projects/list-projects-search).</summary>
public sealed class ProjectSearch : NamedSearch
{
    /// <summary>A search for all of them, until criteria are set.</summary>
    public ProjectSearch()
        : base(CopperEntities.Project)
    {
    }

    /// <summary>Open or Completed.</summary>
    /// <exception cref="ArgumentException">Another word was set.</exception>
    public IReadOnlyList<string>? Statuses
    {
        get => Get<IReadOnlyList<string>>();
        set => SetWords(value, CopperVocabulary.WorkStatuses);
    }
}
