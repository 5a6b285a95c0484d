using System.Management.Automation;
using Copper.Client;
using Copper.Client.Models;
using CopperPS.Binding;
using CopperPS.Binding.Completers;
using CopperPS.Cmdlets.Base;

namespace CopperPS.Cmdlets.Activities;

/// <summary>Reads activities.</summary>
[Cmdlet(VerbsCommon.Get, "CopperActivity", DefaultParameterSetName = SearchSet, SupportsPaging = true)]
[OutputType(typeof(CopperActivity))]
public sealed class GetCopperActivityCommand : GetRecordCmdlet<CopperActivity>, IRelatedNames
{
    /// <summary>The record that they are about: the record itself, or its id with -RelatedType.</summary>
    [Parameter(ParameterSetName = SearchSet)]
    [ReferenceTransformation(TakesOne = true)]
    [ValidateNotNull]
    public CopperReference? RelatedTo { get; set; }

    /// <summary>What kind of record the id of -RelatedTo means.</summary>
    [Parameter(ParameterSetName = SearchSet)]
    [RelatedType]
    [ArgumentCompleter(typeof(VocabularyCompleter))]
    public string? RelatedType { get; set; }

    /// <summary>
    /// The types of activities, by name or id: an id means a type of the category user; user:0, system:1 and activity types name the
    /// category too.
    /// </summary>
    [Parameter(ParameterSetName = SearchSet)]
    [ReferenceTransformation]
    [Alias("Type")]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(ActivityTypeCompleter))]
    public CopperReference[]? ActivityType { get; set; }

    /// <summary>Done at this time or later.</summary>
    [Parameter(ParameterSetName = SearchSet)]
    [DateTransformation]
    [ArgumentCompleter(typeof(DateCompleter))]
    [Alias("ActivityDateAfter")]
    [Filter("minimum_activity_date")]
    public DateTimeOffset After { get; set; }

    /// <summary>Done at this time or earlier.</summary>
    [Parameter(ParameterSetName = SearchSet)]
    [DateTransformation]
    [ArgumentCompleter(typeof(DateCompleter))]
    [Alias("ActivityDateBefore")]
    [Filter("maximum_activity_date")]
    public DateTimeOffset Before { get; set; }

    /// <summary>
    /// Find more thoroughly, where a search takes too long otherwise. Only the key of an administrator may; one activity may then come
    /// several times, once for each of its users.
    /// </summary>
    [Parameter(ParameterSetName = SearchSet)]
    [Filter("full_result")]
    public SwitchParameter FullResult { get; set; }

    /// <summary>Ask for the names of the records that the activities are about: one request more for up to 200 records of a kind.</summary>
    [Parameter]
    public SwitchParameter IncludeRelatedName { get; set; }

    private protected override ParentLink? LinkOf(string entity) =>
        RelatedResources.OfActivity.Contains(entity) ? ParentLink.Pointer("parent") : base.LinkOf(entity);

    private protected override void AddFilters(JsonBody filter)
    {
        base.AddFilters(filter);
        if (RelatedTo is not null)
        {
            filter["parent"] = RelatedResources.Of(
                WithRelatedId(RelatedTo, RelatedType, RelatedResources.OfActivity), RelatedType, RelatedResources.OfActivity);
        }
        else if (RelatedType is not null)
        {
            throw RelatedResources.TypeAlone(RelatedType);
        }

        if (ActivityType is not null)
        {
            filter["activity_types"] = ActivityType
                .Select(type => Await(token => ActivityTypes.FindAsync(Resolver, Own(type), token)))
                .ToArray();
        }
    }
}
