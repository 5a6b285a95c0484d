using System.Management.Automation;
using Copper.Client;
using Copper.Client.Metadata;
using Copper.Client.Models;
using CopperPS.Binding;
using CopperPS.Binding.Completers;
using CopperPS.Cmdlets.Base;
using CopperPS.Core;

namespace CopperPS.Cmdlets.Opportunities;

/// <summary>
/// Shows what lies in the stages of pipelines, or with their owners: how many opportunities, their value, and their value times the
/// probability of winning it.
/// </summary>
[Cmdlet(VerbsCommon.Show, "CopperPipeline", DefaultParameterSetName = SearchSet)]
[OutputType(typeof(CopperPipelineStageSummary), typeof(CopperPipelineOwnerSummary))]
public sealed class ShowCopperPipelineCommand : SessionCmdlet
{
    private const string SearchSet = "Search";
    private const string InputSet = "Input";
    private const string ByStage = "Stage";

    private readonly List<long> _wanted = [];
    private PipelineTally _tally = null!;
    private bool _isDue;
    private SearchProgress? _progress;

    /// <summary>The pipelines; all of them without it.</summary>
    [Parameter(ParameterSetName = SearchSet, Position = 0)]
    [ReferenceTransformation]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(PipelineCompleter))]
    public CopperReference[]? Pipeline { get; set; }

    /// <summary>Only opportunities of these users; null for those without an owner.</summary>
    [Parameter(ParameterSetName = SearchSet)]
    [ReferenceTransformation]
    [AllowNull]
    [ArgumentCompleter(typeof(UserCompleter))]
    [Alias("Owner")]
    [Filter("assignee_ids", Entity = CopperEntityNames.User, AllowsNone = true)]
    public CopperReference?[]? Assignee { get; set; }

    /// <summary>A row for each stage, or for each owner.</summary>
    [Parameter]
    [WordTransformation(ByStage, "Assignee", "Owner", TakesOne = true)]
    [ValidateSet(ByStage, "Assignee", "Owner")]
    public string GroupBy { get; set; } = ByStage;

    /// <summary>Opportunities to add up instead of searching for the open ones, or pipelines.</summary>
    [Parameter(ParameterSetName = InputSet, Mandatory = true, ValueFromPipeline = true)]
    [ValidateNotNull]
    public PSObject InputObject { get; set; } = null!;

    private bool IsByOwner => GroupBy != ByStage;

    /// <inheritdoc/>
    protected override void BeginProcessing()
    {
        base.BeginProcessing();
        _tally = new PipelineTally(IsByOwner);
    }

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        if (ParameterSetName == InputSet)
        {
            Take();
            return;
        }

        // Not in EndProcessing: a pipeline that brought nothing must not show everything.
        try
        {
            foreach (var reference in Pipeline ?? [])
            {
                _wanted.Add(RequestValueConverter.IdOf(
                    (CopperReference)WithIds(reference, CopperEntityNames.Pipeline)!,
                    CopperEntityNames.Pipeline));
            }

            _isDue = Search();
        }
        catch (InputRejectedException rejection) when (rejection.IsAboutName)
        {
            WriteError(ErrorRecords.From(rejection));
        }
        catch (InputRejectedException rejection)
        {
            ThrowTerminatingError(ErrorRecords.From(rejection));
        }
        catch (CopperException exception)
        {
            WriteFailure(exception, null);
        }
    }

    /// <inheritdoc/>
    protected override void EndProcessing()
    {
        if (ParameterSetName == InputSet && _wanted.Count > 0)
        {
            _isDue = Search() || _isDue;
        }

        if (!_isDue)
        {
            return;
        }

        if (_tally is { Open: > 0, Over: > 0 })
        {
            WriteWarning($"{_tally.Over:N0} of these {_tally.Open + _tally.Over:N0} opportunities are won, lost or abandoned, and are "
                + "added up with the open ones. Only the open ones: Get-CopperOpportunity -Status Open | Show-CopperPipeline");
        }

        var shown = ParameterSetName == InputSet || _wanted.Count > 0 ? _wanted.Union(_tally.PipelineIds).ToList() : null;
        if (!TryCall(_ => PipelinesAsync(), null, out var pipelines))
        {
            return;
        }

        IReadOnlyList<CopperUser> users = [];
        if (IsByOwner && !TryCall(Client.Metadata.Users.GetAsync, null, out users))
        {
            return;
        }

        string? NameOf(long user) => users.FirstOrDefault(known => known.Id == user)?.Name;
        var order = pipelines.Select(static pipeline => pipeline.Id).ToList();
        foreach (var id in (shown ?? order.Union(_tally.PipelineIds)).OrderBy(id => order.Contains(id) ? order.IndexOf(id) : int.MaxValue))
        {
            var pipeline = pipelines.FirstOrDefault(pipeline => pipeline.Id == id);
            WriteObject(
                IsByOwner ? (object)_tally.OwnerRows(id, pipeline, NameOf) : _tally.Rows(id, pipeline), enumerateCollection: true);
        }
    }

    private protected override void Deliver(Copper.Client.CopperTraceEvent message)
    {
        _progress?.Tell(message);
        base.Deliver(message);
    }

    private void Take()
    {
        var reference = CopperReference.From(InputObject);
        try
        {
            // Of another account the ids of pipelines and stages mean something else.
            Own(reference);
        }
        catch (InputRejectedException rejection)
        {
            WriteError(ErrorRecords.From(rejection));
            return;
        }

        if (InputObject.BaseObject is CopperOpportunity opportunity)
        {
            _tally.Add(OpportunityFigures.Of(opportunity));
            _isDue = true;
            return;
        }

        switch (reference.EntityType)
        {
            case CopperEntityNames.Opportunity:
                _tally.Add(OpportunityFigures.Of(InputObject));
                _isDue = true;
                break;
            case CopperEntityNames.Pipeline when reference.Id is { } id:
                _wanted.Add(id);
                break;
            default:
                var stated = reference.EntityType is { } entity
                    ? $"{reference} is {EntityWords.WithArticle(entity)}"
                    : $"'{reference}' is no record";
                WriteError(ErrorRecords.Create(
                    new ArgumentException($"{stated}, not an opportunity or a pipeline."),
                    "CopperEntityMismatch",
                    ErrorCategory.InvalidType,
                    InputObject,
                    "Give what Get-CopperOpportunity or Get-CopperPipeline returned, or the name of a pipeline by -Pipeline."));
                break;
        }
    }

    /// <summary>Adds up the open opportunities of the wanted pipelines. False when it failed: half a sum is no sum.</summary>
    private bool Search()
    {
        var search = new OpportunitySearch { Statuses = ["Open"] };
        if (_wanted.Count > 0)
        {
            search.PipelineIds = _wanted.Distinct().ToArray();
        }

        if (MyInvocation.BoundParameters.ContainsKey(nameof(Assignee)))
        {
            var entry = ParameterMap<FilterAttribute>.Of(GetType()).Single(static entry => entry.Parameter == nameof(Assignee));
            search.Filter[entry.Attribute.Name] = RequestValueConverter.OfFilter(
                WithIds(Assignee, entry.Attribute.Entity),
                entry.Attribute,
                entry.Parameter);
        }

        var result = Client.Opportunities.Search(search);
        _progress = new SearchProgress(this, MyInvocation.InvocationName);
        try
        {
            foreach (var opportunity in Stream(result))
            {
                _tally.Add(OpportunityFigures.Of(opportunity));
                _progress.Show(result.PagesRead, result.RecordsRead, result.UpperBound, ulong.MaxValue);
            }
        }
        catch (CopperException exception)
        {
            WriteFailure(exception, null);
            return false;
        }
        finally
        {
            _progress.Complete();
        }

        if (result.IsRepeating)
        {
            WriteWarning(SearchWarnings.Repeating(result.RecordsRead) + " The sums may be too low.");
        }

        if (result.IsCut)
        {
            WriteWarning(SearchWarnings.Cut(Client.Opportunities.Entity, result.UpperBound, result.RecordsRead)
                + " The sums are too low by as much.");
        }

        return true;
    }

    /// <summary>The pipelines; read once more when something was counted in one that is not among them, since it may be new.</summary>
    private async Task<IReadOnlyList<CopperPipeline>> PipelinesAsync()
    {
        MetadataList<CopperPipeline> list = Client.Metadata.Pipelines;
        var known = list.Peek() is not null;
        var pipelines = await list.GetAsync(StopToken).ConfigureAwait(false);
        if (known && _tally.PipelineIds.Any(id => id != 0 && pipelines.All(pipeline => pipeline.Id != id)))
        {
            list.Forget();
            pipelines = await list.GetAsync(StopToken).ConfigureAwait(false);
        }

        return pipelines;
    }
}
