using System.Management.Automation;
using Copper.Client.Hub.Models;
using CopperPS.Binding;
using CopperPS.Cmdlets.Base;
using CopperPS.Core;

namespace CopperPS.Cmdlets.Hub.Organisations;

/// <summary>Makes an organisation in a CopperHub.</summary>
[Cmdlet(VerbsCommon.New, "CopperHubOrganisation", SupportsShouldProcess = true)]
[OutputType(typeof(CopperHubOrganisation))]
public sealed class NewCopperHubOrganisationCommand : OrganisationWriteCmdlet
{
    /// <summary>The name.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipelineByPropertyName = true)]
    [TextTransformation]
    [ValidateNotNullOrEmpty]
    [Field("Name")]
    public override string? Name { get; set; }

    /// <summary>A row of a table: its columns fill the parameters of the same names.</summary>
    [Parameter(ValueFromPipeline = true)]
    public PSObject? InputObject { get; set; }

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        if (InputObject is not null && CopperReference.From(InputObject) is { IsRecord: true } record)
        {
            WriteError(ErrorRecords.Invalid($"{record} is {EntityWords.WithArticle(record.EntityType!)}. Nothing was sent: the properties of a record that is piped are not copied. To create from some of them, select these: Select-Object Name, City | New-CopperHubOrganisation", record.Source));
            return;
        }

        if (InputObject is not null && !PipelineRow.SaysAnything(InputObject, MyInvocation))
        {
            WriteError(ErrorRecords.Invalid($"The input '{InputObject}' has none of the properties that an organisation is created from: {string.Join(", ", PipelineRow.Taken(MyInvocation).OrderBy(static name => name, StringComparer.Ordinal))}. Give objects that have some, such as the rows of a CSV file.", InputObject));
            return;
        }

        Create();
    }
}
