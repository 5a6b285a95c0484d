namespace Copper.Sandbox;

internal sealed class CompanyRules : EntityRules
{
    public static Record? FindByName(Account account, string name) => account.Companies.All.FirstOrDefault(company =>
        string.Equals(EntitySchemas.Company.Get<string>(company, "name"), name, StringComparison.OrdinalIgnoreCase));

    /// <summary>Makes a company as a consequence of saving another record.</summary>
    public static Record CreateNamed(RecordDraft cause, string name)
    {
        var editor = new RecordEditor(cause.Account, DateTimeOffset.FromUnixTimeSeconds(cause.Now));
        var company = editor.NewDraft(EntitySchemas.Company);
        company["name"] = name;
        return editor.Commit(company);
    }

    public override void Complete(RecordDraft draft) => draft["interaction_count"] ??= Boxed.Integer(0);

    public override void AfterSave(RecordDraft draft, Record record)
    {
        // People and opportunities show the company's name.
        if (!draft.IsNew && draft.WasSent("name"))
        {
            draft.Account.InvalidateRendered();
        }
    }

    public override void AfterDelete(Account account, Record record) => account.InvalidateRendered();
}
