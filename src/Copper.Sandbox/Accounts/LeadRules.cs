using Copper.Sandbox.Values;

namespace Copper.Sandbox.Accounts;

internal sealed class LeadRules : EntityRules
{
    public override void Prepare(RecordDraft draft) => NameParts.Compose(draft);

    public override void Complete(RecordDraft draft)
    {
        NameParts.Apply(draft);
        draft["interaction_count"] ??= Boxed.Integer(0);
        draft["monetary_unit"] = draft["monetary_value"] is null ? null : "USD";
        CompleteStatus(draft);
    }

    /// <summary>Keeps status and status_id in step; the first status of the account is the default.</summary>
    private static void CompleteStatus(RecordDraft draft)
    {
        var statuses = draft.Account.LeadStatuses;
        var byId = draft["status_id"] is long id ? statuses.Find(id) : null;
        var byName = draft["status"] is string name ? statuses.FindByName(name) : null;
        if (draft.WasSent("status") && draft["status"] is not null && byName is null)
        {
            draft.Errors.Add("status", "is not included in the list");
            return;
        }

        if (draft.WasSent("status") && draft.WasSent("status_id") && byName != byId)
        {
            draft.Errors.Add("status", "does not match Status Id");
            return;
        }

        var status = (draft.WasSent("status") ? byName : byId) ?? statuses.Items[0];
        draft["status"] = status.Name;
        draft["status_id"] = Boxed.Integer(status.Id);
    }
}
