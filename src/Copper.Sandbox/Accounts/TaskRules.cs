using Copper.Sandbox.Values;

namespace Copper.Sandbox.Accounts;

internal sealed class TaskRules : EntityRules
{
    public override void Complete(RecordDraft draft)
    {
        draft["status"] ??= "Open";
        if (draft.IsNew && !draft.WasSent("priority"))
        {
            draft["priority"] ??= "None";
        }

        draft["custom_activity_type_id"] ??= draft.Account.DefaultTaskType;

        // The server alone dates the completion; opening the task again takes the date away.
        bool isCompleted = (string?)draft["status"] == "Completed";
        if (isCompleted && draft["completed_date"] is null)
        {
            draft["completed_date"] = Boxed.Integer(draft.Now);
        }
        else if (!isCompleted)
        {
            draft["completed_date"] = null;
        }
    }
}

internal sealed class ProjectRules : EntityRules
{
    public override void Complete(RecordDraft draft) => draft["status"] ??= "Open";
}
