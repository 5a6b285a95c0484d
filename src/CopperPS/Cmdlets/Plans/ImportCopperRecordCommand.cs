using System.Collections;
using System.Globalization;
using System.Management.Automation;
using Copper.Client;
using Copper.Client.Models;
using Copper.Data.Import;
using Copper.Data.Plans;
using CopperPS.Binding;
using CopperPS.Binding.Completers;
using CopperPS.Core;

namespace CopperPS.Cmdlets.Plans;

/// <summary>Brings the rows of a file into the account: updates the records that they mean, and creates the others.</summary>
[Cmdlet(VerbsData.Import, "CopperRecord", SupportsShouldProcess = true)]
[OutputType(typeof(CopperPlanResult), typeof(CopperPlanStep))]
public sealed class ImportCopperRecordCommand : PlanCmdlet, IRowPlanner
{
    private readonly ImportRowList _rows = new();
    private RowSources? _sources;
    private ImportPlanner? _planner;
    private string? _journal;

    /// <summary>The kind of records.</summary>
    [Parameter(Mandatory = true, Position = 0)]
    [EntityTransformation(TakesOne = true)]
    [ValidateSet("Person", "Company", "Lead", "Opportunity", "Project", "Task")]
    [Alias("Type", "EntityType")]
    public string Entity { get; set; } = string.Empty;

    /// <summary>The rows: of a CSV file, a spreadsheet or a database; hashtables too.</summary>
    [Parameter(Mandatory = true, Position = 1, ValueFromPipeline = true)]
    [AllowNull]
    [AllowEmptyCollection]
    public PSObject?[] InputObject { get; set; } = [];

    /// <summary>The rules by which the record of a row is found; the first that finds one counts.</summary>
    [Parameter(Mandatory = true)]
    [TextListTransformation]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(MatchRuleCompleter))]
    public string[] MatchOn { get; set; } = [];

    /// <summary>What is done with a row whose record is there.</summary>
    [Parameter]
    [OneValueTransformation]
    public ImportMatchAction OnMatch { get; set; } = ImportMatchAction.Update;

    /// <summary>What is done with a row whose record is not there.</summary>
    [Parameter]
    [TextTransformation]
    [ValidateSet("Create", "Skip")]
    public string OnNoMatch { get; set; } = "Create";

    /// <summary>Create each company that a row of people or opportunities names and that is not there, before the row.</summary>
    [Parameter]
    public SwitchParameter CreateCompany { get; set; }

    /// <summary>Columns that are never changed on a record that is there.</summary>
    [Parameter]
    [TextListTransformation]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(ColumnCompleter))]
    public string[] Protect { get; set; } = [];

    /// <summary>Headings of the file and the columns that they stand for; $null for one that is not used.</summary>
    [Parameter]
    [HashtableTransformation]
    [ValidateNotNull]
    public Hashtable ColumnMap { get; set; } = [];

    /// <summary>An empty cell clears the field.</summary>
    [Parameter]
    public SwitchParameter EmptyClears { get; set; }

    /// <summary>The file shows times in UTC instead of local time.</summary>
    [Parameter]
    public SwitchParameter Utc { get; set; }

    /// <summary>How the file writes dates and numbers, for example de-DE; the culture of the session without it.</summary>
    [Parameter]
    [CultureTransformation]
    [ValidateNotNull]
    [ArgumentCompleter(typeof(CultureCompleter))]
    public CultureInfo? Culture { get; set; }

    /// <summary>Write the steps instead of carrying them out.</summary>
    [Parameter]
    public SwitchParameter PlanOnly { get; set; }

    /// <summary>A file that keeps what is changed, to resume the run and to undo it.</summary>
    [Parameter]
    [PathTransformation]
    [ValidateNotNullOrEmpty]
    public string? JournalPath { get; set; }

    /// <summary>Go on with the run of the journal, as it was planned then.</summary>
    [Parameter]
    public SwitchParameter Resume { get; set; }

    /// <summary>The suppression list of people who were erased; they are left out.</summary>
    [Parameter]
    [PathTransformation]
    [ValidateNotNullOrEmpty]
    public string? SuppressionPath { get; set; }

    private RowSources Sources => _sources ??= new RowSources(_rows);

    private string EntityName => CopperEntities.FindPrimary(Entity)!.Name;

    /// <inheritdoc/>
    protected override void BeginProcessing()
    {
        base.BeginProcessing();
        if (PlanOnly && (JournalPath is not null || Resume))
        {
            ThrowTerminatingError(ErrorRecords.Invalid(
                "-PlanOnly changes nothing, so there is nothing to keep in a journal. Give -JournalPath to Invoke-CopperPlan.", null));
        }

        if (CreateCompany && EntityName is not (CopperEntityNames.Person or CopperEntityNames.Opportunity))
        {
            ThrowTerminatingError(ErrorRecords.Invalid(
                $"-CreateCompany is for people and opportunities, which belong to companies; {EntityWords.WithArticle(EntityName)} does "
                    + "not.",
                Entity));
        }

        _journal = JournalPath is null ? null : JournalFilePath.Of(this, JournalPath);
        CheckJournal(_journal, Resume);
    }

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        foreach (var item in InputObject ?? [null])
        {
            OrEnd(() =>
            {
                _rows.Add(ImportRows.From(item, EntityName, _rows.Count + 1));
                return true;
            });
            Sources.Add(item!);
        }
    }

    /// <summary>Plans and runs the import once all rows are there: they are matched to each other, too.</summary>
    protected override void EndProcessing()
    {
        if (Resume && OrEnd(() => ChangeJournal.CanResume(_journal!), _journal))
        {
            CheckSameImport();
            ResumeRun(_journal!, Suppressed(SuppressionPath));
            return;
        }

        if (_rows.Count == 0)
        {
            WriteWarning("There are no rows: nothing was read or written.");
            return;
        }

        var suppressed = Suppressed(SuppressionPath);
        var planner = _planner = new ImportPlanner(Client, NewOptions(CreateCompany), PlanningProgress());
        var plan = Owned(OrEnd(() => Await(token => planner.PlanAsync(_rows, token))));
        WarnOfCompanies(planner.MissingCompanies);
        plan = Owned(suppressed?.Apply(plan) ?? plan);
        if (PlanOnly)
        {
            WritePlan(plan);
            return;
        }

        if (Resume)
        {
            DiscardUnfinishedJournal(_journal!);
        }

        Run(plan, _journal, isFresh: true);
    }

    Task<CopperPlanStep?> IRowPlanner.ReplanAsync(ChangePlan plan, CopperPlanStep step, CancellationToken cancellationToken) =>
        (_planner ??= new ImportPlanner(Client, NewOptions(CreateCompany))).ReplanAsync(step, plan, _rows, cancellationToken);

    /// <summary>Deletes the rows that wait in a temporary file, however the pipeline ended.</summary>
    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            _rows.Dispose();
        }

        base.Dispose(disposing);
    }

    /// <summary>The names of companies that are not there are said once, whatever the number of their rows.</summary>
    private void WarnOfCompanies(IReadOnlyList<KeyValuePair<string, int>> missing)
    {
        const int Most = 10;
        if (missing.Count == 0)
        {
            return;
        }

        var company = CopperEntities.Company;
        var rows = missing.Sum(static one => one.Value);
        var names = string.Join(", ", missing.Take(Most).Select(static one => $"'{VisibleText.Of(one.Key)}'"))
            + (missing.Count > Most ? $" and {missing.Count - Most} more" : string.Empty);
        var text = $"{rows} {(rows == 1 ? "row names" : "rows name")} {missing.Count} "
            + $"{(missing.Count == 1 ? company.Name : company.Plural)} that the account does not have: {names}.";
        if (CreateCompany)
        {
            WriteVerbose($"{text} Each is created once, before its rows.");
        }
        else
        {
            WriteWarning($"{text} The rows are held. Add -CreateCompany to create them, or import the companies first.");
        }
    }

    private ImportOptions NewOptions(bool createsCompanies) => new()
    {
        Entity = EntityName,
        MatchOn = MatchOn,
        OnMatch = OnMatch,
        CreatesMissing = string.Equals(OnNoMatch, "Create", StringComparison.OrdinalIgnoreCase),
        CreatesCompanies = createsCompanies,
        Protect = Protect,
        ColumnMap = Mapping(),
        EmptyClears = EmptyClears,
        DateFormat = CurrentSession.DateFormat,
        InUtc = Utc,
        Culture = Culture,
    };

    private protected override object SourceOf(CopperPlanResult result) =>
        (result.Row is { } row ? Sources.Find(row) : null) ?? result;

    private Dictionary<string, string?> Mapping()
    {
        var map = new Dictionary<string, string?>(StringComparer.OrdinalIgnoreCase);
        foreach (var entry in DictionaryEntries.Of(ColumnMap))
        {
            var heading = Convert.ToString(entry.Key, CultureInfo.InvariantCulture)!;
            map[heading] = CellValue.Bare(entry.Value) switch
            {
                null => null,
                string column => column,
                var other => Convert.ToString(other, CultureInfo.InvariantCulture),
            };
        }

        return map;
    }

    /// <summary>The journal was begun for another file when it is of another entity, or its rows are not these.</summary>
    private void CheckSameImport() => OrEnd(
        () =>
        {
            using var journal = ChangeJournal.OpenReadOnly(_journal!);
            var last = 0L;
            var isSame = true;
            foreach (var step in journal.Plan.Steps)
            {
                last = Math.Max(last, step.Row ?? 0);
                isSame &= step.Row is null ? step.Entity is CopperEntityNames.Company || step.Entity == EntityName
                    : step.Entity == EntityName
                        && (_rows.Count == 0 || (step.Row <= _rows.Count && ImportPlanner.IsOf(step, _rows[(int)step.Row - 1])));
            }

            return isSame && (_rows.Count == 0 || _rows.Count == last)
                ? true
                : throw new PlanException(
                    $"The journal '{_journal}' is of another import than these rows. Go on with it by Invoke-CopperPlan -Resume, or name "
                        + "another file.");
        },
        _journal);
}
