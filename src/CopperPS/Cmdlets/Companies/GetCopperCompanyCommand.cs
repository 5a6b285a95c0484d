using System.Management.Automation;
using Copper.Client.Models;
using CopperPS.Binding;
using CopperPS.Binding.Completers;
using CopperPS.Cmdlets.Base;

namespace CopperPS.Cmdlets.Companies;

/// <summary>Reads companies.</summary>
[Cmdlet(VerbsCommon.Get, "CopperCompany", DefaultParameterSetName = SearchSet, SupportsPaging = true)]
[OutputType(typeof(CopperCompany))]
public sealed class GetCopperCompanyCommand : GetContactCmdlet<CopperCompany>
{
    /// <summary>Domains of e-mail addresses, for example example.com. There is a search for each.</summary>
    [Parameter(ParameterSetName = SearchSet)]
    [TextListTransformation]
    [Filter("email_domains", TakesOne = true)]
    public string[]? EmailDomain { get; set; }

    /// <summary>The contact types.</summary>
    [Parameter(ParameterSetName = SearchSet)]
    [ReferenceTransformation]
    [ArgumentCompleter(typeof(ContactTypeCompleter))]
    [Filter("contact_type_ids", Entity = CopperEntityNames.ContactType)]
    public CopperReference?[]? ContactType { get; set; }

    /// <summary>The people to turn to first.</summary>
    [Parameter(ParameterSetName = SearchSet)]
    [ReferenceTransformation]
    [Filter("primary_contact_ids", Entity = CopperEntityNames.Person)]
    public CopperReference?[]? PrimaryContact { get; set; }

    /// <summary>Of a person or an opportunity the company is meant that they have, whoever its primary contact is.</summary>
    private protected override ParentLink? LinkOf(string entity) => entity is CopperEntityNames.Person or CopperEntityNames.Opportunity
        ? ParentLink.Reference(nameof(CopperPerson.CompanyId))
        : base.LinkOf(entity);
}
