using System.Management.Automation;
using Copper.Client.Models;
using CopperPS.Binding;
using CopperPS.Binding.Completers;
using CopperPS.Cmdlets.Base;

namespace CopperPS.Cmdlets.Companies;

/// <summary>The fields of a company, for New and Set.</summary>
public abstract class CompanyWriteCmdlet : WriteContactCmdlet<CopperCompany>
{
    private protected CompanyWriteCmdlet()
    {
    }

    /// <summary>The domain of the e-mail addresses, for example example.com.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [TextTransformation]
    [EmailDomain]
    [Field("email_domain")]
    public string? EmailDomain { get; set; }

    /// <summary>The contact type.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [ReferenceTransformation(TakesOne = true)]
    [ArgumentCompleter(typeof(ContactTypeCompleter))]
    [Field("contact_type_id", Entity = CopperEntityNames.ContactType)]
    public CopperReference? ContactType { get; set; }

    /// <summary>The person to turn to first.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [ReferenceTransformation(TakesOne = true)]
    [Field("primary_contact_id", Entity = CopperEntityNames.Person)]
    public CopperReference? PrimaryContact { get; set; }
}
