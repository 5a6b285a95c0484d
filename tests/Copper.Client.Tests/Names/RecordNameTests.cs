using Copper.Client.Metadata;
using Copper.Client.Models;
using Copper.Client.Tests.Support;

namespace Copper.Client.Tests.Names;

/// <summary>Names beside the ids of records: which lists are read for them, when, and what is shown without them.</summary>
public class RecordNameTests : ScriptedTest
{
    private const string Users = """[{"id":7,"name":"Jonas Weber"},{"id":8,"name":null,"email":"ann@example.com"}]""";
    private const string Pipelines = """[{"id":1,"name":"Sales","stages":[{"id":1,"name":"Qualified"},{"id":12,"name":"Won over"}]}]""";

    [Fact]
    public async Task A_record_shows_names_once_its_lists_are_read_and_sends_nothing()
    {
        var client = Connected();
        var deal = await RunAsync(client.Opportunities.GetAsync(1));

        Assert.Null(deal.Assignee);
        Assert.Null(deal.Stage);
        Assert.Empty(await RunAsync(new RecordNameLoader(client.Metadata).LoadAsync([deal])));
        var sent = Service.Requests.Count;

        Assert.Equal("Jonas Weber", deal.Assignee);
        Assert.Equal("Sales", deal.Pipeline);
        Assert.Equal("Qualified", deal.Stage);
        Assert.Null(deal.LossReason);
        Assert.Equal(sent, Service.Requests.Count);
    }

    [Fact]
    public async Task Only_the_lists_that_records_refer_to_are_read_each_once()
    {
        var client = Connected();
        var deal = await RunAsync(client.Opportunities.GetAsync(1));
        for (var run = 0; run < 3; run++)
        {
            await RunAsync(new RecordNameLoader(client.Metadata).LoadAsync([deal, deal]));
        }

        Assert.Equal(["/opportunities/1", "/pipelines", "/users/search"], Paths().Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task The_lists_are_read_together()
    {
        var client = Connected();
        var deal = await RunAsync(client.Opportunities.GetAsync(1));
        var release = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var both = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var waiting = 0;
        Service.StartOver().Then(async (request, _) =>
        {
            if (Interlocked.Increment(ref waiting) == 2)
            {
                both.SetResult();
            }

            await release.Task;
            return Respond(request);
        });

        var loading = new RecordNameLoader(client.Metadata).LoadAsync([deal]);
        await RunAsync(both.Task);
        release.SetResult();

        Assert.Empty(await RunAsync(loading));
        Assert.Equal("Qualified", deal.Stage);
    }

    [Theory]
    [InlineData(403)]
    [InlineData(401)]
    [InlineData(503)]
    public async Task A_list_that_cannot_be_had_is_reported_once_and_leaves_null(int status)
    {
        var client = Connected(request => request.Path.EndsWith("users/search", StringComparison.Ordinal) ? status : 200);
        var deal = await RunAsync(client.Opportunities.GetAsync(1));

        var missed = Assert.Single(await RunAsync(new RecordNameLoader(client.Metadata).LoadAsync([deal])));
        var sent = Service.Requests.Count;

        Assert.Equal("users", missed.Items);
        Assert.Null(deal.Assignee);
        Assert.Equal("Qualified", deal.Stage);
        Assert.Empty(await RunAsync(new RecordNameLoader(client.Metadata).LoadAsync([deal])));
        Assert.Equal(sent, Service.Requests.Count);
    }

    [Fact]
    public async Task A_list_that_is_older_than_a_record_is_read_once_more_and_not_for_what_it_never_has()
    {
        var client = Connected();
        await RunAsync(client.Metadata.Users.GetAsync());
        var person = await RunAsync(client.People.GetAsync(404));

        await RunAsync(new RecordNameLoader(client.Metadata).LoadAsync([person]));
        await RunAsync(new RecordNameLoader(client.Metadata).LoadAsync([person]));

        Assert.Null(person.Assignee);
        Assert.Equal(2, Paths().Count(static path => path == "/users/search"));
        client.Cache.Clear();
        await RunAsync(new RecordNameLoader(client.Metadata).LoadAsync([person]));
        Assert.Equal(3, Paths().Count(static path => path == "/users/search"));
    }

    [Fact]
    public async Task What_cannot_be_read_again_stays_as_it_was()
    {
        var status = 200;
        var client = Connected(request => request.Path.EndsWith("users/search", StringComparison.Ordinal) ? status : 200);
        await RunAsync(client.Metadata.Users.GetAsync());
        var (known, unknown) = (await RunAsync(client.People.GetAsync(1)), await RunAsync(client.People.GetAsync(404)));
        status = 403;

        Assert.Single(await RunAsync(new RecordNameLoader(client.Metadata).LoadAsync([known, unknown])));

        Assert.Equal("Jonas Weber", known.Assignee);
        Assert.Null(unknown.Assignee);
    }

    [Fact]
    public async Task Types_of_activities_are_told_by_category_and_compare_with_text()
    {
        var client = Connected();
        var activity = await RunAsync(client.Activities.GetAsync(1));
        Assert.Equal("user:0", activity.Type!.ToString());

        await RunAsync(new RecordNameLoader(client.Metadata).LoadAsync([activity]));

        Assert.Equal("Note", activity.Type.ToString());
        Assert.Equal("ann@example.com", activity.User);
        Assert.True(activity.Type.Equals("note"));
        Assert.False(activity.Type.Equals("Property Changed"));
        Assert.Equal(new CopperActivityTypeKey { Category = "user", Id = 0 }, activity.Type);
        Assert.NotEqual(new CopperActivityTypeKey { Category = "system", Id = 0 }, activity.Type);
    }

    [Fact]
    public async Task Names_are_shown_after_the_client_is_gone()
    {
        var client = Connected();
        var person = await RunAsync(client.People.GetAsync(1));
        await RunAsync(new RecordNameLoader(client.Metadata).LoadAsync([person]));

        client.Cache.Clear();
        client.Dispose();

        Assert.Equal("Jonas Weber", person.Assignee);
    }

    [Fact]
    public async Task Names_that_nobody_asked_for_are_shown_after_the_client_is_gone()
    {
        var (person, client) = await ReadAndDisposeAsync();

        for (var round = 0; client.IsAlive; round++)
        {
            Assert.True(round < 100, "A record keeps its client alive.");
            await Task.Yield();
            GC.Collect();
            GC.WaitForPendingFinalizers();
        }

        Assert.Equal("Jonas Weber", person.Assignee);
        Assert.Equal("Shoe size", Assert.Single(person.CustomFields).Name);
    }

    [Fact]
    public async Task Names_that_nobody_asked_for_are_shown_after_their_list_was_invalidated()
    {
        var client = Connected();
        var person = await RunAsync(client.People.GetAsync(1));
        await RunAsync(new RecordNameLoader(client.Metadata).LoadAsync([person]));

        client.Metadata.Users.Forget();
        Assert.Equal("Jonas Weber", person.Assignee);

        client.Cache.Clear();
        Assert.Null((await RunAsync(client.People.GetAsync(1))).Assignee);
        Assert.Equal("Jonas Weber", person.Assignee);
    }

    [Fact]
    public async Task A_record_that_comes_after_the_cache_was_cleared_shows_nothing_of_before()
    {
        var status = 200;
        var client = Connected(request => request.Path.EndsWith("users/search", StringComparison.Ordinal) ? status : 200);
        var before = await RunAsync(client.People.GetAsync(1));
        await RunAsync(new RecordNameLoader(client.Metadata).LoadAsync([before]));
        client.Cache.Clear();
        status = 403;

        var after = await RunAsync(client.People.GetAsync(1));
        Assert.Single(await RunAsync(new RecordNameLoader(client.Metadata).LoadAsync([after])));

        Assert.Null(after.Assignee);
        Assert.Equal("Jonas Weber", before.Assignee);
    }

    [Fact]
    public async Task A_page_tells_its_records()
    {
        var client = Connected();
        var result = client.People.Search(new SearchQuery());
        Assert.Empty(result.Page);

        await using var records = result.GetAsyncEnumerator();
        Assert.True(await RunAsync(records.MoveNextAsync().AsTask()));

        Assert.Equal([1L, 404L], result.Page.Select(static person => person!.Id));
    }

    [Fact]
    public void A_record_that_no_client_has_read_has_ids_only()
    {
        var lead = new CopperLead { Id = 1, AssigneeId = 7, CustomerSourceId = 2, StatusId = 3 };

        Assert.Null(lead.Assignee);
        Assert.Null(lead.CustomerSource);
        Assert.Null(lead.Status);
        Assert.Equal("user:0", new CopperActivityTypeKey { Category = "user", Id = 0 }.ToString());
    }

    [Fact]
    public async Task The_service_s_own_word_for_a_status_comes_before_the_list()
    {
        var client = Connected();
        var (named, numbered) = (await RunAsync(client.Leads.GetAsync(1)), await RunAsync(client.Leads.GetAsync(2)));

        await RunAsync(new RecordNameLoader(client.Metadata).LoadAsync([named]));
        Assert.DoesNotContain("/lead_statuses", Paths());
        await RunAsync(new RecordNameLoader(client.Metadata).LoadAsync([numbered]));

        Assert.Equal("Fresh", named.Status);
        Assert.Equal("New", numbered.Status);
    }

    /// <summary>A record whose lists are read, and the client that is gone.</summary>
    private static async Task<(CopperPerson Person, WeakReference Client)> ReadAndDisposeAsync()
    {
        using var client = new CopperClient(new CopperClientOptions
        {
            Identity = CopperIdentity.FromApiKey("ann@example.com", Key),
            Handler = new ScriptedService(new FakeClock()).StartOver().Then(Respond),
            RateLimits = [],
            BulkRateLimits = [],
        });
        var person = await client.People.GetAsync(2);
        await new RecordNameLoader(client.Metadata).LoadAsync([person]);
        return (person, new WeakReference(client));
    }

    private IEnumerable<string> Paths() => Service.Requests.Select(static request => PathOf(request));

    private static string PathOf(ReceivedRequest request) => "/" + request.Path;

    private CopperClient Connected(Func<ReceivedRequest, int>? status = null)
    {
        Service.StartOver()
            .Then(request => status?.Invoke(request) is { } code and not 200 ? ScriptedService.Response(code, "{}") : Respond(request));
        return Client();
    }

    private static HttpResponseMessage Respond(ReceivedRequest request) => ScriptedService.Response(200, PathOf(request) switch
    {
        "/users/search" => Users,
        "/pipelines" => Pipelines,
        "/activity_types" =>
            """{"user":[{"id":0,"category":"user","name":"Note"}],"system":[{"id":0,"category":"system","name":"Property Changed"}]}""",
        "/custom_field_definitions" => """[{"id":5,"name":"Shoe size","data_type":"Float","available_on":["person"]}]""",
        "/lead_statuses" => """[{"id":3,"name":"New"}]""",
        "/opportunities/1" => """{"id":1,"assignee_id":7,"pipeline_id":1,"pipeline_stage_id":1}""",
        "/people/1" => """{"id":1,"assignee_id":7}""",
        "/people/2" => """{"id":2,"assignee_id":7,"custom_fields":[{"custom_field_definition_id":5,"value":44}]}""",
        "/people/404" => """{"id":404,"assignee_id":999}""",
        "/people/search" => """[{"id":1,"assignee_id":7},{"id":404,"assignee_id":999}]""",
        "/activities/1" => """{"id":1,"type":{"category":"user","id":0},"user_id":8}""",
        "/leads/1" => """{"id":1,"status":"Fresh","status_id":3}""",
        "/leads/2" => """{"id":2,"status_id":3}""",
        var other => throw new InvalidOperationException(other),
    });
}
