using System.Collections;
using System.Globalization;
using System.Management.Automation;
using System.Reflection;
using Copper.Client;
using Copper.Client.Metadata;
using Copper.Client.Models;
using CopperPS.Binding;
using CopperPS.Binding.Completers;
using CopperPS.Core;

namespace CopperPS.Cmdlets.Base;

/// <summary>
/// Reads records: by id, or whatever a search finds, as a stream. A leaf adds its criteria as <see cref="FilterAttribute"/>
/// parameters.
/// </summary>
/// <typeparam name="T">The model.</typeparam>
public abstract class GetRecordCmdlet<T> : SessionCmdlet
    where T : class, ICopperRecord
{
    /// <summary>The parameter set of a search.</summary>
    public const string SearchSet = "Search";

    /// <summary>The parameter set of reading by id.</summary>
    public const string IdSet = "Id";

    private const int FewestTogether = 3;

    /// <summary>Where the text of a criterion stands in records, if not in the property of its name.</summary>
    private static readonly Dictionary<string, string> ComparedProperties = new()
    {
        ["City"] = "Address.City",
        ["Country"] = "Address.Country",
        ["Email"] = "Emails.Email",
        ["PhoneNumber"] = "PhoneNumbers.Number",
        ["PostalCode"] = "Address.PostalCode",
        ["Social"] = "Socials.Url",
        ["State"] = "Address.State",
    };

    private readonly List<CopperReference> _parents = [];
    private bool _isNarrowed;
    private SearchProgress? _progress;
    private OrderedWork? _work;
    private long _settled;
    private bool _isInDoubt;

    private protected GetRecordCmdlet()
    {
    }

    /// <summary>The records to read: ids, or anything that has one.</summary>
    [Parameter(ParameterSetName = IdSet, Mandatory = true, Position = 0, ValueFromPipeline = true)]
    [ReferenceTransformation]
    public CopperReference?[] Id { get; set; } = [];

    /// <summary>
    /// What comes down the pipeline: ids, or records to which the wanted ones belong. These are searched for when the pipeline has brought
    /// all of them.
    /// </summary>
    [Parameter(ParameterSetName = SearchSet, ValueFromPipeline = true)]
    [ReferenceTransformation]
    public CopperReference?[]? InputObject { get; set; }

    /// <summary>The number of requests in flight at once, 1 to 32. With 1 each record is written before the next is read.</summary>
    [Parameter(ParameterSetName = IdSet)]
    [ValidateRange(1, MostAtOnce)]
    [WholeNumberTransformation]
    public int ThrottleLimit { get; set; } = 1;

    /// <summary>Records per request, 1 to 200.</summary>
    [Parameter(ParameterSetName = SearchSet)]
    [ValidateRange(1, SearchQuery.LargestPage)]
    [WholeNumberTransformation]
    public int PageSize { get; set; } = SearchQuery.LargestPage;

    /// <summary>Criteria in the API's own spelling, for what has no parameter.</summary>
    [Parameter(ParameterSetName = SearchSet)]
    [HashtableTransformation]
    [ValidateNotNull]
    public Hashtable Filter { get; set; } = [];

    private protected RecordEndpoint<T> Endpoint => RecordEndpoints.Of<T>(Client);

    /// <summary>
    /// -First 0 with -IncludeTotalCount is how PowerShell asks for the number alone. One record has to be asked for to get it.
    /// </summary>
    private bool WantsTotalOnly => PagingParameters.First == 0 && PagingParameters.IncludeTotalCount;

    private OrderedWork Work => _work ??= NewWork(ThrottleLimit, warnsOfRest: false);

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        if (ParameterSetName == IdSet)
        {
            Read(MyInvocation.ExpectingInput ? TakeParents(Id) : Id);
        }
        else if (IsBound(nameof(InputObject)))
        {
            // Never a search without what the pipeline brings: it would find every record.
            var rest = TakeParents(InputObject ?? [null]);
            if (rest.Length > 0)
            {
                RejectCriteria(rest[0]);
                Read(rest);
            }
        }
        else
        {
            Search();
        }
    }

    /// <summary>Writes what is still in flight, then the records that belong to those that the pipeline brought.</summary>
    protected override void EndProcessing()
    {
        _work?.Drain();
        if (_parents.Count > 0 || _isNarrowed)
        {
            Search();
        }
    }

    /// <summary>How records of another kind lead to those that are read; null when they do not.</summary>
    /// <param name="entity">The other kind, in the API's singular word.</param>
    private protected virtual ParentLink? LinkOf(string entity)
    {
        var criteria = ParameterMap<FilterAttribute>.Of(GetType())
            .Where(entry => entry.Attribute.Entity == entity)
            .Select(static entry => entry.Attribute.Name)
            .ToArray();
        return criteria.Length == 1 ? ParentLink.IdList(criteria[0])
            : Endpoint.Entity.RelatedEntities.Contains(entity) ? ParentLink.Relation
            : null;
    }

    /// <summary>What the pipeline brought is no record but something to search for, such as a tag, and was noted as that.</summary>
    private protected virtual bool TryTakeCriterion(CopperReference reference) => false;

    /// <summary>The records that a parameter names as those to which the wanted ones belong.</summary>
    private protected virtual CopperReference? RelatedRecord() => null;

    /// <summary>Criteria that need more than one parameter, or more thought.</summary>
    private protected virtual void AddFilters(JsonBody filter)
    {
    }

    /// <summary>
    /// The searches that make up the one that is asked for: several where a criterion has several values, of which the service takes one
    /// at a time.
    /// </summary>
    private protected virtual IEnumerable<JsonBody> Split(JsonBody filter)
    {
        IEnumerable<JsonBody> filters = [filter];
        foreach (var entry in ParameterMap<FilterAttribute>.Of(GetType()))
        {
            if (entry.Attribute.TakesOne && entry.ValueOf(this) is string[] { Length: > 1 } values)
            {
                filters = OneEach(filters, entry.Attribute.Name, values.Distinct(StringComparer.OrdinalIgnoreCase));
            }
        }

        return filters;
    }

    /// <summary>A criterion whose references by name have their ids; anything else as it is.</summary>
    private protected virtual object? ResolveCriterion(object? value, string? entity) => WithRecordIds(value, entity);

    private protected static IEnumerable<JsonBody> OneEach(IEnumerable<JsonBody> filters, string member, IEnumerable<object> values) =>
        filters.SelectMany(_ => values, (filter, value) =>
        {
            var one = filter.Copy();
            one[member] = value;
            return one;
        });

    /// <summary>What the service finds is compared here too, because it cannot tell all of what was asked.</summary>
    private protected virtual bool ComparesHere => false;

    /// <summary>The search is known to find nothing, and is not sent.</summary>
    private protected bool FindsNothing { get; set; }

    /// <summary>The search has found nothing: a cmdlet says so where a word may be misspelled.</summary>
    private protected virtual void TellOfNothing()
    {
    }

    /// <summary>A record that the service found is one of those that were asked for.</summary>
    private protected virtual bool IsWanted(T record) => true;

    /// <summary>How a record is found that is not given by its id; null when it is not.</summary>
    private protected virtual (string Text, Func<CancellationToken, Task<T?>> FindAsync)? LookUpOf(CopperReference reference) => null;

    /// <summary>The column of a row by which a record is found that is not given by its id; null for none.</summary>
    private protected virtual string? LookUpColumn => null;

    /// <summary>A search that has a quicker way than the search endpoint takes it and returns true.</summary>
    private protected virtual bool TryLookUp(JsonBody filter) => false;

    private protected bool IsBound(string parameter) => MyInvocation.BoundParameters.ContainsKey(parameter);

    private protected override bool IsAskedFor(CopperUnreadableRecordException item) => item.Entity == Endpoint.Entity.Name;

    private protected override void Deliver(Copper.Client.CopperTraceEvent message)
    {
        _progress?.Tell(message);
        _isInDoubt |= message.Kind == CopperTraceKind.Unreadable;
        base.Deliver(message);
    }

    private void Search()
    {
        JsonBody filter;
        ISearchResult<T> result;
        bool isOne;
        try
        {
            filter = BuildFilter();
            if (FindsNothing)
            {
                WriteNothing();
                TellOfNothing();
                return;
            }

            var parents = RelatedRecord() is { } related ? [.. _parents, related] : _parents;
            var filters = (parents.Count > 0 ? OfParents(Split(filter), parents) : Split(filter)).ToArray();
            if (filters.Length == 0)
            {
                // Nothing belongs to what the pipeline brought.
                WriteNothing();
                return;
            }

            isOne = filters.Length == 1;
            var query = TypedRecords.NewSearch<T>(isOne ? filters[0] : filter);
            query.SortBy = SortFields.Of((this as ISortedSearch)?.SortBy, Endpoint.Entity);
            query.Descending = this is ISortedSearch { Descending.IsPresent: true };
            query.PageSize = PageSize;
            query.First = WantsTotalOnly ? 1
                : PagingParameters.First == ulong.MaxValue || ComparesHere ? null
                : (long)Math.Min(PagingParameters.First, long.MaxValue);
            query.Skip = WantsTotalOnly || ComparesHere ? 0 : (long)Math.Min(PagingParameters.Skip, long.MaxValue);
            result = isOne ? Endpoint.Search(query) : Endpoint.SearchAny(query, filters, PagingParameters.IncludeTotalCount);
        }
        catch (InputRejectedException rejection) when (rejection.IsAboutName)
        {
            // The account may have the name tomorrow: nothing is found, and the script goes on.
            WriteError(ErrorRecords.From(rejection));
            return;
        }
        catch (InputRejectedException rejection)
        {
            ThrowTerminatingError(ErrorRecords.From(rejection));
            return;
        }
        catch (ArgumentException exception)
        {
            ThrowTerminatingError(ErrorRecords.From(exception, Filter));
            return;
        }
        catch (CopperException exception)
        {
            // A name could not be looked up.
            WriteFailure(exception, null);
            return;
        }

        if (_parents.Count > 0 || !TryLookUp(filter))
        {
            Write(result, isOne);
        }
    }

    /// <summary>Those of the pipeline to which the wanted records belong are remembered; the rest are wanted themselves.</summary>
    private CopperReference?[] TakeParents(CopperReference?[] references)
    {
        if (references.Where(reference => reference is not null && TryTakeCriterion(reference)).ToArray() is { Length: > 0 } criteria)
        {
            _isNarrowed = true;
            references = references.Except(criteria).ToArray();
        }

        var isParent = references.ToLookup(reference => reference is { EntityType: { } entity, Id: > 0 }
            && !string.Equals(entity, Endpoint.Entity.Name, StringComparison.OrdinalIgnoreCase) && LinkOf(entity) is not null);
        foreach (var parent in isParent[true])
        {
            try
            {
                _parents.Add(Note(Own(parent!), null));
            }
            catch (InputRejectedException rejection)
            {
                WriteError(ErrorRecords.From(rejection));
            }
        }

        return isParent[false].ToArray();
    }

    /// <summary>What is read by its id needs no criteria: that one of them is given shows that something else was meant.</summary>
    private void RejectCriteria(CopperReference? reference)
    {
        var parameters = MyInvocation.MyCommand.Parameters;
        var criterion = MyInvocation.BoundParameters.Keys.FirstOrDefault(name => name != nameof(InputObject)
            && parameters.TryGetValue(name, out var parameter) && parameter.ParameterSets.ContainsKey(SearchSet)
            && !parameter.ParameterSets.ContainsKey(IdSet));
        if (criterion is null)
        {
            return;
        }

        var entity = Endpoint.Entity;
        if (reference is { EntityType: { } other } && !string.Equals(other, entity.Name, StringComparison.OrdinalIgnoreCase))
        {
            ThrowTerminatingError(ErrorRecords.From(ReferenceRejections.EntityMismatch(reference, entity.Name)));
        }

        ThrowTerminatingError(ErrorRecords.Invalid(
            $"-{criterion} is for a search, and '{reference}' of the pipeline is read by its id. Nothing was sent. Leave -{criterion} "
                + $"out, or look among these ids: Get-Copper{EntityWords.ToNoun(entity.Name)} -AnyId (1, 2) -{criterion} …",
            reference?.Source));
    }

    /// <summary>The searches for what belongs to some records: as few as the criteria of the service allow.</summary>
    private List<JsonBody> OfParents(IEnumerable<JsonBody> filters, IReadOnlyCollection<CopperReference> parents)
    {
        var searches = new List<JsonBody>();
        var all = filters.ToArray();
        foreach (var kind in parents.GroupBy(static parent => parent.EntityType!.ToLowerInvariant()))
        {
            var link = LinkOf(kind.Key)!;
            var ids = kind.Select(parent => RequestValueConverter.IdOf(parent, kind.Key)).Distinct().ToArray();
            searches.AddRange(all.SelectMany(filter => link.Kind switch
            {
                ParentLinkKind.Pointer => ids.Select(id =>
                    ParentLink.With(filter, link.Member, new JsonBody { ["id"] = id, ["type"] = kind.Key })),
                ParentLinkKind.IdList => ParentLink.Searches(filter, link.Member, ids),
                _ => ParentLink.Searches(filter, ParentLink.Relation.Member, RelatedIds(link, kind)),
            }));
        }

        return searches;
    }

    /// <summary>The ids that records point to, or that the service lists as related to them.</summary>
    private List<long> RelatedIds(ParentLink link, IEnumerable<CopperReference> parents)
    {
        var ids = new List<long>();
        foreach (var parent in parents)
        {
            long? own = null;
            if (link.Kind == ParentLinkKind.Reference && link.TryRead(parent, out own))
            {
                ids.AddRange(own is { } id ? [id] : []);
                continue;
            }

            var key = RecordKey.Of(parent, null, nameof(InputObject), string.Empty);
            if (TryCall(token => Client.RelatedItems.GetAsync(key.Entity, key.Id, Endpoint.Entity, token), key, out var items))
            {
                ids.AddRange(items.Select(static item => item.Id));
            }
        }

        return ids;
    }

    private void Write(ISearchResult<T> result, bool isOne)
    {
        _progress = new SearchProgress(this, MyInvocation.InvocationName);
        try
        {
            using var records = Stream(result).GetEnumerator();
            var orderIsDue = this is ISortedSearch { SortBy: not null } or ISortedSearch { Descending.IsPresent: true };
            var totalIsDue = PagingParameters.IncludeTotalCount;
            var (skip, left) = ((decimal)PagingParameters.Skip, PagingParameters.First);
            if (WantsTotalOnly)
            {
                _ = TryNext(records, result, out var isUnknown);
                if (!isUnknown)
                {
                    WriteTotal(result);
                }

                return;
            }

            var page = result.Page;
            bool hasFailed;
            while (TryNext(records, result, out hasFailed))
            {
                if (totalIsDue)
                {
                    totalIsDue = false;
                    WriteTotal(result);
                }

                if (result.IsReordered && result.RecordsRead == 1)
                {
                    WriteWarning(SearchWarnings.Reordered(result.UpperBound));
                }

                if (orderIsDue && result is SearchUnion<T> { IsSorted: false, IsReordered: false })
                {
                    orderIsDue = false;
                    WriteWarning(SearchWarnings.SortedApart(Endpoint.Entity));
                }

                // The lists that the records of a page refer to are loaded at once. Searches that are merged take turns, and so do their
                // pages.
                if (result is SearchUnion<T> ? NeedsNames(records.Current) : !ReferenceEquals(page, result.Page))
                {
                    page = result.Page;
                    LoadNames(page);
                    var wanted = page.SkipWhile(record => !ReferenceEquals(record, records.Current)).OfType<T>();
                    LoadRelatedNames(ComparesHere
                        ? [.. wanted.Where(IsWanted).Skip(AtMost((ulong)Math.Max(0, skip))).Take(AtMost(left))]
                        : [.. wanted.Take(AtMost(PagingParameters.First - (ulong)(result.RecordsRead - 1)))]);
                }

                _progress.Show(result.PagesRead, result.RecordsRead, result.UpperBound, PagingParameters.First);
                if (ComparesHere && (left == 0 || !IsWanted(records.Current) || skip-- > 0))
                {
                    continue;
                }

                LoadRelatedNames([records.Current]);
                WriteLoaded(records.Current);
                if (ComparesHere && --left == 0)
                {
                    break;
                }
            }

            if (totalIsDue)
            {
                WriteTotal(result);
            }

            if (!hasFailed && result.RecordsRead + result.UnreadableRecords.Count == 0 && PagingParameters.Skip == 0)
            {
                TellOfNothing();
            }

            if (result.IsRepeating)
            {
                WriteWarning(SearchWarnings.Repeating(result.RecordsRead));
            }

            if (result.IsCut)
            {
                WriteWarning(SearchWarnings.Cut(Endpoint.Entity, result.UpperBound, result.RecordsRead));
            }
            else if (isOne && !hasFailed && !result.IsRepeating
                && PagingParameters is { First: ulong.MaxValue, Skip: 0 }
                && result.RecordsRead + result.UnreadableRecords.Count < result.UpperBound)
            {
                // The stated number is an upper bound: fewer are no fault for certain, so this is no warning.
                WriteVerbose(SearchWarnings.Fewer(result.UpperBound.Value, result.RecordsRead));
            }
        }
        finally
        {
            _progress.Complete();
        }
    }

    private static int AtMost(ulong count) => (int)Math.Min(count, SearchQuery.LargestPage);

    /// <summary>Writes a record, whose related record has its name if the user wants it.</summary>
    private void WriteNamed(T record)
    {
        LoadRelatedNames([record]);
        WriteObject(record);
    }

    private bool TryNext(IEnumerator<T> records, ISearchResult<T> result, out bool hasFailed)
    {
        hasFailed = false;
        try
        {
            return records.MoveNext();
        }
        catch (CopperException exception)
        {
            if (result.RecordsRead > 0)
            {
                WriteWarning($"The search ended early: {result.RecordsRead:N0} records came before it failed. The same command with "
                    + $"-Skip {(long)PagingParameters.Skip + result.RecordsRead + result.UnreadableRecords.Count} goes on from there.");
            }

            WriteFailure(exception, null);
            hasFailed = true;
            return false;
        }
    }

    private void WriteNothing()
    {
        if (PagingParameters.IncludeTotalCount)
        {
            WriteObject(TotalCount.Of(PagingParameters.NewTotalCount(0, 1)));
        }
    }

    private void WriteTotal(ISearchResult<T> result)
    {
        if (result.UpperBound is { } bound)
        {
            // The service's figure is an upper bound, never exact for certain.
            WriteObject(TotalCount.Of(PagingParameters.NewTotalCount((ulong)bound, 0.9)));
            return;
        }

        // PowerShell's own object for an unknown total is displayed in these words, but counts as 0.
        var unknown = new PSObject("Unknown total count");
        unknown.Properties.Add(new PSNoteProperty("Accuracy", 0.0));
        WriteObject(TotalCount.Of(unknown));
    }

    private JsonBody BuildFilter()
    {
        var body = new JsonBody();
        foreach (var entry in ParameterMap<FilterAttribute>.Of(GetType()))
        {
            if (IsBound(entry.Parameter))
            {
                RejectWildcards(entry.Property, entry.Attribute.Name);
                var value = entry.Known(entry.ValueOf(this), word => $"search for it with -Filter @{{ {entry.Attribute.Name} = "
                    + $"@({word}) }}.");
                var criterion = RequestValueConverter.OfFilter(
                    ResolveCriterion(value, entry.Attribute.Entity), entry.Attribute, entry.Parameter);
                body[entry.Attribute.Name] = entry.Attribute.TakesOne ? ((string[])criterion)[0] : criterion;
            }
        }

        RejectCrossed();
        AddFilters(body);
        foreach (DictionaryEntry member in Filter)
        {
            var name = RequestValueConverter.KeyOf(member);
            if (body.Contains(name))
            {
                throw RequestValueConverter.Reject($"'{name}' is given twice: by its parameter and in -Filter.", Filter);
            }

            body[name] = RequestValueConverter.Raw(member.Value);
        }

        return body;
    }

    /// <summary>
    /// The service would look for the * itself and find nothing. A parameter that compares here says so by its attribute.
    /// </summary>
    /// <param name="parameter">A parameter of text.</param>
    /// <param name="member">The criterion of the search, which takes the text as it is.</param>
    private protected void RejectWildcards(PropertyInfo parameter, string member)
    {
        var value = parameter.GetValue(this);
        if (parameter.IsDefined(typeof(SupportsWildcardsAttribute), inherit: true)
            || (value as string?[] ?? [value as string]).FirstOrDefault(NameFilter.HasWildcards) is not { } text)
        {
            return;
        }

        var pattern = Completion.Quote(text);
        var path = ComparedProperties.TryGetValue(parameter.Name, out var known) ? known : parameter.Name;
        var condition = path.IndexOf('.') < 0 ? $"{path} -like {pattern}" : $"{{ $_.{path} -like {pattern} }}";
        throw RequestValueConverter.Reject(
            $"-{parameter.Name} {VisibleText.Of(pattern)}: the service knows no wildcards, and looks for the character itself. "
                + $"Compare what a search finds: Get-Copper{EntityWords.ToNoun(Endpoint.Entity.Name)} | "
                + $"Where-Object {VisibleText.Of(condition)}. "
                + $"A text that has the character in it goes in -Filter @{{ {member} = {VisibleText.Of(pattern)} }}.",
            text);
    }

    /// <summary>From a later to an earlier time, or from a greater to a smaller number, there is nothing: the two were mixed up.</summary>
    private void RejectCrossed()
    {
        const string Least = "minimum_";
        const string Most = "maximum_";
        var entries = ParameterMap<FilterAttribute>.Of(GetType()).Where(entry => IsBound(entry.Parameter)).ToArray();
        foreach (var from in entries.Where(static entry => entry.Attribute.Name.StartsWith(Least, StringComparison.Ordinal)))
        {
            var name = Most + from.Attribute.Name.Substring(Least.Length);
            if (entries.FirstOrDefault(entry => entry.Attribute.Name == name) is { } to
                && from.ValueOf(this) is IComparable first && to.ValueOf(this) is { } last && first.GetType() == last.GetType()
                && first.CompareTo(last) > 0)
            {
                throw RequestValueConverter.Reject(
                    $"-{from.Parameter} ({Shown(first)}) is {(first is DateTimeOffset ? "later" : "more")} than -{to.Parameter} "
                        + $"({Shown(last)}): nothing can be in between. Exchange them.",
                    last);
            }
        }

        static string Shown(object value) => value is DateTimeOffset time
            ? time.ToString(time.TimeOfDay == TimeSpan.Zero ? "yyyy-MM-dd" : "yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture)
            : Convert.ToString(value, CultureInfo.InvariantCulture) ?? string.Empty;
    }

    private protected override void WriteFailure(Exception exception, object? target)
    {
        if (exception is CopperNotFoundException missing && target is long id && Endpoint.IsRecordPath(missing.Path, id))
        {
            WriteError(ErrorRecords.NotFound(missing, Endpoint.Entity.Name, id));
        }
        else
        {
            base.WriteFailure(exception, target);
        }
    }

    private void Read(CopperReference?[] references)
    {
        if (references.Length < FewestTogether || !Endpoint.Entity.IsFoundById)
        {
            foreach (var reference in references)
            {
                ReadOne(Work, Check(reference));
            }

            return;
        }

        for (var start = 0; start < references.Length; start += SearchQuery.LargestPage)
        {
            ReadTogether([.. references.Skip(start).Take(SearchQuery.LargestPage).Select(Check)]);
        }
    }

    /// <summary>
    /// One search for all of them. What it does not find is asked for one by one, unless the search proves that it is not there: a record
    /// that was created later has been there for long, so that a search does not merely show the missing one late.
    /// </summary>
    private void ReadTogether(Item[] items)
    {
        var ids = items.Where(static item => item is { Error: null, LookUp: null }).Select(static item => item.Id).Distinct().ToArray();
        if (ids.Length < FewestTogether)
        {
            Array.ForEach(items, item => ReadOne(Work, item));
            return;
        }

        Work.Start(() => FindAsync(ids, StopToken), task =>
        {
            var (found, failure) = Await(_ => task);
            LoadNames(found.Values);
            LoadRelatedNames([.. found.Values]);
            _settled = Math.Max(_settled, found.Values.Where(IsOld).Select(static record => record.Id).DefaultIfEmpty().Max());
            var rest = NewWork(ThrottleLimit, warnsOfRest: false);
            foreach (var item in items)
            {
                if (item is { Error: null, LookUp: null } && failure is null && !found.ContainsKey(item.Id) && IsProvenMissing(item.Id))
                {
                    rest.Post(() => WriteError(ErrorRecords.NotFound(NotFound(item.Id), Endpoint.Entity.Name, item.Id)));
                }
                else if (item.Error is not null || item.LookUp is not null || (failure is null && !found.ContainsKey(item.Id)))
                {
                    ReadOne(rest, item);
                }
                else if (failure is not null)
                {
                    rest.Post(() => WriteFailure(failure, item.Id));
                }
                else
                {
                    rest.Post(() => WriteObject(found[item.Id]));
                }
            }

            rest.Drain();
        });
    }

    /// <summary>Searches show a record seconds after it was created; an hour is beyond doubt.</summary>
    private bool IsOld(T record) =>
        Endpoint.Entity.DatesOf(record).Created < DateTimeOffset.UtcNow + Client.Statistics.ServiceClockAhead - TimeSpan.FromHours(1);

    /// <summary>
    /// A converted lead is left out by a search, and may be there all the same. So is a record that a search shows and that cannot be
    /// read.
    /// </summary>
    private bool IsProvenMissing(long id) =>
        id < _settled && !_isInDoubt && Endpoint.Entity.ConvertedRecordsFilter is null && !Endpoint.WasJustWritten(id);

    private CopperNotFoundException NotFound(long id) =>
        new(CopperRequest.Read(string.Format(CultureInfo.InvariantCulture, "{0}/{1}", Endpoint.Entity.Path, id)), "Resource not found");

    /// <summary>
    /// A search that the service rejects finds nothing, so that each is asked for on its own; another failure would meet them all.
    /// </summary>
    private async Task<(
        IReadOnlyDictionary<long, T> Found, CopperException? Failure)> FindAsync(long[] ids, CancellationToken cancellationToken)
    {
        try
        {
            return (await Endpoint.FindAsync(ids, cancellationToken).ConfigureAwait(false), null);
        }
        catch (CopperException failure)
        {
            return (new Dictionary<long, T>(), failure is CopperValidationException ? null : failure);
        }
    }

    private void ReadOne(OrderedWork work, Item item)
    {
        if (item.Error is { } error)
        {
            work.Post(() => WriteError(error));
        }
        else if (item.LookUp is { } lookUp)
        {
            StartCall(work, lookUp.FindAsync, item.Source, record =>
            {
                if (record is null)
                {
                    WriteError(ErrorRecords.NobodyHas(lookUp.Text, Endpoint.Entity.Name, item.Source));
                }
                else
                {
                    WriteNamed(record);
                }
            });
        }
        else
        {
            StartCall(work, token => Endpoint.GetAsync(item.Id, token), item.Id, WriteNamed);
        }
    }

    private Item Check(CopperReference? reference)
    {
        try
        {
            var item = reference is null
                ? new Item(0, ErrorRecords.Invalid(
                    $"The id of {EntityWords.WithArticle(Endpoint.Entity.Name)} is null.", null, "CopperInvalidId"))
                : reference is { Id: null, EntityType: null } && LookUpOf(reference) is { } lookUp
                    ? new Item(0, null) { LookUp = lookUp, Source = reference.Source }
                    : new Item(RequestValueConverter.IdOf(Own(reference), Endpoint.Entity.Name), null);
            NoteItem();
            return item;
        }
        catch (InputRejectedException rejection)
        {
            // A row that has another column to look by may be the only one in which nothing stands there.
            return new Item(0, ErrorRecords.From(LookUpColumn is { } column && rejection is { IsOfEveryRow: true, Value: { } row }
                && !RowDescription.IsOfAllRows(row, column)
                    ? new InputRejectedException(rejection.Reason, rejection.Message, row)
                    : rejection));
        }
    }

    /// <summary>One record to read: by its id, or by what else it is given.</summary>
    private sealed record Item(long Id, ErrorRecord? Error)
    {
        public (string Text, Func<CancellationToken, Task<T?>> FindAsync)? LookUp { get; init; }

        public object? Source { get; init; }
    }
}
