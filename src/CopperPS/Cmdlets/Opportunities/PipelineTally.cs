using System.Globalization;
using Copper.Client.Models;

namespace CopperPS.Cmdlets.Opportunities;

/// <summary>Adds up opportunities by stage and currency. It keeps sums only, so that any number of them can go through it.</summary>
internal sealed class PipelineTally
{
    private readonly Dictionary<(long Pipeline, long Stage), StageSums> _stages = [];

    /// <summary>The pipelines in which something was counted; 0 stands for none.</summary>
    public IEnumerable<long> PipelineIds => _stages.Keys.Select(static key => key.Pipeline).Distinct();

    /// <summary>The opportunities that are open.</summary>
    public long Open { get; private set; }

    /// <summary>The opportunities that are over: won, lost or abandoned.</summary>
    public long Over { get; private set; }

    /// <summary>Counts one opportunity.</summary>
    public void Add(OpportunityFigures figures)
    {
        (Open, Over) = figures.IsOpen ? (Open + 1, Over) : (Open, Over + 1);
        var key = (figures.PipelineId ?? 0, figures.StageId ?? 0);
        if (!_stages.TryGetValue(key, out var sums))
        {
            _stages.Add(key, sums = new StageSums());
        }

        sums.Add(figures);
    }

    /// <summary>One row a stage and currency, in the order of the pipeline; stages without opportunities too.</summary>
    public IReadOnlyList<CopperPipelineStageSummary> Rows(long pipelineId, CopperPipeline? pipeline)
    {
        var counted = _stages
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

        return rows;
    }

    private static string NameOf(string kind, long id) =>
        id == 0 ? $"(no {kind})" : $"({kind} {id.ToString(CultureInfo.InvariantCulture)})";
}
