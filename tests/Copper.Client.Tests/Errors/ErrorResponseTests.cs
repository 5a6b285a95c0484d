using System.Net;
using System.Text;
using Copper.Client.Tests.Support;

namespace Copper.Client.Tests.Errors;

/// <summary>Whatever the service or something between responds, the caller learns in readable words what happened and where.</summary>
public class ErrorResponseTests : ScriptedTest
{
    [Theory]
    [InlineData(400, typeof(CopperValidationException))]
    [InlineData(401, typeof(CopperAuthenticationException))]
    [InlineData(403, typeof(CopperPermissionException))]
    [InlineData(404, typeof(CopperNotFoundException))]
    [InlineData(409, typeof(CopperApiException))]
    [InlineData(422, typeof(CopperValidationException))]
    [InlineData(429, typeof(CopperRateLimitException))]
    [InlineData(500, typeof(CopperServerException))]
    [InlineData(502, typeof(CopperServerException))]
    [InlineData(302, typeof(CopperRedirectException))]
    public async Task Each_status_has_its_own_kind_of_error(int status, Type type)
    {
        var failure = await RejectedAsync(status, """{"success":false,"status":0,"message":"Something"}""");

        Assert.IsType(type, failure);
        Assert.Equal((HttpStatusCode)status, failure.StatusCode);
        Assert.Equal("Something", failure.ServerMessage);
        Assert.Contains($"({status})", status == 409 ? $"({failure.Message})({status})" : failure.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("GET", "people/7", "Copper found no person 7 (404).")]
    [InlineData("PUT", "leads/8", "Copper found no lead 8 (404).")]
    [InlineData("DELETE", "custom_field_definitions/9", "Copper found no custom field definition 9 (404).")]
    [InlineData("GET", "companies/7/related/people", "Copper found nothing for company 7 (404).")]
    [InlineData("POST", "opportunities/7/activities", "Copper found nothing for opportunity 7 (404).")]
    [InlineData("POST", "people/fetch_by_email", "Copper found nothing there (404).")]
    [InlineData("GET", "account", "Copper found nothing there (404).")]
    public async Task A_404_names_the_record_that_was_asked_for(string method, string path, string lead)
    {
        Service.Then(404);

        var failure = await FailsAsync<CopperNotFoundException>(Client().SendAsync(new CopperRequest(new HttpMethod(method), path)));

        Assert.StartsWith(lead, failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_error_names_method_path_query_and_the_services_request_id()
    {
        Service.Then(404, """{"success":false,"status":404,"message":"Resource not found"}""", ("X-Request-Id", "7f-42"));
        var request = new CopperRequest(HttpMethod.Get, "people/7") { Query = { new("custom_field_computed_values", "true") } };

        var failure = await FailsAsync<CopperNotFoundException>(Client().SendAsync(request));

        Assert.Equal("GET", failure.Method);
        Assert.Equal("/people/7?custom_field_computed_values=true", failure.Path);
        Assert.Equal("7f-42", failure.RequestId);
        Assert.Equal("Resource not found", failure.ServerMessage);
        Assert.Contains("GET /people/7?custom_field_computed_values=true, request id 7f-42", failure.Message, StringComparison.Ordinal);
        Assert.Contains("Resource not found", failure.Message, StringComparison.Ordinal);
        Assert.Equal(1, failure.Attempts);
    }

    [Theory]
    [InlineData("""{"message":"Multiple leads found","ids":[1,2,3]}""", "Multiple leads found; ids: 1, 2, 3")]
    [InlineData("""{"message":"Multiple leads found.","ids":["1","2"]}""", "Multiple leads found; ids: 1, 2")]
    [InlineData("""{"errors":["a","b"]}""", "a; b")]
    [InlineData("""{"errors":[{"message":"a"},{"error":"b"}]}""", "a; b")]
    [InlineData("""{"errors":{"name":["can't be blank"]}}""", "name: can't be blank")]
    [InlineData("""{"message":"Invalid input","errors":["name is short"]}""", "Invalid input; name is short")]
    [InlineData("""{"message":"Invalid input","errors":[]}""", "Invalid input")]
    [InlineData("""{"message":"Invalid input","errors":"Invalid input"}""", "Invalid input")]
    [InlineData("""{"message":"Invalid input","details":"name: too short"}""", "Invalid input; details: name: too short")]
    [InlineData("""{"message":"Invalid input","details":{"name":["too short","odd"]}}""", "Invalid input; details: name: too short, odd")]
    [InlineData("""{"error":"conflict","details":[{"id":5,"name":"Acme"},{"id":6}]}""", "conflict; details: 5 (Acme), 6")]
    [InlineData("""{"message":"Just this.","details":null,"ids":[]}""", "Just this.")]
    public async Task What_is_told_beside_the_message_is_shown(string body, string words) =>
        Assert.Equal(words, (await RejectedAsync(422, body)).ServerMessage);

    [Fact]
    public async Task Several_errors_in_one_message_are_told_in_one_line()
    {
        var failure = await RejectedAsync(
            422,
            """{"success":false,"status":422,"message":"Invalid input: Validation errors: Base: Unrecognized attributes specified: url"""
            + """\nType: can't be blank"}""");

        Assert.Equal(
            "Invalid input: Validation errors: Base: Unrecognized attributes specified: url; Type: can't be blank", failure.ServerMessage);
        Assert.DoesNotContain('\n', failure.Message);
        Assert.Empty(failure.FieldErrors);
    }

    [Fact]
    public async Task A_message_by_field_becomes_readable_words_and_field_errors()
    {
        var failure = await RejectedAsync(422, """
            {"success":false,"status":422,
            "message":{"name":[{"error":"can't be blank"},{"error":"is too short"}],"emails":[{"error":"is taken"}]}}
            """);

        Assert.Equal("name: can't be blank, is too short; emails: is taken", failure.ServerMessage);
        Assert.Equal("can't be blank, is too short", failure.FieldErrors["name"]);
        Assert.Equal("is taken", failure.FieldErrors["emails"]);
        Assert.Equal(2, failure.FieldErrors.Count);
    }

    [Theory]
    [InlineData("""{"message":{"name":"can't be blank"}}""")]
    [InlineData("""{"message":{"name":["can't be blank"]}}""")]
    [InlineData("""{"message":{"name":{"error":"can't be blank"}}}""")]
    [InlineData("""{"message":{"name":[{"message":"can't be blank"}]}}""")]
    public async Task A_message_by_field_is_read_in_neighbouring_shapes_too(string body)
    {
        var failure = await RejectedAsync(422, body);

        Assert.Equal("can't be blank", failure.FieldErrors["name"]);
        Assert.Equal("name: can't be blank", failure.ServerMessage);
    }

    [Theory]
    [InlineData("""{"error":"Request size too large, limit is 10"}""", "Request size too large, limit is 10")]
    [InlineData("""{"message":null,"error":"No"}""", "No")]
    [InlineData("""{"message":"","error":"No"}""", "No")]
    [InlineData("""{"message":["First","Second"]}""", "First; Second")]
    [InlineData("\"Just text\"", "Just text")]
    [InlineData("Rate limit exceeded\r\n", "Rate limit exceeded")]
    [InlineData("\ufeff{\"message\":\"With a mark\"}", "With a mark")]
    public async Task Other_shapes_are_read_as_well(string body, string words) =>
        Assert.Equal(words, (await RejectedAsync(422, body)).ServerMessage);

    [Theory]
    [InlineData("")]
    [InlineData("   \r\n")]
    [InlineData("{}")]
    [InlineData("[]")]
    [InlineData("null")]
    public async Task An_empty_response_still_gives_a_whole_sentence(string body)
    {
        var failure = await RejectedAsync(403, body);

        Assert.Equal(string.Empty, failure.ServerMessage);
        Assert.Equal("Copper does not permit this to ann@example.com (403). [GET /people/7]", failure.Message);
    }

    [Theory]
    [InlineData("<html><head><title>502 Bad\n Gateway</title></head><body><h1>nginx</h1></body></html>", "502 Bad Gateway")]
    [InlineData(
        "<!DOCTYPE html><html><head><style>h1 { color: red }</style></head>"
        + "<body><h1>We&apos;ll be <b>back</b></h1><script>alert(1)</script></body></html>",
        "We'll be back")]
    [InlineData("<html><head><title></title></head><body>Down for maintenance</body></html>", "Down for maintenance")]
    [InlineData("""{"message":"<html><head><title>Oops</title></head><body>x</body></html>"}""", "Oops")]
    public async Task Of_a_web_page_only_its_words_are_told(string page, string words)
    {
        var failure = await RejectedAsync(502, page, maxRetries: 0);

        Assert.Equal(words, failure.ServerMessage);
        Assert.DoesNotContain('<', failure.Message);
    }

    [Fact]
    public async Task A_comparison_in_a_message_is_no_markup() =>
        Assert.Equal("Value must be < 5 and > 3", (await RejectedAsync(422, """{"message":"Value must be < 5 and > 3"}""")).ServerMessage);

    [Fact]
    public async Task Broken_json_is_told_as_it_came()
    {
        var failure = await RejectedAsync(500, """{"message":"Cut o""", maxRetries: 0);

        Assert.Contains("Cut o", failure.ServerMessage, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""{"message":"Name \ud83d is taken"}""")]
    [InlineData("""{"message":{"name":[{"error":"Name \ude00 is taken"}]}}""")]
    public async Task Half_a_surrogate_pair_does_not_hide_the_message(string body)
    {
        var failure = await RejectedAsync(422, body);

        Assert.Contains("Name \ufffd is taken", failure.ServerMessage, StringComparison.Ordinal);
        Assert.DoesNotContain('{', failure.ServerMessage);
    }

    [Fact]
    public async Task Bytes_that_are_no_text_do_no_harm()
    {
        Service.Then(_ => ScriptedService.Response(500, [0xC3, 0x28, 0xFF, 0x00, 0x80], "application/octet-stream"));

        var failure = await FailsAsync<CopperServerException>(Client(static options => options.MaxRetries = 0).People.GetAsync(7));

        Assert.Equal(HttpStatusCode.InternalServerError, failure.StatusCode);
    }

    [Fact]
    public async Task A_long_text_is_shortened_and_no_character_cut_in_two()
    {
        var body = "x" + string.Concat(Enumerable.Repeat("😀", 40_000));

        var failure = await RejectedAsync(500, $$"""{"message":"{{body}}"}""", maxRetries: 0);

        Assert.InRange(failure.ServerMessage.Length, 500, 1100);
        Assert.EndsWith("…", failure.ServerMessage, StringComparison.Ordinal);
        var strict = new UTF8Encoding(false, throwOnInvalidBytes: true);
        Assert.NotEmpty(strict.GetBytes(failure.ServerMessage));
    }

    [Fact]
    public async Task A_page_that_is_hard_to_read_on_purpose_is_still_an_ordinary_error()
    {
        var page = "<html>" + string.Concat(Enumerable.Repeat("<script>", 8_000));

        var failure = await RejectedAsync(500, page, maxRetries: 0);

        Assert.Equal(HttpStatusCode.InternalServerError, failure.StatusCode);
    }

    [Fact]
    public async Task An_address_that_a_redirect_names_is_told_but_not_followed()
    {
        Service.Then(302, string.Empty, ("Location", "https://elsewhere.example/v1/people/7"));

        var failure = await FailsAsync<CopperRedirectException>(Client().People.GetAsync(7));

        Assert.Contains("https://elsewhere.example/v1/people/7", failure.ServerMessage, StringComparison.Ordinal);
        Assert.Single(Service.Requests);
    }

    [Fact]
    public async Task A_good_status_with_a_web_page_is_an_unreadable_response_and_says_so()
    {
        Service.Then(200, "<html><title>Proxy login</title></html>", ("X-Request-Id", "9"));

        var failure = await FailsAsync<CopperProtocolException>(Client(static options => options.MaxRetries = 0).People.GetAsync(7));

        Assert.Contains("text/html", failure.Message, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.OK, failure.StatusCode);
        Assert.Equal("9", failure.RequestId);
    }

    [Fact]
    public async Task A_person_asked_for_by_an_unknown_address_is_null_and_no_error()
    {
        Service.Then(404, """{"success":false,"status":404,"message":"Resource not found"}""");

        Assert.Null(await RunAsync(Client().FindPersonByEmailAsync("nobody@example.com")));
        Assert.Equal("""{"email":"nobody@example.com"}""", Assert.Single(Service.Requests).Body);
    }

    private Task<CopperApiException> RejectedAsync(int status, string body, int maxRetries = 0)
    {
        Service.Then(status, body);
        return CatchAsync(Client(options => options.MaxRetries = maxRetries).People.GetAsync(7));

        async Task<CopperApiException> CatchAsync(Task work) => await Assert.ThrowsAnyAsync<CopperApiException>(() => RunAsync(work));
    }
}
