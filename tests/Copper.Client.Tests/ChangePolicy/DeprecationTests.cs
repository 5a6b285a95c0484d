using Copper.Client.Tests.Support;

namespace Copper.Client.Tests.ChangePolicy;

/// <summary>Breaking changes are announced. The common headers for that (RFC 9745, RFC 8594) are passed on, once.</summary>
public class DeprecationTests : ScriptedTest
{
    private IEnumerable<CopperTraceEvent> Notices => Trace.Events.Where(static traceEvent => traceEvent.Kind == CopperTraceKind.Deprecated);

    [Theory]
    [InlineData("@1798761600", null, "(2027-01-01).", "switched off")]
    [InlineData("true", "Thu, 01 Jul 2027 00:00:00 GMT", "deprecated. It is to be switched off on 2027-07-01.", "(")]
    [InlineData("Fri, 01 Jan 2027 00:00:00 GMT", "no date", "(2027-01-01).", "no date")]
    [InlineData(null, "Thu, 01 Jul 2027 00:00:00 GMT", "switched off on 2027-07-01.", "(")]
    [InlineData("@99999999999999999999", "", "deprecated. It works", "9999")]
    [InlineData("<script>\u001b[31m", null, "deprecated. It works", "script")]
    public async Task What_the_headers_say_is_told_in_words(string? deprecation, string? sunset, string told, string notTold)
    {
        Service.Then(200, """{"id":7}""", Headers(deprecation, sunset));

        await RunAsync(Client().People.GetAsync(7));

        var notice = Assert.Single(Notices);
        Assert.Equal("/people/7", notice.PathAndQuery);
        Assert.StartsWith("Copper has marked GET /people/{id} as deprecated", notice.Message, StringComparison.Ordinal);
        Assert.Contains(told, notice.Message, StringComparison.Ordinal);
        Assert.DoesNotContain(notTold, notice.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""<https://developer.copper.com/x.html>; rel="deprecation"; type="text/html" """,
        "More: https://developer.copper.com/x.html")]
    [InlineData("""<https://a.example/1>; rel="next", <https://a.example/2>; rel=sunset""", "More: https://a.example/2")]
    [InlineData("""<http://a.example/1>; rel="deprecation" """, null)]
    [InlineData("<https://a.example/1", null)]
    public async Task The_page_about_it_is_named(string link, string? told)
    {
        Service.Then(200, """{"id":7}""", ("Deprecation", "true"), ("Link", link));

        await RunAsync(Client().People.GetAsync(7));

        var text = Assert.Single(Notices).Message;
        Assert.EndsWith(told ?? "newer version of this software.", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task It_is_told_once_for_each_endpoint_whoever_of_the_session_calls_it()
    {
        Service.Then(static request => request.Method == "GET"
            ? ScriptedService.Response(200, $$"""{"id":{{request.Path.Split('/')[^1]}}}""", ("Deprecation", "true"))
            : ScriptedService.Response(200, "[]", ("Deprecation", "true"), ("X-PW-TOTAL", "0")));
        var client = Client();

        for (var id = 1; id < 6; id++)
        {
            await RunAsync(client.WithTrace(Trace).People.GetAsync(id));
            await RunAsync(client.People.Search(new SearchQuery()).AllAsync());
        }

        Assert.Equal(
            ["Copper has marked GET /people/{id} as deprecated.", "Copper has marked POST /people/search as deprecated."],
            Notices.Select(static notice => notice.Message.Split(" It works")[0]));
        await RunAsync(Client().People.GetAsync(1));
        Assert.Equal(3, Notices.Count());
    }

    [Fact]
    public async Task It_is_told_of_responses_that_are_errors_too_and_changes_nothing_else()
    {
        Service.Then(404, "", ("Deprecation", "true"));

        var failure = await FailsAsync<CopperNotFoundException>(Client().People.GetAsync(7));

        Assert.DoesNotContain("deprecated", failure.Message, StringComparison.Ordinal);
        Assert.Single(Notices);
    }

    private static (string Name, string Value)[] Headers(string? deprecation, string? sunset) =>
        [.. new[] { ("Deprecation", deprecation), ("Sunset", sunset) }.Where(static header => header.Item2 is not null)
            .Select(static header => (header.Item1, header.Item2!))];
}
