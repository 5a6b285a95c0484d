using System.Text.Json;
using Copper.Client.Tests.Support;

namespace Copper.Client.Tests.Records;

public class BulkEndpointTests : ScriptedTest
{
    [Fact]
    public async Task Each_item_has_its_record_or_its_error_in_the_order_of_the_request()
    {
        Service.Then(
            200, """[{"id":1,"name":"A"},{"success":false,"message":{"name":[{"error":"invalid"}]}},{"id":3,"name":"C"}]""",
            ("X-Request-Id", "r-1"));

        var results = await RunAsync(Client().Leads.Bulk.CreateAsync(Named("A", "B", "C")));

        Assert.Equal([1L, null, 3L], results.Select(static result => result.Record?.Id));
        var refusal = Assert.IsType<CopperValidationException>(results[1].Failure);
        Assert.Equal(("name: invalid", "invalid", "r-1"), (refusal.ServerMessage, refusal.FieldErrors["name"], refusal.RequestId));
        var sent = Assert.Single(Service.Requests);
        Assert.Equal(
            ("POST", "leads/bulk_create", """{"leads":[{"name":"A"},{"name":"B"},{"name":"C"}]}"""), (sent.Method, sent.Path, sent.Body));
    }

    [Fact]
    public async Task An_update_sends_the_ids_and_finds_its_results_by_them()
    {
        Service.Then(207, """
            [{"id":5,"success":false,"status":404,"message":"Resource not found"},{"id":4,"name":"D"},
            {"id":6,"success":false,"message":"No."}]
            """);

        var results = await RunAsync(Client().People.Bulk.UpdateAsync([Titled(4), Titled(5), Titled(6)]));

        Assert.Equal("D", results[0].Record!.Name);
        Assert.IsType<CopperNotFoundException>(results[1].Failure);
        Assert.Equal("No.", Assert.IsType<CopperValidationException>(results[2].Failure).ServerMessage);
        Assert.Equal(
            """{"people":[{"id":4,"title":"x"},{"id":5,"title":"x"},{"id":6,"title":"x"}]}""", Assert.Single(Service.Requests).Body);
    }

    [Fact]
    public async Task Records_in_another_order_are_told_by_their_names()
    {
        Service.ThenJson("""[{"id":3,"name":"C"},{"id":2,"name":"B"},{"id":1,"name":"A"}]""");

        var results = await RunAsync(Client().Leads.Bulk.CreateAsync(Named("A", "B", "C")));

        Assert.Equal([1L, 2L, 3L], results.Select(static result => result.Record?.Id));
    }

    [Fact]
    public async Task A_record_that_is_named_twice_leaves_open_which_item_it_is()
    {
        Service.ThenJson("""[{"id":1,"name":"A"},{"id":1,"name":"A"}]""");

        var results = await RunAsync(Client().Leads.Bulk.CreateAsync(Named("A", "B")));

        Assert.All(results, static result => Assert.IsType<CopperOutcomeUnknownException>(result.Failure));
    }

    [Fact]
    public async Task A_name_that_the_service_writes_its_own_way_changes_no_order()
    {
        Service.ThenJson("""[{"id":1,"name":"Ann Ash"},{"id":2,"name":"B"},{"id":3,"name":"B"}]""");

        var results = await RunAsync(Client().Leads.Bulk.CreateAsync(Named("ann  ash", "B", "B")));

        Assert.Equal([1L, 2L, 3L], results.Select(static result => result.Record?.Id));
    }

    [Fact]
    public async Task An_id_as_text_or_with_a_point_is_read_as_in_any_record()
    {
        Service.ThenJson("""[{"id":"7","name":"A"},{"id":8.0,"name":"B"},{"id":"9.0","success":false,"status":"404","message":"Gone"}]""");
        var made = await RunAsync(Client().Leads.Bulk.CreateAsync(Named("A", "B", "C")));

        Service.StartOver()
            .ThenJson("""[{"id":8.0,"name":"B"},{"id":"9","success":false,"status":"404","message":"Gone"},{"id":"7","name":"A"}]""");
        var changed = await RunAsync(Client().People.Bulk.UpdateAsync([Titled(7), Titled(8), Titled(9)]));

        Assert.Equal([7L, 8L, null], made.Select(static result => result.Record?.Id));
        Assert.Equal([7L, 8L, null], changed.Select(static result => result.Record?.Id));
        Assert.IsType<CopperNotFoundException>(made[2].Failure);
        Assert.IsType<CopperNotFoundException>(changed[2].Failure);
    }

    [Fact]
    public async Task Two_updates_of_one_record_have_a_result_each()
    {
        Service.ThenJson("""[{"id":4,"title":"a"},{"id":4,"title":"b"}]""");

        var results = await RunAsync(Client().People.Bulk.UpdateAsync([Titled(4), Titled(4)]));

        Assert.Equal(["a", "b"], results.Select(static result => result.Record!.Title));
    }

    [Fact]
    public async Task What_the_response_leaves_out_at_the_end_is_unknown()
    {
        Service.ThenJson("""[{"id":1,"name":"A"},{"id":2,"name":"b "}]""");

        var results = await RunAsync(Client().Leads.Bulk.CreateAsync(Named("A", "B", "C")));

        Assert.Equal([1L, 2L, null], results.Select(static result => result.Record?.Id));
        Assert.Contains("item 3 of 3", Assert.IsType<CopperOutcomeUnknownException>(results[2].Failure).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_the_response_leaves_out_in_the_middle_is_not_put_down_to_another_item()
    {
        Service.ThenJson("""[{"id":1,"name":"A"},{"id":3,"name":"C"}]""");

        var results = await RunAsync(Client().Leads.Bulk.CreateAsync(Named("A", "B", "C")));

        Assert.Equal(1, results[0].Record!.Id);
        Assert.All(results.Skip(1), static result =>
            Assert.Contains(
                "item they came: 3.", Assert.IsType<CopperOutcomeUnknownException>(result.Failure).Message, StringComparison.Ordinal));
    }

    [Fact]
    public async Task An_update_that_the_response_leaves_out_is_unknown_wherever_it_stands()
    {
        Service.ThenJson("""[{"id":6,"name":"F"},{"id":4,"name":"D"}]""");

        var results = await RunAsync(Client().People.Bulk.UpdateAsync([Titled(4), Titled(5), Titled(6)]));

        Assert.Equal([4L, null, 6L], results.Select(static result => result.Record?.Id));
        Assert.IsType<CopperOutcomeUnknownException>(results[1].Failure);
    }

    [Theory]
    [InlineData("[null]")]
    [InlineData("[7]")]
    [InlineData("""[{"name":"A"}]""")]
    [InlineData("[]")]
    [InlineData("")]
    public async Task An_item_without_a_word_that_makes_sense_is_unknown_and_not_retried(string response)
    {
        Service.ThenJson(response);

        var results = await RunAsync(Client().Leads.Bulk.CreateAsync(Named("A")));

        Assert.IsType<CopperOutcomeUnknownException>(Assert.Single(results).Failure);
        Assert.Single(Service.Requests);
    }

    [Theory]
    [InlineData("""{"leads":[{"id":1,"name":"A","later":true}]}""")]
    [InlineData("""[{"id":1,"name":"A","success":true}]""")]
    public async Task A_response_of_a_later_day_is_read_too(string response)
    {
        Service.ThenJson(response);

        Assert.Equal(1, (await RunAsync(Client().Leads.Bulk.CreateAsync(Named("A"))))[0].Record!.Id);
    }

    [Theory]
    [InlineData("broken")]
    [InlineData("503")]
    [InlineData("{")]
    [InlineData("{}")]
    [InlineData("<html>")]
    public async Task A_creation_whose_outcome_is_unknown_is_never_sent_twice(string fault)
    {
        Fail(fault).ThenJson("""[{"id":1,"name":"A"}]""");

        await FailsAsync<CopperOutcomeUnknownException>(Client().Leads.Bulk.CreateAsync(Named("A")));

        Assert.Single(Service.Requests);
    }

    [Theory]
    [InlineData("broken")]
    [InlineData("503")]
    [InlineData("{")]
    public async Task An_update_is_retried_since_twice_is_once(string fault)
    {
        Fail(fault).ThenJson("""[{"id":4,"title":"x"}]""");

        var results = await RunAsync(Client().People.Bulk.UpdateAsync([Titled(4)]));

        Assert.Equal("x", results[0].Record!.Title);
        Assert.Equal(2, Service.Requests.Count);
    }

    [Fact]
    public async Task A_creation_that_was_rejected_by_the_limit_is_retried()
    {
        Service.Then(429).ThenJson("""[{"id":1,"name":"A"}]""");

        Assert.Equal(1, (await RunAsync(Client().Leads.Bulk.CreateAsync(Named("A"))))[0].Record!.Id);
    }

    [Fact]
    public async Task A_group_that_has_become_too_large_goes_in_parts()
    {
        Service.Then(request => Items(request) > 3
            ? ScriptedService.Response(422, """{"error":"Request size too large, limit is 3"}""")
            : ScriptedService.Response(200, Respond(request)));

        var results = await RunAsync(Client().Leads.Bulk.CreateAsync(Named("A", "B", "C", "D", "E", "F", "G", "H", "I", "J")));

        Assert.Equal(["A", "B", "C", "D", "E", "F", "G", "H", "I", "J"], results.Select(static result => result.Record?.Name));
        Assert.Equal([10, 5, 2, 3, 5, 2, 3], Service.Requests.Select(Items));
    }

    [Fact]
    public async Task An_item_that_spoils_a_whole_group_is_found_and_the_others_are_created()
    {
        Service.Then(request => request.Body.Contains("\"X\"", StringComparison.Ordinal)
            ? ScriptedService.Response(422, """{"message":"Invalid input"}""")
            : ScriptedService.Response(200, Respond(request)));

        var results = await RunAsync(Client().Leads.Bulk.CreateAsync(Named("A", "X", "C")));

        Assert.Equal(["A", null, "C"], results.Select(static result => result.Record?.Name));
        Assert.Equal("Invalid input", Assert.IsType<CopperValidationException>(results[1].Failure).ServerMessage);
    }

    [Fact]
    public async Task A_part_that_is_lost_does_not_take_the_other_part_with_it()
    {
        Service.Then(422).ThenJson("""[{"id":1,"name":"A"}]""").ThenBreaksTheConnection();

        var results = await RunAsync(Client().Leads.Bulk.CreateAsync(Named("A", "B")));

        Assert.Equal(1, results[0].Record!.Id);
        Assert.IsType<CopperOutcomeUnknownException>(results[1].Failure);
        Assert.Equal(3, Service.Requests.Count);
    }

    [Fact]
    public async Task A_secret_in_a_failure_is_hidden()
    {
        Service.ThenJson($$$"""[{"success":false,"message":{"name":[{"error":"{{{Key}}} is no name"}]}}]""");

        var error = (CopperApiException)(await RunAsync(Client().Leads.Bulk.CreateAsync(Named("A"))))[0].Failure!;

        Assert.DoesNotContain(Key, error + error.FieldErrors["name"], StringComparison.Ordinal);
        Assert.Contains("is no name", error.FieldErrors["name"], StringComparison.Ordinal);
    }

    [Fact]
    public async Task Nothing_is_sent_that_the_service_does_not_offer()
    {
        var client = Client();

        await Assert.ThrowsAsync<NotSupportedException>(() => client.Tasks.Bulk.CreateAsync(Named("A")));
        await Assert.ThrowsAsync<NotSupportedException>(() => client.Opportunities.Bulk.UpdateAsync([Titled(4)]));
        await Assert.ThrowsAsync<ArgumentException>(() => client.Leads.Bulk.CreateAsync(Array.Empty<JsonBody>()));
        Assert.Empty(Service.Requests);
        Assert.Equal(
            (BulkOperations.Create | BulkOperations.Update, BulkOperations.Create, BulkOperations.None),
            (client.Companies.Entity.Bulk, client.Activities.Entity.Bulk, client.Projects.Entity.Bulk));
    }

    [Fact]
    public async Task More_than_a_request_holds_goes_in_several_in_the_same_order()
    {
        Service.Then(static request => ScriptedService.Response(200, Respond(request)));
        string[] names = [.. Enumerable.Range(1, 23).Select(static number => $"Lead {number}")];

        var results = await RunAsync(Client().Leads.Bulk.CreateAsync(Named(names)));

        Assert.Equal(names, results.Select(static result => result.Record!.Name));
        Assert.Equal([10, 10, 3], Service.Requests.Select(Items));
    }

    [Fact]
    public async Task A_later_request_that_fails_takes_no_results_with_it()
    {
        Service.Then(static request => ScriptedService.Response(200, Respond(request))).Then(403)
            .ThenJson("[" + string.Join(",", Enumerable.Range(21, 2).Select(static id => $$"""{"id":{{id}},"name":"x"}""")) + "]");
        List<(long Id, LeadUpdate Changes)> changes =
            [.. Enumerable.Range(1, 22).Select(static id => ((long)id, new LeadUpdate { Name = "x" }))];

        var results = await RunAsync(Client().Leads.Bulk.UpdateAsync(changes));

        Assert.Equal(Enumerable.Range(1, 22).Select(static id => (long?)id), results.Select(static result => result.Id));
        Assert.All(results.Skip(10).Take(10), static result => Assert.IsType<CopperPermissionException>(result.Failure));
        Assert.Equal("22 x", results[21].ToString());
        Assert.StartsWith("11 ", results[10].ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Groups_keep_the_limit_of_the_bulk_endpoints()
    {
        Service.Then(static request => ScriptedService.Response(200, Respond(request)));
        var client = Client(static options => options.BulkRateLimits = [RateLimit.DefaultBulk]);

        await RunAsync(Task.WhenAll(Enumerable.Range(0, 7).Select(_ => client.Leads.Bulk.CreateAsync(Named("A")))));

        var times = Service.Requests.Select(static request => request.At.TotalSeconds).ToArray();
        Assert.All(Enumerable.Range(0, 4), place => Assert.True(times[place + 3] - times[place] >= 1));
    }

    [Fact]
    public async Task Many_records_are_read_in_one_request()
    {
        Service.ThenJson("""[{"id":2,"name":"B"},{"id":1,"name":"A"},{"id":9,"name":"not asked for"},null]""");

        var found = await RunAsync(Client().People.FindAsync([1, 2, 3, 1]));

        Assert.Equal([1L, 2L], found.Keys.Order());
        Assert.Equal(
            """{"ids":[1,2,3],"page_number":1,"page_size":3,"sort_by":"date_created","sort_direction":"asc"}""",
            Assert.Single(Service.Requests).Body);
    }

    [Fact]
    public async Task Activities_are_not_found_by_ids_nor_more_than_a_page_at_once()
    {
        await Assert.ThrowsAsync<NotSupportedException>(() => Client().Activities.FindAsync([1, 2]));
        await Assert.ThrowsAsync<ArgumentException>(
            () => Client().People.FindAsync(Enumerable.Range(1, 201).Select(static id => (long)id)));
        await Assert.ThrowsAsync<ArgumentException>(() => Client().People.FindAsync([]));
        Assert.Empty(Service.Requests);
    }

    private static JsonBody[] Named(params string[] names) => [.. names.Select(static name => new JsonBody { ["name"] = name })];

    private static (long Id, JsonBody Fields) Titled(long id) => (id, new JsonBody { ["title"] = "x" });

    private static int Items(ReceivedRequest request)
    {
        using var body = JsonDocument.Parse(request.Body);
        return body.RootElement.GetProperty("leads").GetArrayLength();
    }

    private static string Respond(ReceivedRequest request)
    {
        using var body = JsonDocument.Parse(request.Body);
        return "[" + string.Join(
            ",", body.RootElement.GetProperty("leads").EnumerateArray()
            .Select(static (item, place) => $$"""{"id":{{place + 1}},"name":{{item.GetProperty("name").GetRawText()}}}""")) + "]";
    }

    private ScriptedService Fail(string fault) => fault switch
    {
        "broken" => Service.ThenBreaksTheConnection(),
        "503" => Service.Then(503),
        _ => Service.ThenJson(fault),
    };
}
