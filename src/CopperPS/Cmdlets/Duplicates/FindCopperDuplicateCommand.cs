using System.Management.Automation;
using Copper.Client;
using Copper.Client.Metadata;
using Copper.Client.Models;
using Copper.Data.Duplicates;
using CopperPS.Binding;
using CopperPS.Binding.Completers;
using CopperPS.Cmdlets.Base;
using CopperPS.Cmdlets.FlatRecords;
using CopperPS.Core;

namespace CopperPS.Cmdlets.Duplicates;

/// <summary>Finds people, companies or leads that are there twice.</summary>
[Cmdlet(VerbsCommon.Find, "CopperDuplicate", DefaultParameterSetName = AccountSet)]
[OutputType(typeof(CopperDuplicateGroup))]
public sealed class FindCopperDuplicateCommand : WorkCmdlet
{
    private const string AccountSet = "Account";
    private const string RecordSet = "Record";
    private readonly List<ICopperRecord> _records = [];
    private string? _entity;
    private DistinctRecords? _except;

    /// <summary>The kind of records; without it, that of the first record of the pipeline.</summary>
    [Parameter(Mandatory = true, Position = 0, ParameterSetName = AccountSet)]
    [Parameter(Position = 0, ParameterSetName = RecordSet)]
    [EntityTransformation(TakesOne = true)]
    [ValidateSet("Person", "Company", "Lead")]
    [Alias("Type", "EntityType")]
    public string Entity { get; set; } = string.Empty;

    /// <summary>The records that are compared, in place of those of the account.</summary>
    [Parameter(Mandatory = true, ValueFromPipeline = true, ParameterSetName = RecordSet)]
    [AllowNull]
    [AllowEmptyCollection]
    public PSObject?[] InputObject { get; set; } = [];

    /// <summary>The rules by which records are found to be one, in place of the usual ones.</summary>
    [Parameter]
    [TextListTransformation]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(DuplicateRuleCompleter))]
    public string[] MatchOn { get; set; } = [];

    /// <summary>A file of records that are known to be different.</summary>
    [Parameter]
    [PathTransformation]
    [ValidateNotNullOrEmpty]
    public string? ExceptPath { get; set; }

    private bool ReadsAccount => ParameterSetName == AccountSet && !MyInvocation.ExpectingInput;

    /// <summary>Checks what was given. Records that are at hand need no session.</summary>
    protected override void BeginProcessing()
    {
        if (ReadsAccount)
        {
            base.BeginProcessing();
        }

        _entity = Entity.Length > 0 ? CopperEntities.GetPrimary(Entity).Name : null;
        _except = ExceptPath is null ? null : ReadExcept(LocalFilePath.Of(this, ExceptPath, ErrorRecords.Unreadable));
    }

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        foreach (var item in ParameterSetName == RecordSet ? InputObject ?? [null] : [])
        {
            if (RecordInput.From(item) is not { } record || !DuplicateIndex.Entities.Contains(record.GetEntityType()))
            {
                WriteError(ErrorRecords.Create(
                    new ArgumentException(
                        $"'{CellValue.Describe(item)}' is no record that is searched for duplicates. Give people, companies or leads as "
                            + "the Get- cmdlets write them."),
                    "CopperNoRecord",
                    ErrorCategory.InvalidType,
                    item,
                    null));
                continue;
            }

            _entity ??= record.GetEntityType();
            if (record.GetEntityType() != _entity)
            {
                WriteError(ErrorRecords.From(new InputRejectedException(
                    InputRejection.EntityMismatch,
                    $"'{record}' is {EntityWords.WithArticle(record.GetEntityType())}, and {CopperEntities.GetPrimary(_entity).Plural} are "
                        + "compared. It is left out.",
                    item)));
                continue;
            }

            if (_records.Count == 0)
            {
                // A rule that there is not ends the pipeline before all records are read.
                OrEnd(() => new DuplicateIndex(NewOptions()));
            }

            _records.Add(record);
        }
    }

    /// <summary>Compares the records once all are there.</summary>
    protected override void EndProcessing()
    {
        if (ReadsAccount)
        {
            SearchAccount();
            return;
        }

        if (_records.Count == 0)
        {
            return;
        }

        var warnings = new List<string>();
        foreach (var group in OrEnd(() => DuplicateFinder.FindAmong(_records, NewOptions(), warnings, StopToken)))
        {
            WriteObject(group);
        }

        warnings.ForEach(WriteWarning);
    }

    private void SearchAccount()
    {
        var finder = new DuplicateFinder(Client, OrEnd(NewOptions), new PostedProgress(Mailbox, Progress));
        using var groups = Stream(finder.FindAsync(StopToken)).GetEnumerator();
        while (OrEnd(groups.MoveNext))
        {
            LoadNames(groups.Current.Records);
            WriteObject(groups.Current);
        }

        HideProgress();
        foreach (var warning in finder.Warnings)
        {
            WriteWarning(warning);
        }
    }

    private DuplicateOptions NewOptions() => new()
    {
        Entity = _entity!,
        MatchOn = MatchOn,
        Except = _except,
        CustomFields = DuplicateIndex.NeedsCustomFields(MatchOn) ? Await(Client.Metadata.CustomFieldDefinitions.GetAsync) : [],
    };

    private DistinctRecords ReadExcept(string path)
    {
        try
        {
            return OrEnd(() => DistinctRecords.Read(path));
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            ThrowTerminatingError(ErrorRecords.Unreadable(exception, path));
            throw;
        }
    }

    /// <summary>Runs a part of the work; a failure ends the pipeline with one error.</summary>
    private T OrEnd<T>(Func<T> part)
    {
        try
        {
            return part();
        }
        catch (Exception exception) when (exception is CopperException or InputRejectedException)
        {
            ThrowTerminatingError(RecordOf(exception, null));
            throw;
        }
    }

    /// <summary>Progress that comes from any thread and is shown by the pipeline thread.</summary>
    private sealed class PostedProgress(PipelineMailbox mailbox, WorkProgress shown) : IProgress<DuplicateProgress>
    {
        public void Report(DuplicateProgress value) => mailbox.Post(() => shown.Show(value.Activity, value.Completed, value.Total));
    }
}
