using System.Collections;
using System.Globalization;
using System.Management.Automation;
using Copper.Client;
using Copper.Client.Json;
using CopperPS.Binding;
using CopperPS.Cmdlets.Base;
using CopperPS.Core;

namespace CopperPS.Cmdlets.Connection;

/// <summary>Calls any endpoint of the service.</summary>
[Cmdlet(VerbsLifecycle.Invoke, "CopperRequest", SupportsShouldProcess = true)]
[OutputType(typeof(PSObject), typeof(string))]
public sealed class InvokeCopperRequestCommand : SessionCmdlet, IUnreadableItemReporter
{
    private int _pageSize = SearchQuery.LargestPage;

    /// <summary>The HTTP method.</summary>
    [Parameter]
    [TextTransformation]
    [ValidateSet("Get", "Post", "Put", "Delete")]
    public string Method { get; set; } = "Get";

    /// <summary>The path below the base address, for example people/7.</summary>
    [Parameter(Mandatory = true, Position = 0)]
    [TextTransformation]
    [ValidateNotNullOrEmpty]
    public string Path { get; set; } = string.Empty;

    /// <summary>The body: a hashtable, an object, or JSON text.</summary>
    [Parameter(ValueFromPipeline = true)]
    public object? Body { get; set; }

    /// <summary>Query parameters.</summary>
    [Parameter]
    [HashtableTransformation]
    public IDictionary? Query { get; set; }

    /// <summary>Read all pages of a search.</summary>
    [Parameter]
    public SwitchParameter All { get; set; }

    /// <summary>Output the response as JSON text.</summary>
    [Parameter]
    public SwitchParameter Raw { get; set; }

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        CopperRequest? request = null;
        SearchResult<AdditionalMembers>? search = null;
        try
        {
            var body = JsonBodies.From(Body);
            if (All)
            {
                search = CreateSearch(body ?? []);
            }
            else
            {
                request = CreateRequest(body);
            }
        }
        catch (ArgumentException exception)
        {
            WriteFailure(exception, Path);
            return;
        }

        if (search is not null)
        {
            ReadAll(search);
        }
        else
        {
            Send(request!);
        }
    }

    private CopperRequest CreateRequest(JsonBody? body)
    {
        var request = new CopperRequest(new HttpMethod(Method.ToUpperInvariant()), Path, body);
        if (Query is not null)
        {
            foreach (DictionaryEntry parameter in Query)
            {
                var value = parameter.Value is bool flag
                    ? (flag ? "true" : "false")
                    : Convert.ToString(RequestValueConverter.Raw(parameter.Value), CultureInfo.InvariantCulture);
                request.Query.Add(new KeyValuePair<string, string>(RequestValueConverter.KeyOf(parameter), value ?? string.Empty));
            }
        }

        return request;
    }

    private void Send(CopperRequest request)
    {
        if (request.Effect != RequestEffect.Read && !ShouldProcess(request.PathAndQuery, request.Method.Method))
        {
            return;
        }

        if (!TryCall(token => Raw ? Client.SendForTextAsync(request, token) : Client.SendAsync(request, token), Path, out var response))
        {
            return;
        }

        if (Raw)
        {
            WriteObject(response.Text);
        }
        else if (response.Value is not null)
        {
            WriteObject(JsonObjects.From(response.Value), enumerateCollection: true);
        }
    }

    private SearchResult<AdditionalMembers> CreateSearch(JsonBody filter)
    {
        if (Raw || Query is not null || !string.Equals(Method, "Post", StringComparison.OrdinalIgnoreCase))
        {
            throw new ArgumentException(
                "-All reads the pages of a search: it needs -Method Post and a search path such as people/search, "
                    + "and goes with neither -Raw nor -Query.");
        }

        var query = QueryOf(filter);
        _pageSize = query.PageSize;
        return Client.Search(Path, query);
    }

    private void ReadAll(SearchResult<AdditionalMembers> search)
    {
        using var records = Stream(search).GetEnumerator();
        while (TryNext(records, search))
        {
            WriteObject(JsonObjects.From(records.Current));
        }

        if (search.IsRepeating)
        {
            WriteWarning(SearchWarnings.Repeating(search.RecordsRead));
        }

        if (search.IsCut)
        {
            WriteWarning(
                $"The service hands out no more records of this search than these {search.RecordsRead:N0}; there may be more. "
                    + "Narrow the search to get them.");
        }
    }

    private bool TryNext(IEnumerator<AdditionalMembers> records, SearchResult<AdditionalMembers> search)
    {
        try
        {
            return records.MoveNext();
        }
        catch (CopperException exception)
        {
            if (search.RecordsRead > 0)
            {
                WriteWarning(
                    $"The search ended early: {search.RecordsRead:N0} records came before it failed. "
                        + "To go on from there, read the pages one by one: without -All, "
                        + $"page_number {(search.RecordsRead / _pageSize) + 1} of page_size {_pageSize} and those after it.");
            }

            WriteFailure(exception, Path);
            return false;
        }
    }

    /// <summary>Page and order are members of a search's body; here they are the search's own.</summary>
    private static SearchQuery QueryOf(JsonBody filter)
    {
        var size = Take(filter, "page_size");
        var sortBy = Take(filter, "sort_by");
        var direction = Take(filter, "sort_direction");
        _ = Take(filter, "page_number");
        return new SearchQuery
        {
            Filter = filter,
            PageSize = size is null ? SearchQuery.LargestPage : Convert.ToInt32(size, CultureInfo.InvariantCulture),
            SortBy = sortBy?.ToString(),
            Descending = string.Equals(direction?.ToString(), "desc", StringComparison.OrdinalIgnoreCase),
        };
    }

    private static object? Take(JsonBody body, string name)
    {
        var value = body.Contains(name) ? body[name] : null;
        _ = body.Remove(name);
        return value;
    }
}
