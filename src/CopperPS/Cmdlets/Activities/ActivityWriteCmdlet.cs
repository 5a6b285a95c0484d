using System.Management.Automation;
using Copper.Client.Metadata;
using Copper.Client.Models;
using Copper.Data.Columns;
using CopperPS.Binding;
using CopperPS.Binding.Completers;
using CopperPS.Cmdlets.Base;

namespace CopperPS.Cmdlets.Activities;

/// <summary>The fields of an activity, for New and Set.</summary>
public abstract class ActivityWriteCmdlet : WriteRecordCmdlet<CopperActivity>
{
    private const string CategoryColumn = "Category";

    private protected ActivityWriteCmdlet()
    {
    }

    /// <summary>The record that it is about: the record itself, or its id with -RelatedType.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [ReferenceTransformation(TakesOne = true)]
    public virtual CopperReference? RelatedTo { get; set; }

    /// <summary>What kind of record the id of -RelatedTo means.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [RelatedType(TakesOne = true)]
    [ArgumentCompleter(typeof(VocabularyCompleter))]
    public string? RelatedType { get; set; }

    /// <summary>The type: its name, its id, or an activity type. Only types of the category user can be written.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [ReferenceTransformation(TakesOne = true)]
    [Alias("Type")]
    [ArgumentCompleter(typeof(ActivityTypeCompleter))]
    public CopperReference? ActivityType { get; set; }

    /// <summary>What was done.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [TextTransformation]
    [Field("details")]
    public virtual string? Details { get; set; }

    /// <summary>When it was done; by default now. It may lie in the future.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [DateTransformation]
    [ArgumentCompleter(typeof(DateCompleter))]
    [Alias("Date")]
    [Field("activity_date")]
    public DateTimeOffset? ActivityDate { get; set; }

    /// <summary>The user who did it; by default the one of the key.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [ReferenceTransformation(TakesOne = true)]
    [ArgumentCompleter(typeof(UserCompleter))]
    [Field("user_id", Entity = CopperEntityNames.User)]
    public CopperReference? User { get; set; }

    private protected override void Collect(FieldCollector<CopperActivity> fields)
    {
        base.Collect(fields);
        RelatedRecordFields.Collect(fields, "parent", "Parent", RelatedTo, RelatedType, RelatedResources.OfActivity);
        if (fields.IsSpecified(nameof(ActivityType), ActivityType))
        {
            CollectType(fields, ActivityType ?? throw RequestValueConverter.Reject(
                "-ActivityType is empty, and an activity must have a type. Give one, or leave the parameter out.", null));
        }
    }

    private void CollectType(FieldCollector<CopperActivity> fields, CopperReference type)
    {
        fields.Account.Own(type);
        var cell = fields.IsUpdate && fields.IsFromRow(nameof(ActivityType), type) ? type.Name : null;
        try
        {
            // A row shows the category in a column of its own, and both may have a type of that name.
            var asked = cell is not null && CategoryIn(fields.Row!) == ActivityTypes.System && !cell.Contains(':')
                ? CopperReference.From($"{ActivityTypes.System}:{cell}")
                : type;
            fields.Fields["type"] = fields.Account.Wait(token => ActivityTypes.FindForWritingAsync(fields.Account.Names, asked, token));
            fields.Description.Note("type", nameof(ActivityType), type);
        }
        catch (InputRejectedException rejection) when (cell is not null)
        {
            // What Copper notes by itself is in exported files too. Where nobody edited the type, nothing is to be written.
            fields.RejectUnless(present => IsShown(fields, present, cell), rejection);
        }
    }

    private static string? CategoryIn(RecordRow row) => (row[CategoryColumn] as string)?.Trim().ToLowerInvariant();

    private static bool IsShown(FieldCollector<CopperActivity> fields, CopperActivity present, string cell) =>
        string.Equals(
            ColumnMap.Of(CopperEntityNames.Activity)!.Find(nameof(ActivityType))!
                .Read(present, new RecordNames(fields.Account.Client))?.ToString(),
            cell,
            StringComparison.OrdinalIgnoreCase);
}
