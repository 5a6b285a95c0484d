using Copper.Client.Models;

namespace Copper.Client;

/// <summary>The criteria that searches for people, companies, leads, opportunities, projects and tasks have in common.</summary>
public abstract class NamedSearch : RecordSearch
{
    private const int FollowedByUser = 1;
    private const int NotFollowedByUser = 2;

    private protected NamedSearch(CopperEntity entity)
        : base(entity)
    {
    }

    /// <summary>The ids of the records.</summary>
    public IReadOnlyList<long>? Ids
    {
        get => Get<IReadOnlyList<long>>();
        set => Set(value);
    }

    /// <summary>The name.</summary>
    public string? Name
    {
        get => Get<string>();
        set => Set(value);
    }

    /// <summary>The ids of the users who own the records. <see cref="SearchQuery.None"/> finds those that have none.</summary>
    public IReadOnlyList<long>? AssigneeIds
    {
        get => Get<IReadOnlyList<long>>();
        set => Set(value);
    }

    /// <summary>The users who own the records: names, e-mail addresses, or me.</summary>
    public IReadOnlyList<string>? Assignees
    {
        get => GetNames(nameof(AssigneeIds));
        set => SetNames(value, CopperEntityNames.User, nameof(AssigneeIds));
    }

    /// <summary>Tags, of which a record has at least one.</summary>
    public IReadOnlyList<string>? Tags
    {
        get => Get<IReadOnlyList<string>>();
        set => Set(value);
    }

    /// <summary>True for records that the user of the credential follows, false for others.</summary>
    /// <remarks>The service takes 1 and 2 for it (developer.copper.com/people/list-people-search).</remarks>
    public bool? Followed
    {
        get => Get<int?>() is { } number ? number == FollowedByUser : null;
        set => Set(value switch { null => null, true => FollowedByUser, false => NotFollowedByUser });
    }

    /// <summary>Created at this time or later.</summary>
    public DateTimeOffset? MinimumCreatedDate
    {
        get => Get<DateTimeOffset?>();
        set => Set(value);
    }

    /// <summary>Created at this time or earlier.</summary>
    public DateTimeOffset? MaximumCreatedDate
    {
        get => Get<DateTimeOffset?>();
        set => Set(value);
    }

    /// <summary>Changed at this time or later.</summary>
    public DateTimeOffset? MinimumModifiedDate
    {
        get => Get<DateTimeOffset?>();
        set => Set(value);
    }

    /// <summary>Changed at this time or earlier.</summary>
    public DateTimeOffset? MaximumModifiedDate
    {
        get => Get<DateTimeOffset?>();
        set => Set(value);
    }

    /// <summary>
    /// Custom fields: a choice or several by label, null for none; true or false; a day or a number, or a range of them as a dictionary
    /// with Min and Max. Text cannot be searched.
    /// </summary>
    public CustomFieldSet CustomFields { get; } = new();

    private protected override CustomFieldSet? CustomFieldCriteria => CustomFields;
}
