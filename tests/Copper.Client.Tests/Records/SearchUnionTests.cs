using System.Text.Json;
using Copper.Client.Models;
using Copper.Client.Tests.Support;

namespace Copper.Client.Tests.Records;

/// <summary>Several searches as one result.</summary>
public class SearchUnionTests : ScriptedTest
{
    private static readonly JsonBody[] Filters =
        [.. new[] { "a", "b", "c" }.Select(static value => new JsonBody { ["phone_number"] = value })];

    /// <summary>What each value finds: the second shares two people with the first, the third finds nobody.</summary>
    private readonly Dictionary<string, long[]> _found = new() { ["a"] = [1, 2, 3], ["b"] = [3, 4, 1, 5], ["c"] = [] };

    private static readonly JsonBody[] Groups = [.. new[] { 1, 2, 3 }.Select(static id => new JsonBody { ["company_ids"] = new[] { id } })];

    /// <summary>Ties in values and names in several groups, missing values, and a record of two groups.</summary>
    private static readonly (int Id, int[] Groups, int? Value, string? Name, int? Day)[] Opportunities =
    [
        (1, [1], 30, "alpha", 24),
        (2, [1], 30, null, null),
        (3, [1, 2], 30, "Gamma", null),
        (4, [1], 5, "beta", null),
        (5, [2], 100, "gamma", null),
        (6, [2], null, null, null),
        (7, [3], 2000, "Beta", null),
        (8, [3], null, "GAMMA", 3),
    ];

    private string? _total = string.Empty;
    private bool _nullsFirst;

    [Fact]
    public async Task Every_record_comes_once_in_the_order_of_the_searches()
    {
        Service.Then(Respond);
        var result = Client().People.SearchAny(new SearchQuery(), Filters);

        var people = await result.AllAsync();

        Assert.Equal([1, 2, 3, 4, 5], people.Select(static person => person.Id));
        Assert.Equal((3, 5L, 7L, false), (result.PagesRead, result.RecordsRead, result.UpperBound, result.IsCut));
    }

    [Theory]
    [InlineData(0, 0, new long[0], 0)]
    [InlineData(1, 0, new long[] { 1 }, 1)]
    [InlineData(3, 0, new long[] { 1, 2, 3 }, 1)]
    [InlineData(4, 0, new long[] { 1, 2, 3, 4 }, 2)]
    [InlineData(2, 2, new long[] { 3, 4 }, 2)]
    [InlineData(9, 4, new long[] { 5 }, 3)]
    [InlineData(9, 9, new long[0], 3)]
    public async Task First_and_skip_count_in_the_whole(int first, int skip, long[] expected, int searches)
    {
        Service.Then(Respond);

        var people = await Client().People.SearchAny(new SearchQuery { First = first, Skip = skip }, Filters).AllAsync();

        Assert.Equal(expected, people.Select(static person => person.Id));
        Assert.Equal(searches, Service.Requests.Select(static request => Value(request.Body)).Distinct().Count());
    }

    [Fact]
    public async Task Few_records_are_asked_for_in_pages_of_their_own_size()
    {
        Service.Then(Respond);

        await Client().People.SearchAny(new SearchQuery { First = 2, Skip = 1, SortBy = "name", Descending = true }, Filters).AllAsync();

        var sent = JsonDocument.Parse(Service.Requests[0].Body).RootElement;
        Assert.Equal(3, sent.GetProperty("page_size").GetInt32());
        Assert.Equal(("name", "desc"), (sent.GetProperty("sort_by").GetString(), sent.GetProperty("sort_direction").GetString()));
    }

    [Fact]
    public async Task The_total_is_known_with_the_first_record_where_it_is_wanted_first()
    {
        Service.Then(Respond);
        var result = Client().People.SearchAny(new SearchQuery(), Filters, countsFirst: true);
        await using var records = result.GetAsyncEnumerator();

        Assert.True(await records.MoveNextAsync());
        Assert.Equal(7, result.UpperBound);
        while (await records.MoveNextAsync())
        {
        }

        Assert.Equal(5, result.RecordsRead);
        Assert.Equal(3, Service.Requests.Count);
    }

    [Fact]
    public async Task A_total_that_the_service_does_not_tell_of_each_is_unknown()
    {
        _total = null;
        Service.Then(Respond);
        var result = Client().People.SearchAny(new SearchQuery(), Filters);

        await result.AllAsync();

        Assert.Null(result.UpperBound);
    }

    [Fact]
    public async Task Nothing_is_sent_for_a_search_that_is_not_come_to()
    {
        Service.Then(Respond);

        await foreach (var person in Client().People.SearchAny(new SearchQuery(), Filters))
        {
            if (person.Id == 2)
            {
                break;
            }
        }

        Assert.Single(Service.Requests);
    }

    [Theory]
    [InlineData("monetary_value", false, "4 1 2 3 5 7 6 8")]
    [InlineData("monetary_value", true, "7 5 1 2 3 4 6 8")]
    [InlineData("value", true, "7 5 1 2 3 4 6 8")]
    [InlineData("name", false, "1 4 7 3 5 8 2 6")]
    [InlineData("name", true, "3 5 8 4 7 1 2 6")]
    [InlineData("close_date", false, "8 1 2 3 4 5 6 7")]
    [InlineData(null, true, "8 7 6 5 4 3 2 1")]
    public async Task Sorted_searches_make_one_sorted_result(string? field, bool descending, string expected)
    {
        Service.Then(RespondSorted);
        var result = Client().Opportunities.SearchAny(new SearchQuery { SortBy = field, Descending = descending }, Groups);

        var found = await result.AllAsync();

        Assert.True(result.IsSorted);
        Assert.Equal(expected, string.Join(" ", found.Select(static item => item.Id)));
    }

    [Fact]
    public async Task Missing_values_come_first_where_the_service_puts_them_first()
    {
        _nullsFirst = true;
        Service.Then(RespondSorted);

        var found = await Client().Opportunities
            .SearchAny(new SearchQuery { SortBy = "monetary_value", Descending = true }, Groups).AllAsync();

        Assert.Equal("6 8 7 5 1 2 3 4", string.Join(" ", found.Select(static item => item.Id)));
    }

    [Fact]
    public async Task A_missing_value_that_comes_first_after_all_is_not_passed_over()
    {
        _nullsFirst = true;
        Service.Then(RespondSorted);
        var result = Client().Opportunities
            .SearchAny(new SearchQuery { SortBy = "monetary_value", Descending = true, PageSize = 1 }, Groups);

        var found = await result.AllAsync();

        Assert.Equal(8, found.Count);
        Assert.False(result.IsSorted);
    }

    [Fact]
    public async Task The_first_of_a_sorted_result_cost_one_page_of_each_search()
    {
        Service.Then(RespondSorted);

        var found = await Client().Opportunities
            .SearchAny(new SearchQuery { SortBy = "monetary_value", Descending = true, First = 2, Skip = 1 }, Groups).AllAsync();

        Assert.Equal([5, 1], found.Select(static item => item.Id));
        Assert.Equal(3, Service.Requests.Count);
        Assert.All(Service.Requests, static request => Assert.Contains("\"page_size\":3", request.Body, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("assignee")]
    [InlineData("status")]
    [InlineData("inactive_days")]
    [InlineData("a_field_of_tomorrow")]
    public async Task What_records_do_not_tell_is_sorted_in_each_search_only(string field)
    {
        Service.Then(RespondSorted);
        var result = Client().Opportunities.SearchAny(new SearchQuery { SortBy = field }, Groups);

        var found = await result.AllAsync();

        Assert.False(result.IsSorted);
        Assert.Equal("1 2 3 4 5 6 7 8", string.Join(" ", found.Select(static item => item.Id)));
    }

    [Fact]
    public void The_fields_that_records_tell_are_these()
    {
        Assert.Equal(
            "city company_name country date_created date_modified email first_name last_name name phone socials state title value zip",
            Told(CopperEntities.Lead));
        Assert.Equal(
            "city country date_created date_modified email first_name last_name name phone socials state title zip",
            Told(CopperEntities.Person));
        Assert.Equal(
            "city country date_created date_modified email_domain interaction_count last_interaction name phone primary_website socials "
                + "state zip",
            Told(CopperEntities.Company));
        Assert.Equal(
            "account close_date company_name customer_source_id date_created date_modified deal_last_stage interaction_count "
                + "last_interaction monetary_unit monetary_value name value win_probability",
            Told(CopperEntities.Opportunity));
        Assert.Equal("date_created date_modified name", Told(CopperEntities.Project));
        Assert.Equal("completed_date date_created date_modified due_date name reminder_date", Told(CopperEntities.Task));
    }

    private static string Told<T>(CopperEntity<T> entity)
        where T : class, ICopperRecord =>
        string.Join(" ", entity.SortFields.Where(field => SortKeys.Of(entity, field) is not null).OrderBy(
            static field => field, StringComparer.Ordinal));

    private static string Value(string body) => JsonDocument.Parse(body).RootElement.GetProperty("phone_number").GetString()!;

    /// <summary>Three groups sorted as the service does; the second shares a record with the first.</summary>
    private HttpResponseMessage RespondSorted(ReceivedRequest request)
    {
        var body = JsonDocument.Parse(request.Body).RootElement;
        var group = body.GetProperty("company_ids")[0].GetInt32();
        var found = Opportunities.Where(item => item.Groups.Contains(group));
        var field = body.GetProperty("sort_by").GetString();
        var sign = body.GetProperty("sort_direction").GetString() == "desc" ? -1 : 1;
        Func<(int Id, int[] Groups, int? Value, string? Name, int? Day), IComparable?> key = field switch
        {
            "monetary_value" or "value" => static item => item.Value,
            "name" => static item => item.Name?.ToUpperInvariant(),
            "close_date" => static item => item.Day,
            _ => static item => item.Id,
        };
        var sorted = found.OrderBy(item => key(item) is null != _nullsFirst)
            .ThenBy(static item => item, Comparer<(int Id, int[] Groups, int? Value, string? Name, int? Day)>.Create((left, right) =>
                key(left) is { } a && key(right) is { } b ? sign * a.CompareTo(b) : 0))
            .ThenBy(static item => item.Id)
            .ToArray();
        var size = body.GetProperty("page_size").GetInt32();
        var page = sorted.Skip((body.GetProperty("page_number").GetInt32() - 1) * size).Take(size);
        return ScriptedService.Response(
            200,
            JsonSerializer.Serialize(page.Select(static item => new
            {
                id = item.Id,
                name = item.Name,
                monetary_value = item.Value,
                date_created = 1_700_000_000 + item.Id,
                close_date = item.Day is { } day ? $"12/{day}/2026" : null,
            })),
            ("X-PW-TOTAL", $"{sorted.Length}"));
    }

    private HttpResponseMessage Respond(ReceivedRequest request)
    {
        var body = JsonDocument.Parse(request.Body).RootElement;
        var ids = _found[Value(request.Body)];
        var size = body.GetProperty("page_size").GetInt32();
        var page = ids.Skip((body.GetProperty("page_number").GetInt32() - 1) * size).Take(size);
        var text = "[" + string.Join(",", page.Select(static id => $$"""{"id":{{id}},"name":"Person {{id}}"}""")) + "]";
        return _total is null ? ScriptedService.Response(200, text) : ScriptedService.Response(200, text, ("X-PW-TOTAL", $"{ids.Length}"));
    }
}
