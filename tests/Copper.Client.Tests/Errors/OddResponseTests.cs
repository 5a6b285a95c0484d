using System.Globalization;
using System.Numerics;
using System.Text;
using Copper.Client.Tests.Support;

namespace Copper.Client.Tests.Errors;

/// <summary>Responses that no service should send, and some do.</summary>
public class OddResponseTests : ScriptedTest
{
    [Fact]
    public async Task Another_record_than_the_one_that_was_asked_for_is_not_passed_on()
    {
        Service.ThenJson("""{"id":6,"name":"Bob"}""");

        var failure = await FailsAsync<CopperProtocolException>(Client().People.GetAsync(5));

        Assert.Contains("about person 6, but person 5 was asked for", failure.Message, StringComparison.Ordinal);
        Assert.Single(Service.Requests);
    }

    [Theory]
    [InlineData("iso-8859-1")]
    [InlineData("\"ISO-8859-1\"")]
    [InlineData("windows-1252")]
    [InlineData("utf-16")]
    public async Task A_response_is_decoded_by_the_charset_of_its_content_type(string charset)
    {
        Service.Then(_ => ScriptedService.Response(
            200, EncodingOf(charset).GetBytes("""{"id":5,"name":"Zoë Müller"}"""), "application/json; charset=" + charset));

        var person = await RunAsync(Client().People.GetAsync(5));

        Assert.Equal("Zoë Müller", person.Name);
        Assert.DoesNotContain(CopperTraceKind.Garbled, Trace.Kinds);
    }

    [Theory]
    [InlineData("us-ascii")]
    [InlineData("utf-8")]
    [InlineData("no-such-charset")]
    public async Task Utf_8_is_read_as_such_where_the_charset_names_no_other_encoding(string charset)
    {
        Service.Then(_ => ScriptedService.Response(
            200, Encoding.UTF8.GetBytes("""{"id":5,"name":"Zoë Müller"}"""), "application/json; charset=" + charset));

        Assert.Equal("Zoë Müller", (await RunAsync(Client().People.GetAsync(5))).Name);
        Assert.DoesNotContain(CopperTraceKind.Garbled, Trace.Kinds);
    }

    [Theory]
    [InlineData("application/json")]
    [InlineData("application/json; charset=utf-8")]
    [InlineData("application/json; charset=no-such-charset")]
    public async Task Bytes_that_are_no_UTF_8_are_reported(string type)
    {
        Service.Then(_ => ScriptedService.Response(200, Encoding.Latin1.GetBytes("""{"id":5,"name":"Zoë"}"""), type));

        Assert.Equal("Zo\uFFFD", (await RunAsync(Client().People.GetAsync(5))).Name);
        var report = Assert.Single(Trace.Events, static item => item.Kind == CopperTraceKind.Garbled);
        Assert.Contains("GET /people/5 holds bytes that are not UTF-8", report.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_error_in_another_charset_is_readable()
    {
        Service.Then(_ => ScriptedService.Response(
            422, Encoding.Latin1.GetBytes("""{"message":"Zoë exists"}"""), "application/json; charset=iso-8859-1"));

        Assert.Equal("Zoë exists", (await FailsAsync<CopperValidationException>(Client().People.GetAsync(5))).ServerMessage);
    }

    [Fact]
    public async Task An_update_that_is_confirmed_for_another_record_is_an_error()
    {
        Service.ThenJson("""{"id":6,"name":"Bob"}""");

        var failure = await FailsAsync<CopperProtocolException>(Client().Leads.UpdateAsync(5, new JsonBody { ["name"] = "Ann" }));

        Assert.Contains("Look at lead 5 and lead 6", failure.Message, StringComparison.Ordinal);
        Assert.Single(Service.Requests);
    }

    [Fact]
    public async Task A_record_that_is_nested_too_deeply_costs_itself_only()
    {
        var deep = string.Concat(Enumerable.Repeat("{\"a\":", 70)) + "1" + new string('}', 70);
        Service.ThenJson($$$"""[{"id":1,"name":"A"},{"id":2,"name":"B","odd":{{{deep}}}},{"id":3,"name":"C"}]""").ThenJson("[]");

        var search = Client().People.Search(new SearchQuery());
        var ids = new List<long>();
        await foreach (var person in search)
        {
            ids.Add(person.Id);
        }

        Assert.Equal([1L, 3L], ids);
        var unreadable = Assert.Single(search.UnreadableRecords);
        Assert.Equal(("person", "2", 2), (unreadable.Entity, unreadable.RecordId, unreadable.Place));
        Assert.Contains("nested more than 64 levels deep", unreadable.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_nesting_without_end_does_not_end_the_process()
    {
        var deep = new string('[', 200_000) + new string(']', 200_000);
        Service.ThenJson($$$"""[{"id":1,"odd":{{{deep}}}},{"odd":{{{deep}}},"id":2}]""").ThenJson("[]");

        var search = Client().Companies.Search(new SearchQuery());
        await foreach (var _ in search)
        {
            Assert.Fail("Nothing can be read.");
        }

        Assert.Equal(["1", "2"], search.UnreadableRecords.Select(static item => item.RecordId));
    }

    [Fact]
    public async Task In_bulk_too_it_costs_itself_only()
    {
        var deep = new string('[', 100) + new string(']', 100);
        Service.ThenJson($$$"""[{"id":1,"name":"A"},{"id":2,"name":"B","odd":{{{deep}}}}]""");

        var results = await RunAsync(Client().Leads.Bulk.CreateAsync([new JsonBody { ["name"] = "A" }, new JsonBody { ["name"] = "B" }]));

        Assert.Equal(1, results[0].Record?.Id);
        Assert.IsType<CopperOutcomeUnknownException>(results[1].Failure);
    }

    [Theory]
    [InlineData("99999999999999999999")]
    [InlineData("\"99999999999999999999\"")]
    [InlineData("99999999999999999999999999999999999999")]
    public async Task An_id_that_is_too_large_is_called_so(string id)
    {
        Service.ThenJson($$"""{"id":{{id}},"name":"A"}""");

        var failure = await FailsAsync<CopperProtocolException>(Client(static options => options.MaxRetries = 0).People.GetAsync(5));

        Assert.Contains("too large", failure.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("not a whole number", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_bulk_response_with_too_many_results_says_so()
    {
        Service.ThenJson("""[{"id":1,"name":"X"},{"id":2,"name":"Y"},{"id":3,"name":"Z"}]""");

        var results = await RunAsync(Client().Leads.Bulk.CreateAsync([new JsonBody { ["name"] = "A" }, new JsonBody { ["name"] = "B" }]));

        Assert.All(results, static result => Assert.Contains("3 results for 2 items", result.Failure!.Message, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Numbers_of_any_length_are_kept()
    {
        Service.ThenJson("""
            {"id":5,"a":9223372036854775808,"b":123456789012345678901234567890123456789,"c":-123456789012345678901234567890123456789,
             "d":0.1234567890123456789012345678901234567,"e":1e400,"f":1.5,"g":1E+30}
            """);

        var members = (await RunAsync(Client().People.GetAsync(5))).AdditionalMembers!;

        Assert.Equal(9223372036854775808m, members["a"]);
        Assert.Equal(BigInteger.Parse("123456789012345678901234567890123456789", CultureInfo.InvariantCulture), members["b"]);
        Assert.Equal(BigInteger.Parse("-123456789012345678901234567890123456789", CultureInfo.InvariantCulture), members["c"]);
        Assert.Equal("0.1234567890123456789012345678901234567", members["d"]);
        Assert.Equal("1e400", members["e"]);
        Assert.Equal(1.5m, members["f"]);
        Assert.Equal(1E+30, members["g"]);
        Assert.Equal("""{"b":123456789012345678901234567890123456789}""", new JsonBody { ["b"] = members["b"] }.ToString());
    }

    [Theory]
    [InlineData("""{"person":5,"company":"6","opportunity":null}""")]
    [InlineData("""{"person":{"id":5},"company_id":6}""")]
    public async Task A_conversion_that_names_ids_in_place_of_records_is_read(string body)
    {
        Service.ThenJson(body);

        var conversion = await RunAsync(Client().LeadActions.ConvertAsync(7));

        Assert.Equal((7L, 5L, 6L, null), (conversion.LeadId, conversion.PersonId, conversion.CompanyId, conversion.OpportunityId));
        Assert.Null(conversion.AdditionalMembers);
    }

    [Theory]
    [InlineData("""{"errors":{"name":[""]}}""", "name: no reason given")]
    [InlineData("""{"errors":[""]}""", "rejected the request (422). [")]
    [InlineData("""{"message":"","errors":[{"error":""},{"error":"taken"}]}""", "It said: taken.")]
    [InlineData("""{"message":{"name":[{"error":" "}],"email":[{"error":"invalid"}]}}""", "name: no reason given; email: invalid")]
    [InlineData("""{"message":42}""", "It said: 42.")]
    [InlineData("""{"errors":[{"field":"email","message":"is bad"}]}""", "It said: email: is bad.")]
    [InlineData("""{"errors":[{"field":"email"},"taken"]}""", "It said: email: no reason given; taken.")]
    public async Task An_error_without_a_reason_says_what_there_is(string body, string expected)
    {
        Service.Then(422, body);

        var failure = await FailsAsync<CopperValidationException>(Client().People.CreateAsync(new JsonBody { ["name"] = "A" }));

        Assert.Contains(expected, failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_field_that_an_error_names_in_a_list_keeps_its_name()
    {
        Service.Then(422, """{"errors":[{"field":"email","message":"is bad"},{"field":"name","error":["too long","taken"]}]}""");

        var failure = await FailsAsync<CopperValidationException>(Client().People.CreateAsync(new JsonBody { ["name"] = "A" }));

        Assert.Equal(("is bad", "too long, taken"), (failure.FieldErrors["email"], failure.FieldErrors["name"]));
    }

    [Theory]
    [InlineData("<html><title>Sign in</title></html>")]
    [InlineData("{\"error\":\"not_found\"}")]
    [InlineData("")]
    [InlineData(null)]
    public async Task The_text_of_a_response_comes_as_it_is(string? body)
    {
        body ??= new string('[', 100) + new string(']', 100);
        Service.Then(200, body);

        var response = await RunAsync(Client().SendForTextAsync(new CopperRequest(HttpMethod.Get, "tags")));

        Assert.Equal(body, response.Text);
        Assert.Single(Service.Requests);
    }

    [Theory]
    [InlineData("\\u001b[31mred", "\\u001B[31mred")]
    [InlineData("a\\u0000b\\u0007c\\u009bd", "a\\u0000b\\u0007c\\u009Bd")]
    [InlineData("abc\\u202edef\\u2066", "abc\\u202Edef\\u2066")]
    public async Task Control_characters_of_the_service_are_made_visible(string sent, string shown)
    {
        Service.Then(422, $$$"""{"message":{"na{{{sent}}}me":[{"error":"{{{sent}}}"}]}}""", ("X-Request-Id", "r-1"));

        var failure = await FailsAsync<CopperValidationException>(Client().People.CreateAsync(new JsonBody { ["name"] = "A" }));

        Assert.Contains(shown, failure.Message, StringComparison.Ordinal);
        Assert.Contains(shown, failure.ServerMessage, StringComparison.Ordinal);
        Assert.All([failure.Message, failure.ServerMessage, .. failure.FieldErrors.Keys, .. failure.FieldErrors.Values], static text =>
            Assert.DoesNotContain(text, static c => char.IsControl(c) || c is '\u202e' or '\u2066'));
    }

    [Fact]
    public async Task An_unreadable_item_shows_no_control_characters_either()
    {
        Service.ThenJson("""[{"id":"\u001b[2Jx","name":"A"}]""");

        var search = Client().People.Search(new SearchQuery());
        await foreach (var _ in search)
        {
            Assert.Fail("There is nothing to read.");
        }

        var unreadable = Assert.Single(search.UnreadableRecords);
        Assert.DoesNotContain('\u001b', unreadable.Message);
        Assert.DoesNotContain('\u001b', unreadable.RecordId!);
    }

    [Theory]
    [InlineData(400)]
    [InlineData(422)]
    public async Task A_bulk_request_that_is_rejected_as_a_whole_is_split(int status)
    {
        Service.Then(status, """{"message":"No."}""").Then(200, """[{"id":1,"name":"A"}]""").Then(status, """{"message":"Bad name."}""");

        var results = await RunAsync(Client().Leads.Bulk.CreateAsync([new JsonBody { ["name"] = "A" }, new JsonBody { ["name"] = "B" }]));

        Assert.Equal(1, results[0].Record?.Id);
        Assert.Equal("Bad name.", Assert.IsType<CopperValidationException>(results[1].Failure).ServerMessage);
        Assert.Equal(3, Service.Requests.Count);
    }

    [Theory]
    [InlineData("""{"error":"Something went wrong."}""")]
    [InlineData("""{"success":false}""")]
    [InlineData("[{")]
    [InlineData("<html></html>")]
    public async Task A_bulk_creation_with_a_status_of_success_is_never_retried(string body)
    {
        Service.Then(200, body);

        await FailsAsync<CopperOutcomeUnknownException>(
            Client().Leads.Bulk.CreateAsync([new JsonBody { ["name"] = "A" }, new JsonBody { ["name"] = "B" }]));

        Assert.Single(Service.Requests);
    }

    [Theory]
    [InlineData("gzip")]
    [InlineData("br")]
    public async Task A_body_that_is_not_compressed_as_it_says_is_damaged(string encoding)
    {
        var body = Encoding.ASCII.GetBytes("""{"id":5,"name":"Ann, and no compression at all"}""");
        using var server = new RawServer(_ =>
            $"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Encoding: {encoding}\r\nContent-Length: {body.Length}\r\n\r\n"
            + Encoding.ASCII.GetString(body));
        void Configure(CopperClientOptions options) =>
            (options.BaseUri, options.Handler, options.Clock, options.MaxRetries) =
                (server.BaseUri, null, Copper.Client.RateLimiting.Clock.System, 0);

        var read = await Assert.ThrowsAsync<CopperConnectionException>(() => Client(Configure).People.GetAsync(5));
        var create = await Assert.ThrowsAsync<CopperOutcomeUnknownException>(
            () => Client(Configure).People.CreateAsync(new JsonBody { ["name"] = "A" }));

        Assert.Contains("not compressed in the way that its header Content-Encoding says", read.Message, StringComparison.Ordinal);
        Assert.Contains("Content-Encoding", create.Message, StringComparison.Ordinal);
    }

    private static Encoding EncodingOf(string charset) =>
        CodePagesEncodingProvider.Instance.GetEncoding(charset.Trim('"')) ?? Encoding.GetEncoding(charset.Trim('"'));
}
