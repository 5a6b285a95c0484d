using System.Globalization;
using Copper.Client.Models;

namespace CopperPS.Cmdlets.Opportunities;

/// <summary>
/// Adds up opportunities by stage, owner and currency. It keeps sums only, so that any number of them can go through it.
/// </summary>
/// <param name="byOwner">Owners are told apart; otherwise all count as one.</param>
internal sealed class PipelineTally(bool byOwner)
{
    private readonly Dictionary<(long Pipeline, long Stage, long Owner), StageSums> _sums = [];

    /// <summary>The pipelines in which something was counted; 0 stands for none.</summary>
    public IEnumerable<long> PipelineIds => _sums.Keys.Select(static key => key.Pipeline).Distinct();

    /// <summary>The opportunities that are open.</summary>
    public long Open { get; private set; }

    /// <summary>The opportunities that are over: won, lost or abandoned.</summary>
    public long Over { get; private set; }

    /// <summary>Counts one opportunity.</summary>
    public void Add(OpportunityFigures figures)
    {
        (Open, Over) = figures.IsOpen ? (Open + 1, Over) : (Open, Over + 1);
        var key = (figures.PipelineId ?? 0, figures.StageId ?? 0, byOwner ? figures.AssigneeId ?? 0 : 0);
        if (!_sums.TryGetValue(key, out var sums))
        {
            _sums.Add(key, sums = new StageSums());
        }

        sums.Add(figures);
    }

    /// <summary>One row a stage and currency, in the order of the pipeline; stages without opportunities too.</summary>
    public IReadOnlyList<CopperPipelineStageSummary> Rows(long pipelineId, CopperPipeline? pipeline)
    {
        var counted = _sums
            .Where(entry => entry.Key.Pipeline == pipelineId)
            .ToDictionary(static entry => entry.Key.Stage, static entry => entry.Value);
        var stages = pipeline?.Stages.ToList() ?? [];
        // Opportunities in a stage that the pipeline does not have, or in none, are not lost.
        stages.AddRange(counted.Keys
            .Except(stages.Select(static stage => stage.Id))
            .OrderBy(static id => id)
            .Select(static id => new CopperPipelineStage { Id = id }));

        var currencies = new CurrencyChoice(counted.Values);
        var rows = stages.SelectMany(stage =>
        {
            var sums = counted.TryGetValue(stage.Id, out var found) ? found : new StageSums();
            return currencies.Split(sums).Select(part => new CopperPipelineStageSummary
            {
                Pipeline = pipeline?.Name ?? NameOf(CopperEntityNames.Pipeline, pipelineId),
                PipelineId = pipelineId == 0 ? null : pipelineId,
                Stage = stage.Name ?? NameOf("stage", stage.Id),
                StageId = stage.Id == 0 ? null : stage.Id,
                WinProbability = stage.WinProbability,
                Count = part.Sum.Count,
                Value = part.Sum.Value,
                WeightedValue = Math.Round(part.Sum.Weighted(stage.WinProbability), 2),
                Currency = part.Currency,
            });
        }).ToList();
        Complete(rows);
        return rows;
    }

    /// <summary>One row an owner and currency, the greatest value first.</summary>
    /// <param name="pipelineId">The pipeline; 0 for opportunities in none.</param>
    /// <param name="pipeline">The pipeline; null when the account has none of the id.</param>
    /// <param name="nameOf">The name of a user; null for one that the account does not list.</param>
    public IReadOnlyList<CopperPipelineOwnerSummary> OwnerRows(long pipelineId, CopperPipeline? pipeline, Func<long, string?> nameOf)
    {
        var counted = _sums.Where(entry => entry.Key.Pipeline == pipelineId).ToList();
        var currencies = new CurrencyChoice([.. counted.Select(static entry => entry.Value)]);
        var rows = counted.GroupBy(static entry => entry.Key.Owner).SelectMany(owner => owner
            .SelectMany(entry => currencies.Split(entry.Value).Select(part => (
                part.Currency,
                part.Sum.Count,
                part.Sum.Value,
                Weighted: part.Sum.Weighted(pipeline?.Stages.FirstOrDefault(stage => stage.Id == entry.Key.Stage)?.WinProbability))))
            .GroupBy(static part => part.Currency)
            .Select(alike => new CopperPipelineOwnerSummary
            {
                Pipeline = pipeline?.Name ?? NameOf(CopperEntityNames.Pipeline, pipelineId),
                PipelineId = pipelineId == 0 ? null : pipelineId,
                Assignee = owner.Key == 0 ? "(no owner)" : nameOf(owner.Key) ?? NameOf(CopperEntityNames.User, owner.Key),
                AssigneeId = owner.Key == 0 ? null : owner.Key,
                Count = alike.Sum(static part => part.Count),
                Value = alike.Sum(static part => part.Value),
                WeightedValue = Math.Round(alike.Sum(static part => part.Weighted), 2),
                Currency = alike.Key,
            })).ToList();
        Complete(rows);
        return
        [
            .. rows.GroupBy(static row => row.AssigneeId)
                .OrderByDescending(static owner => owner.Max(static row => row.Share))
                .ThenByDescending(static owner => owner.Sum(static row => row.Count))
                .ThenBy(static owner => owner.First().Assignee, StringComparer.CurrentCultureIgnoreCase)
                .SelectMany(static owner => owner),
        ];
    }

    /// <summary>Compares the rows of a pipeline with each other.</summary>
    private void Complete(IReadOnlyList<IPipelineSums> rows)
    {
        foreach (var alike in rows.GroupBy(static row => row.Currency))
        {
            var greatest = alike.Max(static row => row.Value);
            var most = Math.Max(1, alike.Max(static row => row.Count));
            foreach (var row in alike)
            {
                row.Share = (double)Math.Round(greatest > 0 ? Math.Max(0, row.Value) / greatest : (decimal)row.Count / most, 3);
                row.Siblings = rows;
                row.AreOpen = Over == 0;
            }
        }
    }

    private static string NameOf(string kind, long id) =>
        id == 0 ? $"(no {kind})" : $"({kind} {id.ToString(CultureInfo.InvariantCulture)})";
}
