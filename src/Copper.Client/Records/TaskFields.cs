using Copper.Client.Models;

namespace Copper.Client;

/// <summary>The fields of a task (developer.copper.com/tasks).</summary>
public abstract class TaskFields : NamedFields
{
    private CopperRelatedResource? _related;

    private protected TaskFields()
        : base(CopperEntities.Task)
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

    /// <summary>When it is due.</summary>
    public DateTimeOffset? DueDate
    {
        get => Get<DateTimeOffset?>();
        set => Set(value);
    }

    /// <summary>When its owner is reminded.</summary>
    public DateTimeOffset? ReminderDate
    {
        get => Get<DateTimeOffset?>();
        set => Set(value);
    }

    /// <summary>None, Low, Medium or High.</summary>
    /// <exception cref="ArgumentException">Another word was set.</exception>
    public string? Priority
    {
        get => Get<string>();
        set => SetWord(value, CopperVocabulary.Priorities);
    }

    /// <summary>Open or Completed.</summary>
    /// <exception cref="ArgumentException">Another word was set.</exception>
    public string? Status
    {
        get => Get<string>();
        set => SetWord(value, CopperVocabulary.WorkStatuses);
    }
}
