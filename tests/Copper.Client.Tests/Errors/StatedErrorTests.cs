using Copper.Client.Models;
using Copper.Client.Tests.Support;

namespace Copper.Client.Tests.Errors;

/// <summary>A response with a good status that states an error is one, in the service's words.</summary>
public class StatedErrorTests : ScriptedTest
{
    private static readonly JsonBody Title = new() { ["title"] = "x" };

    [Theory]
    [InlineData("""{"error":"not_found"}""", "not_found")]
    [InlineData("""{"errors":["nope"]}""", "nope")]
    [InlineData("""{"message":"You may not delete this"}""", "You may not delete this")]
    [InlineData("""{"status":422,"message":"Bad"}""", "Bad")]
    [InlineData("""{"success":"false"}""", "")]
    [InlineData("""{"id":5,"is_deleted":false}""", "")]
    [InlineData("""{"id":5,"error":"locked"}""", "locked")]
    [InlineData("""{"removed":false}""", "")]
    public async Task A_deletion_whose_response_states_an_error_is_rejected(string body, string words)
    {
        Service.ThenJson(body);
        var client = Client();
        Func<Task>[] deletions =
        [
            () => client.People.DeleteAsync(5),
            () => client.Webhooks.DeleteAsync(5),
            () => client.Connections.RemoveAsync(5),
            () => client.RelatedItems.RemoveAsync(CopperEntities.FindPrimary("person")!, 5, CopperEntities.FindPrimary("company")!, 6),
            () => client.SendAsync(new CopperRequest(HttpMethod.Delete, "people/5/files/6")),
        ];

        foreach (var delete in deletions)
        {
            var failure = await FailsAsync<CopperValidationException>(delete());
            Assert.Equal(words.Length == 0 ? failure.ServerMessage : words, failure.ServerMessage);
        }

        Assert.Equal(deletions.Length, Service.Requests.Count);
    }

    [Theory]
    [InlineData("")]
    [InlineData("{}")]
    [InlineData("""{"id":5,"is_deleted":true}""")]
    [InlineData("""{"removed":true,"resource":{"id":6,"type":"company"}}""")]
    [InlineData("""{"success":true,"message":"Deleted"}""")]
    [InlineData("""{"status":200,"message":"Deleted"}""")]
    [InlineData("""{"id":5,"status":"Open","errors":[],"error":null}""")]
    public async Task A_deletion_that_is_confirmed_is_one(string body)
    {
        Service.Then(200, body);

        await RunAsync(Client().People.DeleteAsync(5));

        Assert.Single(Service.Requests);
    }

    [Theory]
    [InlineData("""{"added":false}""")]
    [InlineData("""{"message":"These do not go together"}""")]
    [InlineData("""{"error":"no"}""")]
    public async Task A_relation_whose_response_states_an_error_is_rejected(string body)
    {
        Service.ThenJson(body);

        await FailsAsync<CopperValidationException>(Client().RelatedItems.AddAsync(CopperEntities.Person, 5, CopperEntities.Company, 6));

        Assert.Single(Service.Requests);
    }

    [Theory]
    [InlineData("""{"error":"quota reached"}""")]
    [InlineData("""{"errors":["quota reached"]}""")]
    [InlineData("""{"status":422,"message":"quota reached"}""")]
    [InlineData("""{"id":"req-1","error":"quota reached"}""")]
    [InlineData("""{"success":"false","message":"quota reached"}""")]
    public async Task A_write_whose_response_states_an_error_is_rejected(string body)
    {
        Service.ThenJson(body);
        var client = Client();

        Assert.Equal("quota reached", (await FailsAsync<CopperValidationException>(client.People.CreateAsync(Title))).ServerMessage);
        Assert.Equal("quota reached", (await FailsAsync<CopperValidationException>(client.People.UpdateAsync(5, Title))).ServerMessage);
        Assert.Equal("quota reached", (await FailsAsync<CopperValidationException>(client.LeadActions.ConvertAsync(5))).ServerMessage);
        Assert.Equal("quota reached", (await FailsAsync<CopperValidationException>(client.Leads.Bulk.CreateAsync([Title]))).ServerMessage);

        Assert.Equal(4, Service.Requests.Count);
    }

    [Theory]
    [InlineData("""{"id":5,"name":"A","status":500,"message":"Called"}""")]
    [InlineData("""{"id":5,"name":"A","status":"Open","is_deleted":false}""")]
    [InlineData("""{"id":5,"name":"A","errors":[],"error":""}""")]
    public async Task A_record_with_members_of_the_same_names_is_a_record(string body)
    {
        Service.ThenJson(body);

        Assert.Equal(5, (await RunAsync(Client().Tasks.CreateAsync(Title))).Id);
        Assert.Equal(5, (await RunAsync(Client().Tasks.UpdateAsync(5, Title))).Id);
    }

    [Theory]
    [InlineData("""{"message":"Lead is already converted"}""", "It said: Lead is already converted.")]
    [InlineData("""{"id":"abc","name":"n"}""", "names no record")]
    public async Task A_conversion_that_names_no_record_is_not_confirmed(string body, string words)
    {
        Service.ThenJson(body);

        var failure = await FailsAsync<CopperOutcomeUnknownException>(Client().LeadActions.ConvertAsync(5));

        Assert.Contains(words, failure.Message, StringComparison.Ordinal);
        Assert.Single(Service.Requests);
    }

    [Theory]
    [InlineData("""{"success":false,"message":"Invalid input: x"}""", "It said: Invalid input: x.")]
    [InlineData("""{"success":false,"status":422,"message":"Nope"}""", "It said: Nope.")]
    [InlineData("""{"error":"not_found"}""", "It said: not_found.")]
    public async Task A_read_whose_response_states_an_error_is_rejected_in_its_words(string body, string words)
    {
        Service.ThenJson(body);
        var client = Client();
        Func<Task>[] reads =
        [
            () => client.People.GetAsync(5),
            () => client.People.FindAsync([5]),
            () => client.People.Search(new SearchQuery()).AllAsync(),
            () => client.Metadata.Pipelines.GetAsync(),
            () => client.Metadata.Tags.GetAsync(),
            () => client.Webhooks.ListAsync(),
            () => client.SendAsync(new CopperRequest(HttpMethod.Get, "people/5")),
        ];

        foreach (var read in reads)
        {
            Assert.Contains(words, (await FailsAsync<CopperValidationException>(read())).Message, StringComparison.Ordinal);
        }

        Assert.Equal(reads.Length, Service.Requests.Count);
    }

    [Theory]
    [InlineData(403, typeof(CopperPermissionException), 1)]
    [InlineData(404, typeof(CopperNotFoundException), 1)]
    [InlineData(429, typeof(CopperRateLimitException), 3)]
    [InlineData(503, typeof(CopperServerException), 3)]
    public async Task The_status_in_the_body_of_a_read_tells_what_it_is_and_whether_it_may_pass(int status, Type error, int requests)
    {
        Service.ThenJson($$"""{"success":false,"status":{{status}},"message":"No"}""");
        var client = Client(static options => options.MaxRetries = 2);

        var failure = await Assert.ThrowsAnyAsync<CopperApiException>(() => RunAsync(client.People.GetAsync(5)));

        Assert.IsType(error, failure);
        Assert.Equal("No", failure.ServerMessage);
        Assert.Equal(requests, Service.Requests.Count);
    }

    [Fact]
    public async Task A_record_that_is_read_may_have_members_of_the_same_names()
    {
        Service.ThenJson("""{"id":5,"name":"A","success":false,"error":"x","status":500,"message":"Called"}""");

        Assert.Equal(5, (await RunAsync(Client().People.GetAsync(5))).Id);
    }

    [Theory]
    [InlineData("""{"id":777,"is_deleted":true}""")]
    [InlineData("""{"id":"777"}""")]
    public async Task A_deletion_that_is_confirmed_for_another_record_is_not_confirmed(string body)
    {
        Service.ThenJson(body);
        var client = Client();
        Func<Task>[] deletions =
        [
            () => client.People.DeleteAsync(5),
            () => client.Webhooks.DeleteAsync(5),
            () => client.Connections.RemoveAsync(5),
            () => client.Files.RemoveAsync(CopperEntities.GetPrimary("person"), 6, 5),
        ];

        foreach (var delete in deletions)
        {
            var failure = await FailsAsync<CopperOutcomeUnknownException>(delete());
            Assert.Matches(@"about \w+ 777, but \w+ 5 was asked for.*is unknown", failure.Message);
            Assert.DoesNotContain("created twice", failure.Message, StringComparison.Ordinal);
        }

        Assert.Equal(deletions.Length, Service.Requests.Count);
    }

    [Theory]
    [InlineData(5)]
    [InlineData(6)]
    public async Task A_deletion_of_a_file_may_be_confirmed_by_its_record(int id)
    {
        Service.ThenJson($$"""{"id":{{id}},"is_deleted":true}""");

        await RunAsync(Client().Files.RemoveAsync(CopperEntities.GetPrimary("person"), 6, 5));

        Assert.Single(Service.Requests);
    }

    [Fact]
    public async Task An_item_of_a_bulk_request_that_is_an_error_was_rejected()
    {
        Service.ThenJson("""[{"error":"bad"},{"errors":["q"]},{"id":3,"name":"C","errors":[]}]""");

        var results = await RunAsync(Client().Leads.Bulk.CreateAsync([Title, Title, Title]));

        Assert.Equal("bad", Assert.IsType<CopperValidationException>(results[0].Failure).ServerMessage);
        Assert.Equal("q", Assert.IsType<CopperValidationException>(results[1].Failure).ServerMessage);
        Assert.Equal(3, results[2].Record!.Id);
    }

    [Fact]
    public async Task An_error_beside_the_items_of_a_bulk_response_is_not_about_all_of_them()
    {
        Service.ThenJson("""{"leads":[{"id":1,"name":"A"},{"error":"bad"}],"errors":["bad"]}""");

        var results = await RunAsync(Client().Leads.Bulk.CreateAsync([Title, Title]));

        Assert.Equal(1, results[0].Record!.Id);
        Assert.IsType<CopperValidationException>(results[1].Failure);
    }

    [Theory]
    [InlineData(422, true)]
    [InlineData(200, true)]
    [InlineData(422, false)]
    public async Task The_secrets_of_a_webhook_are_not_repeated(int status, bool isMap)
    {
        Service.Then(status, """{"error":"secret key=hunter2 and header Bearer\u002babc/9 are refused"}""");
        var secret = new Dictionary<string, string> { ["key"] = "hunter2" };
        var headers = new Dictionary<string, string> { ["Authorization"] = "Bearer+abc/9" };
        var fields = new JsonBody
        {
            ["secret"] = isMap ? new CopperSecretMap(secret) : secret,
            ["headers"] = isMap ? new CopperSecretMap(headers) : headers,
        };
        var client = Client();

        foreach (var failure in new[] {
            await FailsAsync<CopperValidationException>(client.Webhooks.CreateAsync(fields)),
            await FailsAsync<CopperValidationException>(client.Webhooks.UpdateAsync(5, fields)) })
        {
            Assert.Equal("secret key=*** and header *** are refused", failure.ServerMessage);
            Assert.DoesNotContain("hunter2", failure.ToString(), StringComparison.Ordinal);
            Assert.DoesNotContain("abc/9", failure.ToString(), StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData(500)]
    [InlineData(404)]
    public async Task A_confirmed_change_whose_record_cannot_be_read_is_done(int status)
    {
        Service.Then(204).Then(status, """{"message":"Later"}""");

        var failure =
            await FailsAsync<CopperStateNotReadException>(Client(static options => options.MaxRetries = 0).People.UpdateAsync(5, Title));

        Assert.Contains("made the change (PUT /people/5)", failure.Message, StringComparison.Ordinal);
        Assert.Contains("It said: Later.", failure.Message, StringComparison.Ordinal);
        Assert.Equal(status, (int)failure.StatusCode!);
        Assert.Equal(["PUT", "GET"], Service.Requests.Select(static request => request.Method));
    }
}
