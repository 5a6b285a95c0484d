using System.Management.Automation;
using Copper.Client;
using Copper.Client.Metadata;
using Copper.Client.Models;
using CopperPS.Binding;
using CopperPS.Binding.Completers;
using CopperPS.Cmdlets.Base;
using CopperPS.Core;

namespace CopperPS.Cmdlets.Metadata;

/// <summary>Reads the order in which the web app shows the fields of an entity.</summary>
[Cmdlet(VerbsCommon.Get, "CopperFieldLayout")]
[OutputType(typeof(CopperFieldLayoutItem))]
public sealed class GetCopperFieldLayoutCommand : SessionCmdlet
{
    /// <summary>The entity.</summary>
    [Parameter(Mandatory = true, Position = 0)]
    [EntityTransformation(TakesOne = true)]
    [ValidateSet("Lead", "Person", "Company", "Opportunity", "Project", "Task")]
    [Alias("Type", "EntityType")]
    public string Entity { get; set; } = string.Empty;

    /// <summary>The pipeline; needed for opportunities, and for them only.</summary>
    [Parameter(ValueFromPipeline = true)]
    [ReferenceTransformation(TakesOne = true)]
    [ValidateNotNull]
    [ArgumentCompleter(typeof(PipelineCompleter))]
    public CopperReference? Pipeline { get; set; }

    /// <summary>Ask the service again instead of using what the session keeps.</summary>
    [Parameter]
    public SwitchParameter Force { get; set; }

    private protected override bool IsAskedFor(CopperUnreadableRecordException item) => item.Entity == "field layout item";

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        try
        {
            var layout = Client.Metadata.FieldLayout(
                CopperEntities.GetPrimary(Entity),
                Pipeline is null
                    ? null
                    : RequestValueConverter.IdOf(
                        (CopperReference)WithIds(Pipeline, CopperEntityNames.Pipeline)!, CopperEntityNames.Pipeline));
            if (Force)
            {
                layout.Forget();
            }

            if (TryCall(layout.GetAsync, Entity, out var items))
            {
                WriteObject(items, enumerateCollection: true);
            }
        }
        catch (InputRejectedException rejection)
        {
            WriteError(ErrorRecords.From(rejection));
        }
        catch (CopperException exception)
        {
            // A name could not be looked up.
            WriteFailure(exception, Pipeline?.Source);
        }
        catch (ArgumentException exception)
        {
            WriteError(ErrorRecords.Invalid(ExceptionText.Of(exception), Entity));
        }
    }
}
