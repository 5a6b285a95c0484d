using Copper.Client.Models;

namespace Copper.Client;

/// <summary>The fields of an activity (developer.copper.com/activities).</summary>
public abstract class ActivityFields : FieldSet
{
    private const string TypeMember = "type";
    private CopperRelatedResource? _parent;

    private protected ActivityFields()
        : base(CopperEntities.Activity)
    {
    }

    /// <summary>The record that it is about, for example <c>new CopperRelatedResource { Type = "person", Id = 7 }</c>.</summary>
    public CopperRelatedResource? Parent
    {
        get => _parent;
        set => Set((_parent = value) is null ? null : ReferenceTo(value!));
    }

    /// <summary>
    /// The name of the type: Note, Phone Call, Meeting, or one of the account's own. Only types of the category user can be written.
    /// </summary>
    public string? Type
    {
        get => GetWaiting(TypeMember) as string;
        set => SetWaiting(TypeMember, value, async (account, _, token) =>
        {
            var type = await account.FindActivityTypeAsync(value!, CopperActivityType.UserCategory, token).ConfigureAwait(false);
            return new JsonBody { ["category"] = type.Category, ["id"] = type.Id };
        });
    }

    /// <summary>What was done.</summary>
    public string? Details
    {
        get => Get<string>();
        set => Set(value);
    }

    /// <summary>When it was done; by default now. It may lie in the future.</summary>
    public DateTimeOffset? ActivityDate
    {
        get => Get<DateTimeOffset?>();
        set => Set(value);
    }

    /// <summary>The id of the user who did it; by default the user of the credential.</summary>
    public long? UserId
    {
        get => Get<long?>();
        set => Set(value);
    }

    /// <summary>The user who did it: name, e-mail address, or me.</summary>
    public string? User
    {
        get => GetName();
        set => SetName(value, CopperEntityNames.User);
    }
}
