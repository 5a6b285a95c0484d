using System.Management.Automation;
using Copper.Client.Entities;
using Copper.Client.Json;
using Copper.Client.Models;
using CopperPS.Binding;
using CopperPS.Binding.Completers;
using CopperPS.Cmdlets.Base;

namespace CopperPS.Cmdlets.People;

/// <summary>The fields of a person, for New and Set.</summary>
public abstract class PersonWriteCmdlet : WritePersonalRecordCmdlet<CopperPerson>
{
    private protected PersonWriteCmdlet()
    {
    }

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
    [Field("contact_type_id", Entity = "contact type")]
    public CopperReference? ContactType { get; set; }

    /// <summary>The company.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [ReferenceTransformation(TakesOne = true)]
    public virtual CopperReference? Company { get; set; }

    private protected ContactColumns<CopperEmail>? EmailColumns => ColumnsOf(nameof(Email), ["Email"], "Emails", Email, new EmailTransformationAttribute());

    private protected override RecordEndpoint<CopperPerson> Endpoint => Client.People;

    private protected override IEnumerable<(string Column, string Advice)> UnwrittenColumns()
    {
        const string Figures = "It is not written of a person: leave the cell as it was, or the column out.";
        var columns = base.UnwrittenColumns().Concat([("MonetaryValue", Figures), ("MonetaryUnit", Figures)]);
        return IsSpecified(nameof(Company), Company) ? columns : columns.Append(("CompanyName", "To change the company, write its id into the column CompanyId."));
    }

    private protected override bool IsChangeOfPresent(string parameter) =>
        parameter == nameof(Email) ? IsUpdate && IsFromRow(parameter, Email) : base.IsChangeOfPresent(parameter);

    private protected override void AddFields(JsonBody fields)
    {
        base.AddFields(fields);
        if (!IsUpdate && EmailColumns is { } emails)
        {
            fields["emails"] = emails.ToNew();
        }
    }

    private protected override IEnumerable<ReadModifyWriteStep<CopperPerson>> ReadModifyWriteSteps() => EmailColumns is { } emails
        ? base.ReadModifyWriteSteps().Append(Merged("emails", emails, static present => present.Emails, static (point, category) => new CopperEmail { Email = point.Email, Category = category }))
        : base.ReadModifyWriteSteps();

    /// <summary>The change of the company of a person who is there, by what was typed or by the columns of a row; empty when nothing was given.</summary>
    private protected IEnumerable<ReadModifyWriteStep<CopperPerson>> CompanyChanges()
    {
        var id = WasTyped(nameof(Company)) ? null : IdInRow("company_id", nameof(Company));
        if (!IsSpecified(nameof(Company), Company) && id is null)
        {
            return [];
        }

        if (Row is not null && !WasTyped(nameof(Company)))
        {
            var find = ReferenceInRow("company", "company_id", id, Company is { IsBlank: true } ? null : Company);
            return [SetCopperPersonCommand.CompanyChange(Endpoint, find)];
        }

        var wanted = Company is null ? (long?)null : RequestValueConverter.IdOf((CopperReference)WithIds(Company, "company")!, "company");
        return [SetCopperPersonCommand.CompanyChange(Endpoint, (_, _) => Task.FromResult(wanted))];
    }
}
