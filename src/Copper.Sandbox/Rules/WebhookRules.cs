namespace Copper.Sandbox;

internal sealed class WebhookRules : EntityRules
{
    private const int MaximumSubscriptions = 100;

    public override void Complete(RecordDraft draft)
    {
        draft["created_at"] ??= Boxed.Integer(draft.Now);
        if (draft.IsNew && draft.Account.Table(draft.Schema).Count >= MaximumSubscriptions)
        {
            draft.Errors.Add("base", $"an account can have {MaximumSubscriptions} active subscriptions at most");
        }
    }
}
