using Copper.Sandbox.Values;

namespace Copper.Sandbox.Accounts;

internal sealed class CompanyRules : EntityRules
{
    private static readonly HashSet<string> LegalForms =
        ["inc", "llc", "corp", "ltd", "plc", "llp", "gmbh", "ag", "kg", "sarl", "sas", "sa"];

    public static Record? FindByName(Account account, string name) => account.Companies.All.FirstOrDefault(company =>
        string.Equals(EntitySchemas.Company.Get<string>(company, "name"), name, StringComparison.OrdinalIgnoreCase));

    /// <summary>The first company whose name is the same but for case, punctuation and legal form.</summary>
    /// <remarks>How similar names are matched is not documented.</remarks>
    public static Record? FindBySimilarName(Account account, string name)
    {
        string wanted = Simplify(name);
        return account.Companies.All
            .Where(company => Simplify(EntitySchemas.Company.Get<string>(company, "name")!) == wanted)
            .OrderBy(company => company.Id)
            .FirstOrDefault();
    }

    /// <summary>Creates a company as a consequence of saving another record.</summary>
    public static Record CreateNamed(RecordDraft cause, string name)
    {
        var editor = new RecordEditor(cause.Account, DateTimeOffset.FromUnixTimeSeconds(cause.Now));
        var company = editor.NewDraft(EntitySchemas.Company);
        company["name"] = name;
        return editor.Commit(company);
    }

    private static string Simplify(string name)
    {
        var words = new string([.. name.ToLowerInvariant().Select(letter => char.IsLetterOrDigit(letter) ? letter : ' ')])
            .Split([' '], StringSplitOptions.RemoveEmptyEntries);
        return string.Join(" ", words.Where(word => !LegalForms.Contains(word)));
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
