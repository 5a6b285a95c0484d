using System.Management.Automation;
using Copper.Client.Crm;
using Copper.Client.Crm.Models;
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
    [Field("title")]
    public string? Title { get; set; }

    /// <summary>The company's name: free text.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
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
}
