using System.Management.Automation;
using Copper.Client;
using Copper.Client.Files;
using Copper.Client.Metadata;
using CopperPS.Binding;
using CopperPS.Cmdlets.Base;
using CopperPS.Core;

namespace CopperPS.Cmdlets.Files;

/// <summary>What the cmdlets of files share: the record that has them.</summary>
public abstract class FileCmdlet : SessionCmdlet
{
    private protected FileCmdlet()
    {
    }

    /// <summary>The entity of -RelatedTo, when it is given by a bare id.</summary>
    [Parameter]
    [EntityTransformation(TakesOne = true)]
    [ValidateSet("Lead", "Person", "Company", "Opportunity", "Project")]
    public string? RelatedType { get; set; }

    /// <summary>The record that has the files.</summary>
    /// <exception cref="InputRejectedException">It is none that can have files, or its name is unknown or ambiguous.</exception>
    /// <exception cref="CopperException">The name could not be looked up.</exception>
    private protected (CopperEntity Entity, RecordKey Record) Owner(CopperReference? reference)
    {
        var record = KeyOf(reference, RelatedType, "RelatedTo", nameof(RelatedType), RelatedResources.OfFile);
        try
        {
            FileEndpoint.CheckEntity(record.Entity);
        }
        catch (ArgumentException exception)
        {
            throw RequestValueConverter.Reject(ExceptionText.Of(exception), record.Source);
        }

        return (record.Entity, record);
    }

    // The record is missing, or it has no such file: the service responds alike to both.
    private protected override ErrorRecord? RecordOfMissing(CopperNotFoundException missing, object? target) => target switch
    {
        RecordKey record => ErrorRecords.NotFound(missing, record.EntityType, record.Id),
        long id => ErrorRecords.NotFound(missing, "file", id),
        _ => null,
    };
}
