using System.Management.Automation;
using Copper.Client;
using Copper.Client.Metadata;
using Copper.Client.Models;
using Copper.Client.Relations;
using CopperPS.Binding;
using CopperPS.Binding.Completers;
using CopperPS.Cmdlets.Base;
using CopperPS.Core;

namespace CopperPS.Cmdlets.Relations;

/// <summary>Connects records by a connect field.</summary>
[Cmdlet(VerbsCommon.Add, "CopperConnection", SupportsShouldProcess = true)]
[OutputType(typeof(CopperConnection))]
public sealed class AddCopperConnectionCommand : SessionCmdlet
{
    private RecordKey[]? _targets;
    private long? _field;

    /// <summary>The records to connect.</summary>
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

    /// <summary>The records to connect them to.</summary>
    [Parameter(Position = 1)]
    [ValidateNotNullOrEmpty]
    [ReferenceTransformation]
    [ArgumentCompleter(typeof(EndpointCompleter))]
    public CopperReference?[] To { get; set; } = [];

    /// <summary>The entity of -To, when it is given by a bare id.</summary>
    [Parameter]
    [EntityTransformation(TakesOne = true)]
    [ValidateSet("Lead", "Person", "Company", "Opportunity", "Project", "User")]
    public string? Type { get; set; }

    /// <summary>The connect field.</summary>
    [Parameter(Position = 2)]
    [ValidateNotNull]
    [ReferenceTransformation(TakesOne = true)]
    [ArgumentCompleter(typeof(CustomFieldDefinitionCompleter))]
    public CopperReference? Field { get; set; }

    /// <summary>Output the connection.</summary>
    [Parameter]
    public SwitchParameter PassThru { get; set; }

    /// <inheritdoc/>
    protected override void BeginProcessing()
    {
        base.BeginProcessing();
        PipedFrom.Check(this, nameof(To), nameof(Field));
    }

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        if (!TryFindConstants())
        {
            return;
        }

        foreach (var reference in From)
        {
            try
            {
                var from = KeyOf(WithUserId(reference, FromType), FromType, nameof(From), nameof(FromType), RelatedResources.OfFile);
                foreach (var to in _targets!)
                {
                    Connect(from, to, _field!.Value);
                }
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
            catch (ArgumentException exception)
            {
                WriteError(ErrorRecords.Invalid(ExceptionText.Of(exception), reference?.Source));
            }
        }
    }

    /// <summary>
    /// Finds the field and the records of -To, which are the same for every item: what is wrong with them ends the pipeline with one error.
    /// False when something was not found, which was reported then.
    /// </summary>
    private bool TryFindConstants()
    {
        try
        {
            _targets ??= [.. To.Select(to => KeyOf(WithUserId(to, Type), Type, nameof(To), nameof(Type), RelatedResources.OfFile))];
            _field ??= IdOfField(Field!, static definition => definition.DataType == "Connect");
            return true;
        }
        catch (InputRejectedException rejection)
        {
            RejectForAll(rejection);
        }
        catch (CopperException exception)
        {
            // A name could not be looked up.
            WriteFailure(exception, null);
        }

        return false;
    }

    private void Connect(RecordKey from, RecordKey to, long field)
    {
        var (source, target) = (from.ToPointer(), to.ToPointer());
        ConnectionEndpoint.CheckEntity(CopperEntities.Of(source));
        ConnectionEndpoint.CheckEntity(CopperEntities.Of(target));
        if (ShouldProcess(from.ToString(), $"Connect to {to} by field {field}")
            && TryCall(token => Client.Connections.AddAsync(field, source, target, token), from.Source ?? from.Id, out var connection)
            && PassThru)
        {
            WriteObject(connection);
        }
    }
}
