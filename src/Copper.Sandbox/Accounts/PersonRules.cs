using Copper.Sandbox.Values;

namespace Copper.Sandbox.Accounts;

internal sealed class PersonRules : EntityRules
{
    public override void Prepare(RecordDraft draft) => NameParts.Compose(draft);

    public override void Complete(RecordDraft draft)
    {
        NameParts.Apply(draft);
        draft["interaction_count"] ??= Boxed.Integer(0);
        if (draft.IsNew && !draft.WasSent("contact_type_id"))
        {
            // No published response shows a person without a contact type.
            draft["contact_type_id"] ??= draft.Account.ContactTypes.FindByName("Uncategorized") is { } type ? Boxed.Integer(type.Id) : null;
        }

        if (draft.WasSent("company_name"))
        {
            LinkCompanyByName(draft);
        }
    }

    /// <summary>A new person given a company name is linked to the company of that name, which is created if there is none.</summary>
    /// <remarks>Reported by client authors; not on the official page.</remarks>
    private static void LinkCompanyByName(RecordDraft draft)
    {
        string? name = draft["company_name"] as string;
        draft["company_name"] = null;
        if (string.IsNullOrWhiteSpace(name) || draft["company_id"] is not null || draft.Errors.Any)
        {
            return;
        }

        var company = CompanyRules.FindByName(draft.Account, name!) ?? CompanyRules.CreateNamed(draft, name!);
        draft["company_id"] = Boxed.Integer(company.Id);
    }
}
