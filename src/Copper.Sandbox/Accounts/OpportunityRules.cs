using Copper.Sandbox.Json;
using Copper.Sandbox.Values;

namespace Copper.Sandbox.Accounts;

internal sealed class OpportunityRules : EntityRules
{
    public override void Complete(RecordDraft draft)
    {
        draft["interaction_count"] ??= Boxed.Integer(0);
        if (draft.IsNew && !draft.WasSent("priority"))
        {
            draft["priority"] ??= "None";
        }

        draft["status"] ??= "Open";
        draft["monetary_unit"] = draft["monetary_value"] is null ? null : "USD";
        TakeOverCompany(draft);
        CompleteStage(draft);
        CheckLossReason(draft);
    }

    public override void AfterSave(RecordDraft draft, Record record)
    {
        if (draft.IsNew || Equals(draft.ValueBefore("pipeline_stage_id"), draft["pipeline_stage_id"]))
        {
            return;
        }

        ActivityRules.LogSystemActivity(
            draft,
            new ResourceReference("opportunity", record.Id),
            ActivityTypeKey.PipelineStageChanged,
            ShowStage(draft.Account, (long?)draft.ValueBefore("pipeline_stage_id")),
            ShowStage(draft.Account, (long?)draft["pipeline_stage_id"]));
    }

    /// <summary>A new opportunity without a company takes the one of its primary contact, as in the vendor's example.</summary>
    private static void TakeOverCompany(RecordDraft draft)
    {
        if (draft.IsNew && draft["company_id"] is null
            && draft["primary_contact_id"] is long contactId
            && draft.Account.People.Find(contactId) is { } contact)
        {
            draft["company_id"] = contact.Values[EntitySchemas.Person.IndexOf("company_id")];
        }
    }

    /// <summary>
    /// Default: the first pipeline and its first stage. That the win probability follows the stage unless it is sent
    /// is not documented; it is what the probabilities of the stages are for.
    /// </summary>
    private static void CompleteStage(RecordDraft draft)
    {
        var account = draft.Account;
        var pipeline = draft["pipeline_id"] is long pipelineId ? account.FindPipeline(pipelineId) : null;
        pipeline ??= account.Pipelines.Items[0];
        bool movedAlong = draft.WasSent("pipeline_id") && !draft.WasSent("pipeline_stage_id")
            && !Equals(draft.ValueBefore("pipeline_id"), draft["pipeline_id"]);
        var stage = draft["pipeline_stage_id"] is long stageId && !movedAlong ? account.FindStage(stageId) : null;
        stage ??= pipeline.Stages[0];
        if (stage.PipelineId != pipeline.Id && !draft.WasSent("pipeline_id") && draft.IsNew)
        {
            // A stage alone says which pipeline is meant.
            pipeline = account.FindPipeline(stage.PipelineId)!;
        }

        if (stage.PipelineId != pipeline.Id)
        {
            draft.Errors.Add("pipeline_stage_id", "does not belong to the pipeline");
            return;
        }

        bool stageChanged = !Equals(draft.ValueBefore("pipeline_stage_id"), stage.Id);
        draft["pipeline_id"] = Boxed.Integer(pipeline.Id);
        draft["pipeline_stage_id"] = Boxed.Integer(stage.Id);
        if (stageChanged)
        {
            draft["date_stage_changed"] = Boxed.Integer(draft.Now);
            if (!draft.WasSent("win_probability"))
            {
                draft["win_probability"] = Boxed.Integer(stage.WinProbability);
            }
        }
    }

    /// <summary>A loss reason goes with the status Lost only; reopening or winning drops it.</summary>
    private static void CheckLossReason(RecordDraft draft)
    {
        if ((string?)draft["status"] == "Lost" || draft["loss_reason_id"] is null)
        {
            return;
        }

        if (draft.WasSent("loss_reason_id"))
        {
            draft.Errors.Add("loss_reason_id", "is only allowed with the status Lost");
        }

        draft["loss_reason_id"] = null;
    }

    private static RawJson? ShowStage(Account account, long? stageId) =>
        stageId is long id && account.FindStage(id) is { } stage
            ? new RawJson(JsonText.Text(writer =>
            {
                writer.WriteStartObject();
                writer.WriteNumber("id", stage.Id);
                writer.WriteString("name", stage.Name);
                writer.WriteEndObject();
            }))
            : null;
}
