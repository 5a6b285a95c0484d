using System.Collections;
using System.Management.Automation;
using Copper.Client.CustomFields;
using Copper.Client.Json;
using Copper.Client.Models;
using CopperPS.Binding;
using CopperPS.Binding.Completers;
using CopperPS.Binding.CustomFields;

namespace CopperPS.Cmdlets.Base;

/// <summary>The criteria that every kind of record but activities has.</summary>
/// <typeparam name="T">The model.</typeparam>
public abstract class GetNamedRecordCmdlet<T> : GetRecordCmdlet<T>, ISortedSearch
    where T : class, ICopperRecord
{
    private protected GetNamedRecordCmdlet()
    {
    }

    /// <summary>The name.</summary>
    [Parameter(ParameterSetName = SearchSet)]
    [Filter("name")]
    public string? Name { get; set; }

    /// <summary>Any of these ids: all in one search, and without an error for those that do not exist.</summary>
    [Parameter(ParameterSetName = SearchSet)]
    [ReferenceTransformation]
    [ValidateNotNullOrEmpty]
    public CopperReference[]? AnyId { get; set; }

    /// <summary>The users who own the records; null for records without an owner.</summary>
    [Parameter(ParameterSetName = SearchSet)]
    [ReferenceTransformation]
    [AllowNull]
    [ArgumentCompleter(typeof(UserCompleter))]
    [Filter("assignee_ids", Entity = CopperEntityNames.User, AllowsNone = true)]
    public CopperReference?[]? Assignee { get; set; }

    /// <summary>Tags, of which a record has at least one.</summary>
    [Parameter(ParameterSetName = SearchSet)]
    [ArgumentCompleter(typeof(TagCompleter))]
    [Filter("tags")]
    public string[]? Tag { get; set; }

    /// <summary>Custom fields and their values.</summary>
    [Parameter(ParameterSetName = SearchSet)]
    [ArgumentCompleter(typeof(CustomFieldCompleter))]
    [ValidateNotNullOrEmpty]
    public Hashtable? CustomField { get; set; }

    /// <summary>Created at this time or later.</summary>
    [Parameter(ParameterSetName = SearchSet)]
    [DateTransformation]
    [Filter("minimum_created_date")]
    public DateTimeOffset CreatedAfter { get; set; }

    /// <summary>Created at this time or earlier.</summary>
    [Parameter(ParameterSetName = SearchSet)]
    [DateTransformation]
    [Filter("maximum_created_date")]
    public DateTimeOffset CreatedBefore { get; set; }

    /// <summary>Changed at this time or later.</summary>
    [Parameter(ParameterSetName = SearchSet)]
    [DateTransformation]
    [Filter("minimum_modified_date")]
    public DateTimeOffset ModifiedAfter { get; set; }

    /// <summary>Changed at this time or earlier.</summary>
    [Parameter(ParameterSetName = SearchSet)]
    [DateTransformation]
    [Filter("maximum_modified_date")]
    public DateTimeOffset ModifiedBefore { get; set; }

    /// <summary>Followed by the user of the key; with :$false, not followed.</summary>
    [Parameter(ParameterSetName = SearchSet)]
    public SwitchParameter Followed { get; set; }

    /// <summary>The field to sort by.</summary>
    [Parameter(ParameterSetName = SearchSet)]
    [ArgumentCompleter(typeof(SortFieldCompleter))]
    [ValidateNotNullOrEmpty]
    public string? SortBy { get; set; }

    /// <summary>Last first.</summary>
    [Parameter(ParameterSetName = SearchSet)]
    public SwitchParameter Descending { get; set; }

    private protected override void AddFilters(JsonBody filter)
    {
        if (AnyId is not null)
        {
            filter["ids"] = AnyId.Select(reference => RequestValueConverter.IdOf(reference, Endpoint.Entity.Name)).ToArray();
        }

        if (IsBound(nameof(Followed)))
        {
            // 1 is followed by the user of the key, 2 is not followed.
            filter["followed"] = Followed ? 1 : 2;
        }

        if (CustomField is not null)
        {
            filter["custom_fields"] = Await(token =>
                new CustomFieldResolver(Client.Metadata, Endpoint.Entity.Name)
                    .ForSearchingAsync(CustomFieldParameter.Plain(CustomField!), token));
        }
    }
}
