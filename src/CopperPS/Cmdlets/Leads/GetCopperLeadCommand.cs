using System.Management.Automation;
using Copper.Client.Models;
using CopperPS.Binding;
using CopperPS.Binding.Completers;
using CopperPS.Cmdlets.Base;

namespace CopperPS.Cmdlets.Leads;

/// <summary>Reads leads.</summary>
[Cmdlet(VerbsCommon.Get, "CopperLead", DefaultParameterSetName = SearchSet, SupportsPaging = true)]
[OutputType(typeof(CopperLead))]
public sealed class GetCopperLeadCommand : GetContactCmdlet<CopperLead>, IEmailSearch
{
    /// <summary>E-mail addresses, of which a lead has one. There is a search for each.</summary>
    [Parameter(ParameterSetName = SearchSet)]
    [TextListTransformation]
    [Filter("emails", TakesOne = true)]
    public string[]? Email { get; set; }

    /// <summary>The statuses.</summary>
    [Parameter(ParameterSetName = SearchSet)]
    [ReferenceTransformation]
    [ArgumentCompleter(typeof(LeadStatusCompleter))]
    [Filter("status_ids", Entity = CopperEntityNames.LeadStatus)]
    public CopperReference?[]? Status { get; set; }

    /// <summary>The customer sources; null for leads without one.</summary>
    [Parameter(ParameterSetName = SearchSet)]
    [ReferenceTransformation]
    [AllowNull]
    [ArgumentCompleter(typeof(CustomerSourceCompleter))]
    [Filter("customer_source_ids", Entity = CopperEntityNames.CustomerSource, AllowsNone = true)]
    public CopperReference?[]? CustomerSource { get; set; }

    /// <summary>Worth at least so much.</summary>
    [Parameter(ParameterSetName = SearchSet)]
    [MoneyTransformation]
    [Alias("MinimumMonetaryValue")]
    [Filter("minimum_monetary_value")]
    public decimal? MinimumValue { get; set; }

    /// <summary>Worth at most so much.</summary>
    [Parameter(ParameterSetName = SearchSet)]
    [MoneyTransformation]
    [Alias("MaximumMonetaryValue")]
    [Filter("maximum_monetary_value")]
    public decimal? MaximumValue { get; set; }

    /// <summary>The first name.</summary>
    [Parameter(ParameterSetName = SearchSet)]
    [TextTransformation]
    [Filter("first_name")]
    public string? FirstName { get; set; }

    /// <summary>The middle name.</summary>
    [Parameter(ParameterSetName = SearchSet)]
    [TextTransformation]
    [Filter("middle_name")]
    public string? MiddleName { get; set; }

    /// <summary>The last name.</summary>
    [Parameter(ParameterSetName = SearchSet)]
    [TextTransformation]
    [Filter("last_name")]
    public string? LastName { get; set; }

    /// <summary>The company's name.</summary>
    [Parameter(ParameterSetName = SearchSet)]
    [TextTransformation]
    [Filter("company_name")]
    public string? CompanyName { get; set; }

    /// <summary>The job title.</summary>
    [Parameter(ParameterSetName = SearchSet)]
    [TextTransformation]
    [Filter("title")]
    public string? Title { get; set; }

    /// <summary>Also leads that were converted.</summary>
    [Parameter(ParameterSetName = SearchSet)]
    [Filter("include_converted_leads")]
    public SwitchParameter IncludeConverted { get; set; }
}
