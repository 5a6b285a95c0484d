using System.Management.Automation;
using Copper.Client;
using Copper.Client.Models;
using Copper.Client.Relations;
using CopperPS.Binding;
using CopperPS.Binding.Completers;
using CopperPS.Cmdlets.Base;

namespace CopperPS.Cmdlets.People;

/// <summary>The fields of a person, for New and Set.</summary>
public abstract class PersonWriteCmdlet : WriteContactCmdlet<CopperPerson>, IPersonalNameInput
{
    private protected PersonWriteCmdlet()
    {
    }

    /// <summary>The part of the name before the first name, for example Dr.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [TextTransformation]
    [Field("prefix")]
    public string? Prefix { get; set; }

    /// <summary>The first name.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [TextTransformation]
    [Field("first_name")]
    public string? FirstName { get; set; }

    /// <summary>The middle name.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [TextTransformation]
    [Field("middle_name")]
    public string? MiddleName { get; set; }

    /// <summary>The last name.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [TextTransformation]
    [Field("last_name")]
    public string? LastName { get; set; }

    /// <summary>The part of the name after the last name, for example Jr.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [TextTransformation]
    [Field("suffix")]
    public string? Suffix { get; set; }

    /// <summary>The e-mail addresses, all of them.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [EmailTransformation]
    [Field("emails")]
    public CopperEmail[]? Email { get; set; }

    /// <summary>The job title.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [TextTransformation]
    [Field("title")]
    public string? Title { get; set; }

    /// <summary>The contact type.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [ReferenceTransformation(TakesOne = true)]
    [ArgumentCompleter(typeof(ContactTypeCompleter))]
    [Field("contact_type_id", Entity = CopperEntityNames.ContactType)]
    public CopperReference? ContactType { get; set; }

    /// <summary>The company.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [ReferenceTransformation(TakesOne = true)]
    public virtual CopperReference? Company { get; set; }

    private protected override void Collect(FieldCollector<CopperPerson> fields)
    {
        base.Collect(fields);
        new PersonalNameFields<CopperPerson>(this, fields).Collect();
        new ContactFields<CopperPerson>(this, fields).Add(
            "emails",
            EmailColumns(fields),
            static present => present.Emails,
            static (point, category) => new CopperEmail { Email = point.Email, Category = category });
        const string Figures = "leave the cell as it was, or the column out.";
        fields.AddUnwritten("MonetaryValue", Figures);
        fields.AddUnwritten("MonetaryUnit", Figures);
        if (!fields.IsSpecified(nameof(Company), Company))
        {
            fields.AddUnwritten("CompanyName", "to change the company, write its id into the column CompanyId.");
        }
    }

    /// <summary>An address belongs to one person. The service documents no code for a second one, so its words are looked at.</summary>
    private protected override string? AdviceOn(CopperValidationException invalid, JsonBody fields)
    {
        if (invalid.Message.IndexOf("email", StringComparison.OrdinalIgnoreCase) < 0
            || !fields.Contains("emails") || fields["emails"] is not IEnumerable<CopperEmail> emails
            || emails.Select(static email => email.Email).FirstOrDefault(static email => email is { Length: > 0 }) is not { } first)
        {
            return null;
        }

        var address = emails.Select(static email => email.Email)
            .FirstOrDefault(email => email is { Length: > 0 } && invalid.Message.Contains(email)) ?? first;
        return $"An e-mail address belongs to one person. Get-CopperPerson -Email {Completion.Quote(address)} finds who has it"
            + (this is IRecordUpdate ? "." : ", and Sync-CopperPerson updates that person.");
    }

    /// <summary>The addresses that the current row shows; null when it shows none, or -Email was typed.</summary>
    private protected ContactColumns<CopperEmail>? EmailColumns(FieldCollector<CopperPerson> fields) =>
        new ContactFields<CopperPerson>(this, fields)
        .ColumnsOf(nameof(Email), ["Email"], "Emails", Email, new EmailTransformationAttribute());

    /// <summary>Adds the change of the company of a person who exists, by what was typed or by the columns of a row.</summary>
    private protected void CollectCompany(FieldCollector<CopperPerson> fields)
    {
        var (wasTyped, entity) = (WasTyped(nameof(Company)), CopperEntities.Company.Name);
        var id = wasTyped ? null : fields.IdInRow("company_id", nameof(Company));
        if (!fields.IsSpecified(nameof(Company), Company) && id is null)
        {
            return;
        }

        fields.Description.Note(CopperEntityNames.Company, nameof(Company), Company is { IsBlank: false } ? Company : id, entity);
        if (fields.Row is not null && !wasTyped)
        {
            var find = fields.ReferenceInRow(
                entity, "company_id", id, Company is { IsBlank: true } ? null : Company, (CopperEntityNames.Company, nameof(Company)));
            fields.Steps.Add(CompanyStep(Client.RelatedItems, find));
            return;
        }

        var wanted = Company is null ? (long?)null : RequestValueConverter.IdOf(fields.Account.Resolve(Company, entity), entity);
        fields.Steps.Add(CompanyStep(Client.RelatedItems, (_, _) => Task.FromResult(wanted)));
    }

    /// <summary>The person moves to another company, or to none.</summary>
    private static ReadModifyWriteStep<CopperPerson> CompanyStep(
        RelatedItemEndpoint relations, Func<CopperPerson, CancellationToken, Task<long?>> find)
    {
        long? wanted = null;
        var isNeeded = true;
        return new ReadModifyWriteStep<CopperPerson>(CopperEntityNames.Company)
        {
            AddFieldsAsync = async (_, present, token) =>
            {
                wanted = await find(present, token).ConfigureAwait(false);
                isNeeded = wanted != present.CompanyId;
            },
            RunAsync = (present, token) => relations.MovePersonAsync(present.Id, present.CompanyId, wanted, token),
            UndoAsync = (present, token) => relations.MovePersonAsync(present.Id, wanted, present.CompanyId, token),
            IsNeeded = () => isNeeded,
        };
    }
}
