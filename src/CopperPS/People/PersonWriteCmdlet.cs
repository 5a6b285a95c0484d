using System.Management.Automation;
using Copper.Client.Crm;
using Copper.Client.Crm.Models;
using CopperPS.Abstractions;
using CopperPS.Binding;

namespace CopperPS.People;

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

    private protected override RecordEndpoint<CopperPerson> Endpoint => Client.People;
}
