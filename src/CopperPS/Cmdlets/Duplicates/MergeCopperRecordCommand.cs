using System.Collections;
using System.Globalization;
using System.Management.Automation;
using Copper.Client.Entities;
using Copper.Client.Metadata;
using Copper.Data.Duplicates;
using Copper.Data.Plans;
using CopperPS.Binding;
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
    private string? _journal;

    /// <summary>The kind of records; groups say it themselves.</summary>
    [Parameter(Mandatory = true, Position = 0, ParameterSetName = IdSet)]
    [Parameter(Position = 0, ParameterSetName = GroupSet)]
    [EntityTransformation(TakesOne = true)]
    [ValidateSet("Person", "Company", "Lead")]
    public string Entity { get; set; } = string.Empty;

    /// <summary>The record to keep.</summary>
    [Parameter(Mandatory = true, Position = 1, ParameterSetName = IdSet)]
    [ReferenceTransformation(TakesOne = true)]
    public CopperReference? Keep { get; set; }

    /// <summary>The records that are merged into it.</summary>
    [Parameter(Mandatory = true, Position = 2, ParameterSetName = IdSet, ValueFromPipeline = true)]
    [ReferenceTransformation]
    public CopperReference?[] Id { get; set; } = [];

    /// <summary>Groups of Find-CopperDuplicate.</summary>
    [Parameter(Mandatory = true, ParameterSetName = GroupSet, ValueFromPipeline = true)]
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

        _journal = JournalPath is null ? null : JournalFilePath.Of(this, JournalPath);
        CheckJournal(_journal, resumes: false);
    }

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        if (ParameterSetName == IdSet)
        {
            foreach (var reference in Id)
            {
                TryTake(() => _ids.Add(IdOf(reference)));
            }

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
        if (ParameterSetName == IdSet && _ids.Count > 0)
        {
            var keep = OrEnd(() => IdOf(Keep));
            if (_ids.All(id => id == keep))
            {
                ThrowTerminatingError(ErrorRecords.Invalid($"-Keep and -Id are both {keep}: there is nothing to merge.", Keep?.Source));
            }

            _groups.Add(new MergeGroup { Entity = CopperEntities.GetPrimary(Entity).Name, Keep = keep, Ids = _ids });
        }

        if (_groups.Count == 0)
        {
            return;
        }

        var planner = new MergePlanner(Client, Prefer, CurrentSession.DateFormat, new PostedMergeProgress(this));
        var plan = OrEnd(() => Await(token => planner.PlanAsync(_groups, token)));
        HideProgress();
        if (ParameterSetName == IdSet && planner.Missing.Count > 0)
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

    private long IdOf(CopperReference? reference) => RequestValueConverter.IdOf(
        (CopperReference?)WithRecordIds(reference, CopperEntities.GetPrimary(Entity).Name)
            ?? throw RequestValueConverter.Reject("The id of a record is null.", null),
        CopperEntities.GetPrimary(Entity).Name);

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

        var ids = item is null ? [] : IdsIn(RowValues.ValueOf(item, "Ids"));
        var word = item is null ? null : Convert.ToString(RowValues.ValueOf(item, "Entity"), CultureInfo.InvariantCulture);
        var entity = string.IsNullOrEmpty(word) ? Entity : word!;
        return ids.Count > 1 && entity.Length > 0 ? Checked(item!, entity, ids, ids[0]) : throw RequestValueConverter.Reject(
            $"'{CellValue.Describe(item)}' is no group of duplicates. Give groups as Find-CopperDuplicate writes them, or objects with "
                + "Entity and Ids, of which the first one is kept.",
            item);
    }

    /// <summary>The ids first to last; the one to keep first, unless a preference was given.</summary>
    private MergeGroup Checked(PSObject item, string entity, IReadOnlyList<long> ids, long? keep)
    {
        var name = CopperEntities.FindPrimary(entity)?.Name ?? entity;
        return Entity.Length > 0 && CopperEntities.GetPrimary(Entity).Name != name
            ? throw new InputRejectedException(
                InputRejection.EntityMismatch, $"A group of {name} records is none of -Entity {Entity}. It is left out.", item)
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
