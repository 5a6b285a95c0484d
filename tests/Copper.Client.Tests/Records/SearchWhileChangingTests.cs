using Copper.Client.Tests.Support;

namespace Copper.Client.Tests.Records;

/// <summary>A consumer may change or delete what it is reading: it still gets every record, each once.</summary>
public class SearchWhileChangingTests : ScriptedTest
{
    [Theory]
    [InlineData(5, 1)]
    [InlineData(200, 1)]
    [InlineData(250, 3)]
    [InlineData(450, 3)]
    [InlineData(1000, 6)]
    public async Task Deleting_each_record_as_it_comes_reaches_all_of_them(int count, int searches)
    {
        var people = People(count);
        var client = Client();
        var ids = new List<long>();

        await foreach (var person in client.People.Search(new SearchQuery()))
        {
            ids.Add(person.Id);
            await client.People.DeleteAsync(person.Id);
        }

        Assert.Empty(people.Ids);
        Assert.Equal(count, ids.Distinct().Count());
        Assert.Equal(count, ids.Count);
        Assert.Equal(searches, Searches());
    }

    [Fact]
    public async Task Records_that_leave_the_result_when_changed_are_all_reached()
    {
        // As in: those with status New become Contacted.
        var people = People(450);
        var client = Client();
        var ids = new List<long>();

        await foreach (var person in client.People.Search(new SearchQuery { Filter = new JsonBody { ["tags"] = new[] { "new" } } }))
        {
            ids.Add(person.Id);
            await client.People.UpdateAsync(person.Id, new JsonBody { ["tags"] = Array.Empty<string>() });
            people.Ids.Remove(person.Id);
        }

        Assert.Equal(450, ids.Distinct().Count());
        Assert.Equal(450, ids.Count);
    }

    [Fact]
    public async Task Changing_records_that_stay_in_the_result_brings_each_once()
    {
        People(450);
        var client = Client();
        var ids = new List<long>();

        await foreach (var person in client.People.Search(new SearchQuery()))
        {
            ids.Add(person.Id);
            await client.People.UpdateAsync(person.Id, new JsonBody { ["title"] = "Chief" });
        }

        Assert.Equal(Enumerable.Range(1, 450).Select(static id => (long)id), ids);
        Assert.Equal(6, Searches());
    }

    [Fact]
    public async Task Changes_after_the_last_page_cost_no_request()
    {
        People(450);
        var client = Client();

        await foreach (var person in client.People.Search(new SearchQuery()))
        {
            if (person.Id > 400)
            {
                await client.People.UpdateAsync(person.Id, new JsonBody { ["title"] = "Chief" });
            }
        }

        Assert.Equal(3, Searches());
    }

    [Fact]
    public async Task Changes_before_the_search_cost_no_request()
    {
        People(450);
        var client = Client();
        await client.People.UpdateAsync(7, new JsonBody { ["title"] = "Chief" });

        await client.People.Search(new SearchQuery()).AllAsync();

        Assert.Equal(3, Searches());
    }

    [Fact]
    public async Task Changes_of_other_entities_and_reads_cost_no_request()
    {
        People(450);
        var client = Client();

        await foreach (var person in client.People.Search(new SearchQuery()))
        {
            if (person.Id == 1)
            {
                await client.SendAsync(new CopperRequest(HttpMethod.Put, "companies/1", []));
                await client.People.GetAsync(1);
            }
        }

        Assert.Equal(3, Searches());
    }

    [Fact]
    public async Task A_change_that_seems_to_have_failed_counts_too()
    {
        var people = People(450);
        var client = Client(static options => options.MaxRetries = 0);
        var ids = new List<long>();

        await foreach (var person in client.People.Search(new SearchQuery()))
        {
            ids.Add(person.Id);
            if (person.Id <= 200)
            {
                // Gone, although nobody heard the response.
                people.Ids.Remove(person.Id);
                await Assert.ThrowsAsync<CopperNotFoundException>(() => client.People.DeleteAsync(person.Id));
            }
        }

        Assert.Equal(450, ids.Distinct().Count());
    }

    [Fact]
    public async Task A_change_that_is_still_under_way_at_the_last_page_counts_too()
    {
        var people = People(250);
        var client = Client();
        var late = new TaskCompletionSource<HttpResponseMessage>(TaskCreationOptions.RunContinuationsAsynchronously);
        var ids = new List<long>();
        Task? deletion = null;
        Service.StartOver().Then(people.Respond).Then((_, _) => late.Task).Then(people.Respond);

        await foreach (var person in client.People.Search(new SearchQuery()))
        {
            ids.Add(person.Id);
            if (person.Id == 1)
            {
                // Done by the service at once, so record 201 slips to the first page; the response comes after the last page.
                deletion = client.People.DeleteAsync(1);
                people.Ids.Remove(1);
            }
        }

        late.SetResult(ScriptedService.Response(200, "{}"));
        await deletion!;
        Assert.Equal(250, ids.Distinct().Count());
    }

    [Fact]
    public async Task A_view_with_its_own_trace_notices_the_changes_of_the_others()
    {
        var people = People(450);
        var client = Client();
        var other = client.WithTrace(new TraceRecorder());
        var ids = new List<long>();

        await foreach (var person in client.People.Search(new SearchQuery()))
        {
            ids.Add(person.Id);
            await other.People.DeleteAsync(person.Id);
        }

        Assert.Equal(450, ids.Distinct().Count());
        Assert.Empty(people.Ids);
    }

    [Fact]
    public async Task The_first_records_asked_for_are_enough_also_while_deleting()
    {
        People(450);
        var client = Client();
        var count = 0;

        await foreach (var person in client.People.Search(new SearchQuery { First = 5 }))
        {
            count++;
            await client.People.DeleteAsync(person.Id);
        }

        Assert.Equal(5, count);
        Assert.Equal(1, Searches());
    }

    [Fact]
    public async Task What_is_skipped_is_spared_while_the_rest_is_deleted()
    {
        var people = People(450);
        var client = Client();

        await foreach (var person in client.People.Search(new SearchQuery { Skip = 10 }))
        {
            await client.People.DeleteAsync(person.Id);
        }

        Assert.Equal(Enumerable.Range(1, 10).Select(static id => (long)id), people.Ids);
    }

    [Fact]
    public async Task Records_without_an_id_do_not_come_again_and_again()
    {
        Service.Then(request => request.Method == "POST"
            ? ScriptedService.Response(
                200, request.Body.Contains("\"page_number\":1,", StringComparison.Ordinal) ? """[{"name":"a"},{"name":"b"}]"""
                : """[{"name":"c"}]""")
            : ScriptedService.Response(200));
        var client = Client();
        var names = new List<object?>();

        await foreach (var record in client.Search("things/search", new SearchQuery { PageSize = 2 }))
        {
            names.Add(record["name"]);
            await client.SendAsync(new CopperRequest(HttpMethod.Delete, "things/1"));
            Assert.True(names.Count < 10);
        }

        Assert.Equal(["a", "b", "c"], names);
    }

    [Fact]
    public async Task A_search_for_a_records_activities_notices_changes_of_activities()
    {
        var activities = new FakePeople(450);
        Service.Then(
            request => activities.Respond(
                request.Method == "POST" ? request with { Uri = new Uri("https://api.copper.com/developer_api/v1/activities/search") }
                : request));
        var client = Client();

        await foreach (var activity in client.Search("leads/7/activities", new SearchQuery()))
        {
            await client.SendAsync(new CopperRequest(HttpMethod.Delete, "activities/" + activity["id"]));
        }

        Assert.Empty(activities.Ids);
    }

    private FakePeople People(int count)
    {
        var people = new FakePeople(count);
        Service.Then(people.Respond);
        return people;
    }

    private int Searches() => Service.Requests.Count(static request => request.Path.EndsWith("/search", StringComparison.Ordinal));
}
