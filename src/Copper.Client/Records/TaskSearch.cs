using Copper.Client.Models;

namespace Copper.Client;

/// <summary>A search for tasks (developer.copper.com/tasks/list-tasks-search).</summary>
public sealed class TaskSearch : NamedSearch
{
    /// <summary>A search for all of them, until criteria are set.</summary>
    public TaskSearch()
        : base(CopperEntities.Task)
    {
    }

    /// <summary>Open or Completed.</summary>
    /// <exception cref="ArgumentException">Another word was set.</exception>
    public IReadOnlyList<string>? Statuses
    {
        get => Get<IReadOnlyList<string>>();
        set => SetWords(value, CopperVocabulary.WorkStatuses);
    }

    /// <summary>None, Low, Medium or High.</summary>
    /// <exception cref="ArgumentException">Another word was set.</exception>
    public IReadOnlyList<string>? Priorities
    {
        get => Get<IReadOnlyList<string>>();
        set => SetWords(value, CopperVocabulary.Priorities);
    }

    /// <summary>The ids of opportunities that they belong to.</summary>
    public IReadOnlyList<long>? OpportunityIds
    {
        get => Get<IReadOnlyList<long>>();
        set => Set(value);
    }

    /// <summary>The ids of projects that they belong to. <see cref="SearchQuery.None"/> finds those that have none.</summary>
    public IReadOnlyList<long>? ProjectIds
    {
        get => Get<IReadOnlyList<long>>();
        set => Set(value);
    }

    /// <summary>Due at this time or later.</summary>
    public DateTimeOffset? MinimumDueDate
    {
        get => Get<DateTimeOffset?>();
        set => Set(value);
    }

    /// <summary>Due at this time or earlier.</summary>
    public DateTimeOffset? MaximumDueDate
    {
        get => Get<DateTimeOffset?>();
        set => Set(value);
    }

    /// <summary>With a reminder at this time or later.</summary>
    public DateTimeOffset? MinimumReminderDate
    {
        get => Get<DateTimeOffset?>();
        set => Set(value);
    }

    /// <summary>With a reminder at this time or earlier.</summary>
    public DateTimeOffset? MaximumReminderDate
    {
        get => Get<DateTimeOffset?>();
        set => Set(value);
    }

    /// <summary>Completed at this time or later.</summary>
    public DateTimeOffset? MinimumCompletedDate
    {
        get => Get<DateTimeOffset?>();
        set => Set(value);
    }

    /// <summary>Completed at this time or earlier.</summary>
    public DateTimeOffset? MaximumCompletedDate
    {
        get => Get<DateTimeOffset?>();
        set => Set(value);
    }
}
