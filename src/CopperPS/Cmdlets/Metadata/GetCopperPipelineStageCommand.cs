using System.Management.Automation;
using Copper.Client;
using Copper.Client.Metadata;
using Copper.Client.Models;
using CopperPS.Binding;
using CopperPS.Binding.Completers;
using CopperPS.Cmdlets.Base;
using CopperPS.Core;

namespace CopperPS.Cmdlets.Metadata;

/// <summary>Reads the stages of the pipelines.</summary>
/// <remarks>A pipeline that is piped in stands for its stages.</remarks>
[Cmdlet(VerbsCommon.Get, "CopperPipelineStage", DefaultParameterSetName = NameSet)]
[OutputType(typeof(CopperPipelineStage))]
public sealed class GetCopperPipelineStageCommand : GetIdentifiedMetadataCmdlet<CopperPipelineStage>
{
    private long[]? _pipelines;

    /// <summary>The pipelines whose stages are meant.</summary>
    [Parameter]
    [ReferenceTransformation]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(PipelineCompleter))]
    public CopperReference?[]? Pipeline { get; set; }

    /// <inheritdoc/>
    protected override void BeginProcessing()
    {
        base.BeginProcessing();
        if (Pipeline is null)
        {
            return;
        }

        try
        {
            _pipelines = ((CopperReference?[])WithIds(Pipeline, CopperEntityNames.Pipeline)!)
                .OfType<CopperReference>()
                .Select(static pipeline => RequestValueConverter.IdOf(pipeline, CopperEntityNames.Pipeline))
                .ToArray();
        }
        catch (InputRejectedException rejection) when (rejection.IsAboutName)
        {
            WriteError(ErrorRecords.From(rejection));
            _pipelines = [];
            return;
        }
        catch (InputRejectedException rejection)
        {
            ThrowTerminatingError(ErrorRecords.From(rejection));
        }
        catch (CopperException exception)
        {
            // A name could not be looked up.
            ThrowTerminatingError(ErrorRecords.From(exception, null));
        }

        if (TryGetAll(out var stages))
        {
            // Every pipeline has a stage at least: one without is none.
            foreach (var missing in _pipelines!.Where(id => stages.All(stage => stage.PipelineId != id)))
            {
                WriteError(ErrorRecords.NoSuchId(CopperEntityNames.Pipeline, missing));
            }
        }
    }

    /// <summary>A pipeline that is piped stands for its stages.</summary>
    private protected override Func<CopperPipelineStage, bool>? BelongingTo(CopperReference reference) =>
        reference is { EntityType: CopperEntityNames.Pipeline, Id: { } pipeline } ? stage => stage.PipelineId == pipeline : null;

    private protected override bool IsWanted(CopperPipelineStage item) =>
        _pipelines is null || (item.PipelineId is { } pipeline && _pipelines.Contains(pipeline));
}
