using System.Collections;
using System.Globalization;
using System.Management.Automation;
using Copper.Client;
using Copper.Client.Metadata;
using Copper.Data.Duplicates;
using Copper.Data.Plans;
using CopperPS.Binding;
using CopperPS.Binding.Completers;
using CopperPS.Cmdlets.Plans;
using CopperPS.Core;

namespace CopperPS.Cmdlets.Duplicates;

/// <summary>Merges people, companies or leads that are one.</summary>
[Cmdlet(VerbsData.Merge, "CopperRecord", SupportsShouldProcess = true, DefaultParameterSetName = GroupSet)]
[OutputType(typeof(CopperPlanResult), typeof(CopperPlanStep))]
public sealed class MergeCopperRecordCommand : PlanCmdlet
{
    private const string GroupSet = "Group";
    private const string IdSet = "Id";
    private readonly List<MergeGroup> _groups = [];
    private readonly List<long> _ids = [];
    private string? _entity;
    private string? _journal;

    /// <summary>The kind of records; groups and records say it themselves, and may stand in its place.</summary>
    [Parameter(Position = 0)]
    [MergeSubject]
    [Alias("Type", "EntityType")]
    [ArgumentCompleter(typeof(VocabularyCompleter))]
    public object? Entity { get; set; }

    /// <summary>The record to keep.</summary>
    [Parameter(Mandatory = true, Position = 1, ParameterSetName = IdSet)]
    [ReferenceTransformation(TakesOne = true)]
    public CopperReference? Keep { get; set; }

    /// <summary>The records that are merged into it.</summary>
    [Parameter(Position = 2, ParameterSetName = IdSet, ValueFromPipeline = true)]
    [ReferenceTransformation]
    public CopperReference?[] Id { get; set; } = [];

    /// <summary>Groups of Find-CopperDuplicate.</summary>
    [Parameter(ParameterSetName = GroupSet, ValueFromPipeline = true)]
    [AllowNull]
    [AllowEmptyCollection]
    public PSObject?[] InputObject { get; set; } = [];

    /// <summary>From which record a missing value is taken, and which record of a group is kept.</summary>
    [Parameter]
    [OneValueTransformation]
    public MergePreference Prefer { get; set; } = MergePreference.MostComplete;

    /// <summary>Write the steps instead of carrying them out.</summary>
    [Parameter]
    public SwitchParameter PlanOnly { get; set; }

    /// <summary>A file that keeps what is changed, to resume the run and to undo it.</summary>
    [Parameter]
    [PathTransformation]
    [ValidateNotNullOrEmpty]
    public string? JournalPath { get; set; }

    private bool TakesIds => ParameterSetName == IdSet;

    /// <summary>The kind that was named; empty where none was.</summary>
    private string Word => Entity as string ?? string.Empty;

    /// <summary>What is merged, where it stands in place of the kind.</summary>
    private PSObject?[] Subjects => Entity as PSObject?[] ?? [];

    /// <summary>The kind of the records of -Id: what -Entity says, or the record to keep, or the first one that is merged.</summary>
    private string EntityName => CopperEntities.GetPrimary(
        Word.Length > 0 ? Word
            : Keep?.EntityType ?? _entity
                ?? throw new InputRejectedException(
                    InputRejection.Invalid,
                    "-Keep and -Id are ids, which do not tell the kind of the records. Give -Entity Person, Company or Lead.",
                    Keep?.Source)).Name;

    /// <inheritdoc/>
    protected override void BeginProcessing()
    {
        base.BeginProcessing();
        if (PlanOnly && JournalPath is not null)
        {
            ThrowTerminatingError(ErrorRecords.Invalid(
                "-PlanOnly changes nothing, so there is nothing to keep in a journal. Give -JournalPath to Invoke-CopperPlan.", null));
        }

        if (!PlanOnly && JournalPath is null && !IsWhatIf)
        {
            ThrowTerminatingError(ErrorRecords.Invalid(
                "A merge needs -JournalPath: a file that keeps what is changed, without which it could be neither resumed nor taken back. "
                    + "-PlanOnly and -WhatIf need none.",
                null));
        }

        var words = new MergeSubjectAttribute();
        if (words.IsUnknown(Word))
        {
            ThrowTerminatingError(ErrorRecords.Invalid(
                $"-Entity '{Word}' is not known. {NameSuggestions.Of(Word, words.Words, string.Empty)}", Word, "CopperUnknownName"));
        }

        if (!MyInvocation.ExpectingInput && Subjects.Length == 0 && !MyInvocation.BoundParameters.ContainsKey(nameof(Id))
            && !MyInvocation.BoundParameters.ContainsKey(nameof(InputObject)))
        {
            ThrowTerminatingError(ErrorRecords.Invalid(
                TakesIds ? "Give the records that are merged into -Keep: -Id, or by the pipeline."
                    : "Give what is merged: groups of Find-CopperDuplicate, or records with -Keep.",
                null));
        }

        _journal = JournalPath is null ? null : JournalFilePath.Of(this, JournalPath);
        CheckJournal(_journal, resumes: false);
    }

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        if (TakesIds)
        {
            Array.ForEach(Id, TakeId);
            return;
        }

        foreach (var item in InputObject ?? [null])
        {
            TryTake(() => _groups.Add(GroupOf(item)));
        }
    }

    /// <summary>Plans and runs the merge once all records are there.</summary>
    protected override void EndProcessing()
    {
        foreach (var item in Subjects)
        {
            if (TakesIds)
            {
                TakeId(item is null ? null : CopperReference.From(item));
            }
            else
            {
                TryTake(() => _groups.Add(GroupOf(item)));
            }
        }

        if (TakesIds && _ids.Count > 0)
        {
            var keep = OrEnd(() => IdOf(Keep));
            if (_ids.All(id => id == keep))
            {
                ThrowTerminatingError(ErrorRecords.Invalid($"-Keep and -Id are both {keep}: there is nothing to merge.", Keep?.Source));
            }

            _groups.Add(new MergeGroup { Entity = EntityName, Keep = keep, Ids = _ids });
        }

        if (_groups.Count == 0)
        {
            return;
        }

        var planner = new MergePlanner(Client, Prefer, CurrentSession.DateFormat, new PostedMergeProgress(this));
        var plan = OrEnd(() => Await(token => planner.PlanAsync(_groups, token)));
        HideProgress();
        if (TakesIds && planner.Missing.Count > 0)
        {
            ThrowTerminatingError(ErrorRecords.Invalid(
                $"There is no {_groups[0].Entity} {string.Join(", ", planner.Missing)}. Nothing was merged.", planner.Missing[0],
                "CopperNotFound"));
        }

        if (PlanOnly)
        {
            WritePlan(plan);
            return;
        }

        // The plan is as old as the reading: of many groups the first ones may be out of date.
        Run(plan, _journal, isFresh: false);
    }

    /// <summary>One item that cannot be used is an error about it, and the others go on.</summary>
    private void TryTake(Action take)
    {
        try
        {
            take();
        }
        catch (InputRejectedException rejection)
        {
            WriteError(ErrorRecords.From(rejection));
        }
    }

    private void TakeId(CopperReference? reference)
    {
        _entity ??= reference?.EntityType;
        TryTake(() => _ids.Add(IdOf(reference)));
    }

    private long IdOf(CopperReference? reference) => RequestValueConverter.IdOf(
        (CopperReference?)WithRecordIds(reference, EntityName)
            ?? throw RequestValueConverter.Reject("The id of a record is null.", null),
        EntityName);

    /// <summary>A group as it was found, or as a job, a file or a selection gives it back.</summary>
    private MergeGroup GroupOf(PSObject? item)
    {
        if (item?.BaseObject is CopperDuplicateGroup group)
        {
            foreach (var record in group.Records)
            {
                Own(CopperReference.From(record));
            }

            return Checked(item, group.Entity, group.Ids, group.Keep?.Id);
        }

        if (item is not null && CopperReference.From(item) is { IsRecord: true } single)
        {
            throw RequestValueConverter.Reject(
                $"{single} is a single record. Name the one that it is merged into with -Keep, or give groups as Find-CopperDuplicate "
                    + "writes them.",
                item);
        }

        var ids = item is null ? [] : IdsIn(RowValues.ValueOf(item, "Ids"));
        var word = item is null ? null : Convert.ToString(RowValues.ValueOf(item, "Entity"), CultureInfo.InvariantCulture);
        var entity = string.IsNullOrEmpty(word) ? Word : word!;
        return ids.Count > 1 && entity.Length > 0 ? Checked(item!, entity, ids, ids[0]) : throw RequestValueConverter.Reject(
            $"'{CellValue.Describe(item)}' is no group of duplicates. Give groups as Find-CopperDuplicate writes them, or objects with "
                + "Entity and Ids, of which the first one is kept.",
            item);
    }

    /// <summary>The ids first to last; the one to keep first, unless a preference was given.</summary>
    private MergeGroup Checked(PSObject item, string entity, IReadOnlyList<long> ids, long? keep)
    {
        var name = CopperEntities.FindPrimary(entity)?.Name ?? entity;
        return Word.Length > 0 && CopperEntities.GetPrimary(Word).Name != name
            ? throw new InputRejectedException(
                InputRejection.EntityMismatch, $"A group of {name} records is none of -Entity {Word}. It is left out.", item)
            : new MergeGroup
            {
                Entity = name, Keep = MyInvocation.BoundParameters.ContainsKey(nameof(Prefer)) ? null : keep, Ids = ids,
            };
    }

    private static IReadOnlyList<long> IdsIn(object? value)
    {
        var items = (value is PSObject wrapped ? wrapped.BaseObject : value) switch
        {
            null => [],
            string text => text.Split([' ', ',', ';'], StringSplitOptions.RemoveEmptyEntries),
            IEnumerable list => list.Cast<object?>().Select(static one => Convert.ToString(
                one is PSObject inner ? inner.BaseObject : one, CultureInfo.InvariantCulture) ?? string.Empty).ToArray(),
            var one => [Convert.ToString(one, CultureInfo.InvariantCulture) ?? string.Empty],
        };
        return
        [
            .. items.Select(item => long.TryParse(item, NumberStyles.None, CultureInfo.InvariantCulture, out var id) && id > 0
                ? id
                : throw new InputRejectedException(InputRejection.InvalidId, $"'{item}' is no id of a record.", item)),
        ];
    }

    /// <summary>Progress that comes from any thread and is shown by the pipeline thread.</summary>
    private sealed class PostedMergeProgress(MergeCopperRecordCommand cmdlet) : IProgress<DuplicateProgress>
    {
        public void Report(DuplicateProgress value) =>
            cmdlet.Mailbox.Post(() => cmdlet.ShowProgress(value.Activity, value.Completed, value.Total));
    }
}
