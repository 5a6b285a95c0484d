using System.Management.Automation;
using Copper.Client;
using Copper.Client.Metadata;
using Copper.Client.Models;
using CopperPS.Binding;
using CopperPS.Cmdlets.Base;
using CopperPS.Core;

namespace CopperPS.Cmdlets.Files;

/// <summary>Reads which files are attached to a record.</summary>
/// <remarks>Only what is known about the files: the service has no way to get their content.</remarks>
[Cmdlet(VerbsCommon.Get, "CopperFile")]
[OutputType(typeof(CopperFile))]
public sealed class GetCopperFileCommand : FileCmdlet, IUnreadableItemReporter, IRelatedNames
{
    /// <summary>The records: leads, people, companies, opportunities or projects.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true)]
    [ReferenceTransformation]
    public CopperReference?[] RelatedTo { get; set; } = [];

    /// <summary>Only the files with these ids.</summary>
    [Parameter(Position = 1)]
    [ValidateNotNullOrEmpty]
    public long[]? Id { get; set; }

    /// <summary>Ask for the names of the records that have the files: one request more for up to 200 records of a kind.</summary>
    [Parameter]
    public SwitchParameter IncludeRelatedName { get; set; }

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        foreach (var reference in RelatedTo)
        {
            try
            {
                Read(reference);
            }
            catch (InputRejectedException rejection)
            {
                WriteError(ErrorRecords.From(rejection));
            }
            catch (CopperException exception)
            {
                // A name could not be looked up.
                WriteFailure(exception, reference?.Source);
            }
        }
    }

    private void Read(CopperReference? reference)
    {
        var (entity, record) = Owner(reference);
        if (Id is null)
        {
            if (TryCall(token => Client.Files.GetAsync(entity, record.Id, token), record, out var files))
            {
                WriteRelated(files);
            }

            return;
        }

        foreach (var id in Id)
        {
            if (TryCall(token => Client.Files.GetAsync(entity, record.Id, id, token), id, out var file))
            {
                WriteRelated([file]);
            }
        }
    }
}
