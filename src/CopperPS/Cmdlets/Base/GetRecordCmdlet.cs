using System.Collections;
using System.Management.Automation;
using Copper.Client.Entities;
using Copper.Client.Http;
using Copper.Client.Json;
using Copper.Client.Models;
using Copper.Client.Search;
using CopperPS.Binding;
using CopperPS.Core;

namespace CopperPS.Cmdlets.Base;

/// <summary>Reads records: by id, or whatever a search finds, as a stream. A leaf adds its criteria as <see cref="FilterAttribute"/> parameters.</summary>
/// <typeparam name="T">The model.</typeparam>
public abstract partial class GetRecordCmdlet<T> : ItemCmdlet
    where T : class, ICopperRecord
{
    /// <summary>The parameter set of a search.</summary>
    public const string SearchSet = "Search";

    /// <summary>The parameter set of reading by id.</summary>
    public const string IdSet = "Id";

    private SearchProgress? _progress;

    private protected GetRecordCmdlet()
    {
    }

    /// <summary>The records to read: ids, or anything that has one.</summary>
    [Parameter(ParameterSetName = IdSet, Mandatory = true, Position = 0, ValueFromPipeline = true)]
    [ReferenceTransformation]
    public CopperReference?[] Id { get; set; } = [];

    /// <inheritdoc/>
    [Parameter(ParameterSetName = IdSet)]
    [ValidateRange(1, MostAtOnce)]
    [WholeNumberTransformation]
    public override int ThrottleLimit { get; set; } = 1;

    /// <summary>Records per request, 1 to 200.</summary>
    [Parameter(ParameterSetName = SearchSet)]
    [ValidateRange(1, SearchQuery.LargestPage)]
    [WholeNumberTransformation]
    public int PageSize { get; set; } = SearchQuery.LargestPage;

    /// <summary>Criteria in the API's own spelling, for what has no parameter.</summary>
    [Parameter(ParameterSetName = SearchSet)]
    [ValidateNotNull]
    public Hashtable Filter { get; set; } = [];

    private protected abstract RecordEndpoint<T> Endpoint { get; }

    private protected virtual string? SortField => null;

    private protected virtual bool LastFirst => false;

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        if (ParameterSetName == IdSet)
        {
            Read(Id);
        }
        else
        {
            Search();
        }
    }

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

    private protected static IEnumerable<JsonBody> OneEach(IEnumerable<JsonBody> filters, string member, IEnumerable<object> values) =>
        filters.SelectMany(_ => values, (filter, value) =>
        {
            var one = filter.Copy();
            one[member] = value;
            return one;
        });

    /// <summary>A search that has a quicker way than the search endpoint takes it and returns true.</summary>
    private protected virtual bool TryLookUp(JsonBody filter) => false;

    private protected bool IsBound(string parameter) => MyInvocation.BoundParameters.ContainsKey(parameter);

    private protected override bool IsAskedFor(CopperUnreadableRecordException item) => item.Entity == Endpoint.Entity.Name;

    private protected override void Deliver(Copper.Client.Http.CopperTraceEvent message)
    {
        _progress?.Tell(message);
        base.Deliver(message);
    }

    private void Search()
    {
        JsonBody filter;
        ISearchResult<T> result;
        try
        {
            filter = BuildFilter();
            var query = new SearchQuery
            {
                Filter = filter,
                SortBy = SortField,
                Descending = LastFirst,
                PageSize = PageSize,
                First = PagingParameters.First == ulong.MaxValue ? null : (long)Math.Min(PagingParameters.First, long.MaxValue),
                Skip = (long)Math.Min(PagingParameters.Skip, long.MaxValue),
            };
            var filters = Split(filter).ToArray();
            result = filters.Length == 1 ? Endpoint.Search(query) : Endpoint.SearchAny(query, filters, PagingParameters.IncludeTotalCount);
        }
        catch (InputRejectedException refusal) when (NameErrors.Is(refusal.Record))
        {
            // The account may have the name tomorrow: nothing is found, and the script goes on.
            WriteError(refusal.Record);
            return;
        }
        catch (InputRejectedException refusal)
        {
            ThrowTerminatingError(refusal.Record);
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

        if (!TryLookUp(filter))
        {
            Write(result);
        }
    }

    private void Write(ISearchResult<T> result)
    {
        _progress = new SearchProgress(this, MyInvocation.InvocationName);
        try
        {
            using var records = Stream(result).GetEnumerator();
            var totalIsDue = PagingParameters.IncludeTotalCount;
            while (TryNext(records, result))
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

                _progress.Show(result.PagesRead, result.RecordsRead, result.UpperBound, PagingParameters.First);
                WriteObject(records.Current);
            }

            if (totalIsDue)
            {
                WriteTotal(result);
            }

            if (result.IsRepeating)
            {
                WriteWarning(SearchWarnings.Repeating(result.RecordsRead));
            }

            if (result.IsCut)
            {
                WriteWarning(SearchWarnings.Cut(Endpoint.Entity, result.UpperBound, result.RecordsRead));
            }
        }
        finally
        {
            _progress.Complete();
        }
    }

    private bool TryNext(IEnumerator<T> records, ISearchResult<T> result)
    {
        try
        {
            return records.MoveNext();
        }
        catch (CopperException exception)
        {
            if (result.RecordsRead > 0)
            {
                WriteWarning($"The search ended early: {result.RecordsRead:N0} records came before it failed. The same command with -Skip {(long)PagingParameters.Skip + result.RecordsRead + result.UnreadableRecords.Count} goes on from there.");
            }

            WriteFailure(exception, null);
            return false;
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
                var value = entry.Known(entry.ValueOf(this), word => $"search for it with -Filter @{{ {entry.Attribute.Name} = @({word}) }}.");
                var criterion = RequestValueConverter.OfFilter(WithIds(value, entry.Attribute.Entity), entry.Attribute, entry.Parameter);
                body[entry.Attribute.Name] = entry.Attribute.TakesOne ? ((string[])criterion)[0] : criterion;
            }
        }

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
}
