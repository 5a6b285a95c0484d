using Copper.Sandbox.Errors;
using Copper.Sandbox.Values;

namespace Copper.Sandbox.Accounts;

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

        // This one message does not follow the pattern of validation errors; the vendor's page shows its beginning.
        if (!draft.Errors.Any && !WebhookTargetType.IsAllowed((string)draft["target"]!))
        {
            throw ApiException.Unprocessable("Invalid input: Invalid URI For External Request");
        }
    }
}
