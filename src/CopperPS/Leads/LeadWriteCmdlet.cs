using System.Management.Automation;
using Copper.Client.Crm;
using Copper.Client.Crm.Models;
using Copper.Client.Json;
using CopperPS.Abstractions;
using CopperPS.Binding;

namespace CopperPS.Leads;

/// <summary>The fields of a lead, for New and Set.</summary>
public abstract class LeadWriteCmdlet : WritePersonalRecordCmdlet<CopperLead>
{
    private protected LeadWriteCmdlet()
    {
    }

    /// <summary>The e-mail address. A lead has one at most.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [EmailTransformation(TakesOne = true)]
    [Field("email")]
    public CopperEmail? Email { get; set; }

    /// <summary>The job title.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [TextTransformation]
    [Field("title")]
    public string? Title { get; set; }

    /// <summary>The company's name: free text.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [TextTransformation]
    [Field("company_name")]
    public string? CompanyName { get; set; }

    /// <summary>The customer source.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [ReferenceTransformation(TakesOne = true)]
    [ArgumentCompleter(typeof(CustomerSourceCompleter))]
    [Field("customer_source_id", Entity = "customer source")]
    public CopperReference? CustomerSource { get; set; }

    /// <summary>What the lead may be worth.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [MoneyTransformation]
    [Field("monetary_value")]
    public decimal? MonetaryValue { get; set; }

    /// <summary>The status.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [ReferenceTransformation(TakesOne = true)]
    [ArgumentCompleter(typeof(LeadStatusCompleter))]
    [Field("status_id", Entity = "lead status")]
    public CopperReference? Status { get; set; }

    private protected override RecordEndpoint<CopperLead> Endpoint => Client.Leads;

    private protected override bool IsChangeOfPresent(string parameter) =>
        parameter == nameof(Email) ? IsUpdate && IsFromRow(parameter, Email) : base.IsChangeOfPresent(parameter);

    private protected override void AddFields(JsonBody fields)
    {
        base.AddFields(fields);

        // The flat record calls it so.
        if (!IsGiven(nameof(CompanyName), CompanyName) && CellValue.Text(Row?["Company"]) is { } company)
        {
            fields["company_name"] = company;
        }
    }

    private protected override IEnumerable<PresentChange<CopperLead>> ChangesOfPresent()
    {
        var email = Email;
        var hasCategory = Row?[nameof(Email)] is not string;
        return !IsFromRow(nameof(Email), email) ? base.ChangesOfPresent() : base.ChangesOfPresent().Append(new PresentChange<CopperLead>("email")
        {
            AddFields = (fields, present) =>
            {
                if (email!.Email != present.Email || (hasCategory && email.Category != present.Emails[0].Category))
                {
                    fields["email"] = new CopperEmail { Email = email.Email, Category = hasCategory || present.Emails.Count == 0 ? email.Category : present.Emails[0].Category };
                }
            },
        });
    }
}
