using Copper.Client.Models;

namespace Copper.Client;

/// <summary>A search for activities (developer.copper.com/activities/list-activities-search). They cannot be sorted.</summary>
public sealed class ActivitySearch : RecordSearch
{
    private const string TypeProperty = "ActivityTypes";
    private CopperRelatedResource? _parent;

    /// <summary>A search for all of them, until criteria are set.</summary>
    public ActivitySearch()
        : base(CopperEntities.Activity)
    {
    }

    /// <summary>The record that they are about.</summary>
    public CopperRelatedResource? Parent
    {
        get => _parent;
        set => Set((_parent = value) is null ? null : FieldSet.ReferenceTo(value!));
    }

    /// <summary>The names of the types of activities, for example Note; of both categories.</summary>
    public IReadOnlyList<string>? Types
    {
        get => GetNames(TypeProperty);
        set => SetNames(value, TypeProperty, async (account, _, token) =>
        {
            var types = new List<object>();
            foreach (var name in value!)
            {
                var type = await account.FindActivityTypeAsync(name, null, token).ConfigureAwait(false);
                types.Add(new JsonBody { ["category"] = type.Category, ["id"] = type.Id });
            }

            return types.ToArray();
        });
    }

    /// <summary>Done at this time or later.</summary>
    public DateTimeOffset? MinimumActivityDate
    {
        get => Get<DateTimeOffset?>();
        set => Set(value);
    }

    /// <summary>Done at this time or earlier.</summary>
    public DateTimeOffset? MaximumActivityDate
    {
        get => Get<DateTimeOffset?>();
        set => Set(value);
    }

    /// <summary>
    /// Find more thoroughly, where a search takes too long otherwise. Only administrators may; one activity may come several times.
    /// </summary>
    public bool? FullResult
    {
        get => Get<bool?>();
        set => Set(value);
    }
}
