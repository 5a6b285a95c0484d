namespace Copper.Sandbox.Accounts;

internal sealed class CustomFieldDefinitionRules : EntityRules
{
    public override void Complete(RecordDraft draft)
    {
        CompleteCanonicalName(draft);
        CompleteOptions(draft);
        if (draft["data_type"] as string != "Currency")
        {
            if (draft.WasSent("currency") && draft["currency"] is not null)
            {
                draft.Errors.Add("currency", "is only allowed with the data type Currency");
            }

            draft["currency"] = null;
        }
        else
        {
            draft["currency"] ??= "USD";
        }
    }

    public override void AfterSave(RecordDraft draft, Record record)
    {
        draft.Account.ReloadCustomFields();
        draft.Account.DropOutdatedCustomFieldValues(CustomFieldDefinition.From(record), draft.ValueBefore("data_type") as string);
    }

    public override void AfterDelete(Account account, Record record)
    {
        account.ReloadCustomFields();
        account.DropOutdatedCustomFieldValues(CustomFieldDefinition.From(record), formerDataType: null);
    }

    /// <summary>Lower-cased on creation, and unique.</summary>
    private static void CompleteCanonicalName(RecordDraft draft)
    {
        if (!draft.IsNew || draft["canonical_name"] is not string name)
        {
            return;
        }

        string canonical = name.ToLowerInvariant();
        bool taken = draft.Account.Table(draft.Schema).All
            .Any(other => draft.Schema.Get<string>(other, "canonical_name") == canonical);
        if (taken)
        {
            draft.Errors.Add("canonical_name", "has already been taken");
        }

        draft["canonical_name"] = canonical;
    }

    private static void CompleteOptions(RecordDraft draft)
    {
        int minimum = draft["data_type"] switch
        {
            "Dropdown" => 1,
            "MultiSelect" => 2,
            _ => 0,
        };
        int count = draft["options"] is CustomFieldOption[] options ? options.Length : 0;
        if (count < minimum)
        {
            draft.Errors.Add("options", $"must have at least {minimum} items");
        }
        else if (minimum == 0)
        {
            if (draft.WasSent("options") && count > 0)
            {
                draft.Errors.Add("options", "are only allowed with the data types Dropdown and MultiSelect");
            }

            draft["options"] = null;
        }
    }
}
