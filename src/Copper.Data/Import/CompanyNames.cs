using Copper.Client;
using Copper.Client.Models;
using Copper.Data.Plans;

namespace Copper.Data.Import;

/// <summary>The companies that rows name: their ids, and those that are to be created before the rows are.</summary>
/// <param name="creates">A company that is not there is created.</param>
internal sealed class CompanyNames(bool creates)
{
    private readonly Dictionary<string, IReadOnlyList<long>> _ids = new(StringComparer.OrdinalIgnoreCase);
    private readonly Dictionary<string, long> _planned = new(StringComparer.Ordinal);
    private readonly List<(string Name, List<int> Rows)> _missing = [];
    private readonly Dictionary<string, List<int>> _missingRows = new(StringComparer.Ordinal);

    /// <summary>A company that is not there is created.</summary>
    public bool Creates => creates;

    /// <summary>Why a company that was found cannot be told from one that a row names; null when all can.</summary>
    public string? Unreadable { get; set; }

    /// <summary>The names that no company has, and the rows that name them.</summary>
    public IReadOnlyList<(string Name, List<int> Rows)> Missing => _missing;

    /// <summary>Notes the companies of a name.</summary>
    public void Add(string name, IReadOnlyList<long> ids) => _ids[name] = ids;

    /// <summary>The companies of a name.</summary>
    public IReadOnlyList<long> Find(string name) => _ids.TryGetValue(name, out var ids) ? ids : [];

    /// <summary>The id by which the rows of the plan know the company that it creates: one for each name.</summary>
    public long PlannedIdOf(string name)
    {
        var key = MatchRule.Normal(name);
        return _planned.TryGetValue(key, out var id) ? id : _planned[key] = -(_planned.Count + 1);
    }

    /// <summary>A row names a company that is not there.</summary>
    public void NoteMissing(string name, int row)
    {
        var key = MatchRule.Normal(name);
        if (!_missingRows.TryGetValue(key, out var rows))
        {
            _missingRows.Add(key, rows = []);
            _missing.Add((name, rows));
        }

        rows.Add(row);
    }

    /// <summary>The steps that create the companies which steps of rows refer to, with numbers after those of the rows.</summary>
    public IEnumerable<CopperPlanStep> Steps(IReadOnlyList<CopperPlanStep> rows)
    {
        var users = rows
            .Where(static step => step.Action is PlanAction.Create or PlanAction.Update)
            .Select(static step => (step.Row, Company: step.Body() is var body && body.Contains("company_id")
                ? RecordEnd.IdOf(body["company_id"]) : null))
            .Where(static item => item.Company < 0)
            .ToLookup(static item => item.Company!.Value, static item => item.Row);
        foreach (var (name, _) in _missing)
        {
            if (!_planned.TryGetValue(MatchRule.Normal(name), out var id) || !users.Contains(id))
            {
                continue;
            }

            var fields = new JsonBody { ["name"] = name };
            yield return new CopperPlanStep
            {
                Step = rows.Count - id,
                Action = PlanAction.Create,
                Entity = CopperEntityNames.Company,
                OldId = id,
                Name = name,
                Fields = fields.ToString(),
                Changes = FieldWords.Changes(CopperEntityNames.Company, null, fields),
                Reason = $"No company has the name, and {RowsIn(users[id].OfType<long>().ToArray())} it.",
            };
        }
    }

    /// <summary>For example "rows 3, 7 and 4 more name".</summary>
    private static string RowsIn(long[] rows) => rows.Length == 1 ? FormattableString.Invariant($"row {rows[0]} names")
        : $"rows {string.Join(", ", rows.Take(5))}{(rows.Length > 5 ? $" and {rows.Length - 5} more" : string.Empty)} name";
}
