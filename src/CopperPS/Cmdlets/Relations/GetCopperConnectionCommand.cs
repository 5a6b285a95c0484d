using System.Management.Automation;
using Copper.Client;
using Copper.Client.Metadata;
using Copper.Client.Models;
using CopperPS.Binding;
using CopperPS.Binding.Completers;
using CopperPS.Cmdlets.Base;
using CopperPS.Core;

namespace CopperPS.Cmdlets.Relations;

/// <summary>Reads the connections of a record by connect fields.</summary>
/// <remarks>
/// Source and Target of a connection stand for the records that they name, so they can be piped to the Get cmdlet of their entity.
/// </remarks>
[Cmdlet(VerbsCommon.Get, "CopperConnection")]
[OutputType(typeof(CopperConnection))]
public sealed class GetCopperConnectionCommand : SessionCmdlet
{
    private long? _field;

    /// <summary>The records, or users, whose connections are read.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true)]
    [Alias("Id")]
    [ReferenceTransformation]
    [ArgumentCompleter(typeof(EndpointCompleter))]
    public CopperReference?[] From { get; set; } = [];

    /// <summary>The entity of -From, when it is given by a bare id.</summary>
    [Parameter]
    [EntityTransformation(TakesOne = true)]
    [ValidateSet("Lead", "Person", "Company", "Opportunity", "Project", "User")]
    public string? FromType { get; set; }

    /// <summary>Only connections by this connect field.</summary>
    [Parameter]
    [ReferenceTransformation(TakesOne = true)]
    [ValidateNotNull]
    [ArgumentCompleter(typeof(CustomFieldDefinitionCompleter))]
    public CopperReference? Field { get; set; }

    private protected override bool IsAskedFor(CopperUnreadableRecordException item) => item.Entity == "connection";

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        if (!TryFindField())
        {
            return;
        }

        foreach (var reference in From)
        {
            try
            {
                var from = KeyOf(WithUserId(reference, FromType), FromType, nameof(From), nameof(FromType), RelatedResources.OfFile);
                if (TryCall(token => Client.Connections.GetAsync(from.ToPointer(), _field, token), from, out var connections))
                {
                    WriteObject(connections, enumerateCollection: true);
                }
            }
            catch (InputRejectedException rejection)
            {
                WriteError(ErrorRecords.From(rejection));
            }
            catch (CopperException exception)
            {
                // A name could not be looked up.
                base.WriteFailure(exception, reference?.Source);
            }
        }
    }

    /// <summary>Finds the field, which is the same for every item. False when there is none, which was reported then.</summary>
    private bool TryFindField()
    {
        try
        {
            _field ??= Field is null ? null : IdOfField(Field, static definition => definition.DataType == "Connect");
            return true;
        }
        catch (InputRejectedException rejection)
        {
            RejectForAll(rejection);
        }
        catch (CopperException exception)
        {
            // The name could not be looked up.
            WriteFailure(exception, Field!.Source);
        }

        return false;
    }

    private protected override ErrorRecord? RecordOfMissing(CopperNotFoundException missing, object? target) =>
        target is RecordKey record ? ErrorRecords.NotFound(missing, record.EntityType, record.Id) : null;
}
