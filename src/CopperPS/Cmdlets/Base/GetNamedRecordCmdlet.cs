using System.Collections;
using System.Management.Automation;
using Copper.Client;
using Copper.Client.CustomFields;
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
    private readonly List<string> _pipedTags = [];
    private NameFilter? _name;

    private protected GetNamedRecordCmdlet()
    {
    }

    /// <summary>The name; with wildcards, what the service finds is compared here.</summary>
    [Parameter(ParameterSetName = SearchSet)]
    [TextTransformation]
    [SupportsWildcards]
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
    [Alias("Owner")]
    [Filter("assignee_ids", Entity = CopperEntityNames.User, AllowsNone = true)]
    public CopperReference?[]? Assignee { get; set; }

    /// <summary>Tags, of which a record has at least one; wildcards are allowed.</summary>
    [Parameter(ParameterSetName = SearchSet)]
    [TextListTransformation]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(TagCompleter))]
    [Filter("tags")]
    public string[]? Tag { get; set; }

    /// <summary>Custom fields and their values.</summary>
    [Parameter(ParameterSetName = SearchSet)]
    [HashtableTransformation]
    [ArgumentCompleter(typeof(CustomFieldCompleter))]
    [ValidateNotNullOrEmpty]
    public Hashtable? CustomField { get; set; }

    /// <summary>Created at this time or later.</summary>
    [Parameter(ParameterSetName = SearchSet)]
    [DateTransformation]
    [ArgumentCompleter(typeof(DateCompleter))]
    [Alias("DateCreatedAfter")]
    [Filter("minimum_created_date")]
    public DateTimeOffset CreatedAfter { get; set; }

    /// <summary>Created at this time or earlier.</summary>
    [Parameter(ParameterSetName = SearchSet)]
    [DateTransformation]
    [ArgumentCompleter(typeof(DateCompleter))]
    [Alias("DateCreatedBefore")]
    [Filter("maximum_created_date")]
    public DateTimeOffset CreatedBefore { get; set; }

    /// <summary>Changed at this time or later.</summary>
    [Parameter(ParameterSetName = SearchSet)]
    [DateTransformation]
    [ArgumentCompleter(typeof(DateCompleter))]
    [Alias("DateModifiedAfter")]
    [Filter("minimum_modified_date")]
    public DateTimeOffset ModifiedAfter { get; set; }

    /// <summary>Changed at this time or earlier.</summary>
    [Parameter(ParameterSetName = SearchSet)]
    [DateTransformation]
    [ArgumentCompleter(typeof(DateCompleter))]
    [Alias("DateModifiedBefore")]
    [Filter("maximum_modified_date")]
    public DateTimeOffset ModifiedBefore { get; set; }

    /// <summary>Followed by the user of the key; with :$false, not followed.</summary>
    [Parameter(ParameterSetName = SearchSet)]
    public SwitchParameter Followed { get; set; }

    /// <summary>The field to sort by.</summary>
    [Parameter(ParameterSetName = SearchSet)]
    [TextTransformation]
    [ArgumentCompleter(typeof(SortFieldCompleter))]
    [ValidateNotNullOrEmpty]
    public string? SortBy { get; set; }

    /// <summary>Last first.</summary>
    [Parameter(ParameterSetName = SearchSet)]
    public SwitchParameter Descending { get; set; }

    private protected override bool ComparesHere => _name is not null || IsByContact;

    private bool LeavesOutNeverContacted => this is IContactSearch { ExcludeNeverContacted.IsPresent: true };

    /// <summary>Those who were never contacted are wanted too, unless the user says otherwise.</summary>
    private bool IsByContact => this is IContactSearch && IsBound(nameof(IContactSearch.NotContactedSince));

    private protected override bool IsWanted(T record) =>
        (_name is null || _name.IsMatch(RecordProperties.ValueOf(record, nameof(Name)) as string))
        && (!IsByContact
            || (RecordProperties.ValueOf(record, "DateLastContacted") is DateTimeOffset last
                ? last < ((IContactSearch)this).NotContactedSince
                : !LeavesOutNeverContacted));

    /// <summary>No search finds both who was contacted long ago and who never was: there are two.</summary>
    private protected override IEnumerable<JsonBody> Split(JsonBody filter)
    {
        var filters = base.Split(filter);
        if (!IsByContact)
        {
            return !LeavesOutNeverContacted ? filters : throw RequestValueConverter.Reject(
                "-ExcludeNeverContacted goes with -NotContactedSince, which finds those who were never contacted too: give that.", null);
        }

        const string LastContact = "maximum_interaction_date";
        const string Count = "maximum_interaction_count";
        if (filter.Contains(LastContact) || filter.Contains(Count))
        {
            throw RequestValueConverter.Reject(
                "-NotContactedSince says what -InteractionBefore and -MaximumInteractionCount say: leave these out.", null);
        }

        var since = ((IContactSearch)this).NotContactedSince;
        return LeavesOutNeverContacted
            ? filters.Select(one => With(one, LastContact, since))
            : filters.SelectMany(one => new[] { With(one, LastContact, since), With(one, Count, 0) });
    }

    private static JsonBody With(JsonBody filter, string member, object value)
    {
        var search = filter.Copy();
        search[member] = value;
        return search;
    }

    /// <summary>A tag that no record of the account has may be misspelled. The list is read for that only when nothing was found.</summary>
    private protected override void TellOfNothing()
    {
        if (Tag is { Length: > 0 }
            && UnknownTags.Warning(Tag, $"of the {Endpoint.Entity.Plural}", Await(token => UnknownTags.ReadAsync(Client, token)))
                is { } warning)
        {
            WriteWarning(warning);
        }
    }

    private protected override void AddFilters(JsonBody filter)
    {
        AddName(filter);
        AddTags(filter);
        if (AnyId is not null)
        {
            filter["ids"] = AnyId.Select(reference => RequestValueConverter.IdOf(Own(reference), Endpoint.Entity.Name)).ToArray();
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

    private void AddName(JsonBody filter)
    {
        _name = NameFilter.Of(Name);
        if (_name is null)
        {
            return;
        }

        if (_name.Literal is { } literal)
        {
            filter["name"] = literal;
        }
        else
        {
            filter.Remove("name");
        }

        WriteVerbose($"The service knows no wildcards: {(_name.Literal is null ? "all names" : $"the names with '{_name.Literal}'")} are "
            + $"read, and compared with '{Name}' here.");
    }

    /// <summary>Tags with wildcards are those of the account that match.</summary>
    /// <summary>A tag that is piped stands for the records that have it.</summary>
    private protected override bool TryTakeCriterion(CopperReference reference)
    {
        if (reference.EntityType != "tag" || reference.Source is null
            || RowValues.ValueOf(PSObject.AsPSObject(reference.Source), nameof(Name)) is not { } name
            || CellValue.Text(name) is not { Length: > 0 } tag)
        {
            return false;
        }

        _pipedTags.Add(tag);
        return true;
    }

    private void AddTags(JsonBody filter)
    {
        if (_pipedTags.Count > 0)
        {
            filter["tags"] = Tag is null
                ? _pipedTags.Distinct(StringComparer.OrdinalIgnoreCase).ToArray()
                : throw RequestValueConverter.Reject("Tags are piped, and -Tag names others: leave one of them out.", Tag);
            return;
        }

        if (Tag is null || !Tag.Any(NameFilter.HasWildcards))
        {
            return;
        }

        var known = Await(Client.Metadata.Tags.GetAsync);
        var tags = Tag
            .SelectMany(tag => NameFilter.Of(tag) is { } pattern
                ? known.Select(static item => item.Name).Where(pattern.IsMatch).OfType<string>()
                : [tag])
            .Distinct(StringComparer.OrdinalIgnoreCase)
            .ToArray();
        WriteVerbose(tags.Length == 0
            ? $"No tag of the account matches '{string.Join("', '", Tag)}'."
            : $"The tags that are searched for: {string.Join(", ", tags)}.");
        FindsNothing = tags.Length == 0;
        filter["tags"] = tags;
    }
}
