using Copper.Sandbox.Values;

namespace Copper.Sandbox.Accounts;

internal sealed class ActivityRules : EntityRules
{
    /// <summary>Writes an entry of the category "system", which only the server can.</summary>
    public static void LogSystemActivity(
        RecordDraft cause, ResourceReference parent, ActivityTypeKey type, RawJson? oldValue, RawJson? newValue)
    {
        var account = cause.Account;
        var activity = new RecordDraft(account, EntitySchemas.Activity, null, DateTimeOffset.FromUnixTimeSeconds(cause.Now))
        {
            ["parent"] = parent,
            ["type"] = type,
            ["user_id"] = Boxed.Integer(account.Owner.Id),
            ["old_value"] = oldValue,
            ["new_value"] = newValue,
            ["activity_date"] = Boxed.Integer(cause.Now),
            ["date_created"] = Boxed.Integer(cause.Now),
            ["date_modified"] = Boxed.Integer(cause.Now),
        };
        account.Activities.Add(new Record(account.Activities.NextId(), activity.Values));
    }

    public override void Complete(RecordDraft draft)
    {
        draft["activity_date"] ??= Boxed.Integer(draft.Now);
        draft["user_id"] ??= Boxed.Integer(draft.Account.Owner.Id);
        if (draft.Existing is not null && draft.ValueBefore("type") is ActivityTypeKey { Category: not "user" })
        {
            draft.Errors.Add("base", "only activities of the category user can be changed");
        }
    }

    /// <summary>In all published responses a new activity was modified when it happened or when it was logged, whichever is
    /// earlier.</summary>
    public override void BeforeInsert(RecordDraft draft) => draft["date_modified"] =
        Boxed.Integer(Math.Min((long)draft["activity_date"]!, (long)draft["date_created"]!));

    public override void AfterDelete(Account account, Record record)
    {
        account.DeletedActivities.Add(record.Id);
        account.RecountInteractions(EntitySchemas.Activity.Get<ResourceReference>(record, "parent")!);
    }

    public override void AfterSave(RecordDraft draft, Record record)
    {
        var account = draft.Account;
        account.RecountInteractions((ResourceReference)draft["parent"]!);
        if (draft.ValueBefore("parent") is ResourceReference former && !former.Equals(draft["parent"]))
        {
            account.RecountInteractions(former);
        }
    }
}
