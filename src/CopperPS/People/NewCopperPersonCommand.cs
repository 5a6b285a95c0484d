using System.Management.Automation;
using Copper.Client.Crm.Models;
using CopperPS.Abstractions;
using CopperPS.Binding;

namespace CopperPS.People;

/// <summary>Makes a person.</summary>
[Cmdlet(VerbsCommon.New, "CopperPerson", SupportsShouldProcess = true)]
[OutputType(typeof(CopperPerson))]
public sealed class NewCopperPersonCommand : PersonWriteCmdlet
{
    /// <summary>The full name.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipelineByPropertyName = true)]
    [ValidateNotNullOrEmpty]
    public override string? Name { get; set; }

    /// <summary>The company.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [ReferenceTransformation(TakesOne = true)]
    [Field("company_id", Entity = "company")]
    public override CopperReference? Company { get; set; }

    /// <inheritdoc/>
    protected override void ProcessRecord() => Create();
}
