namespace Copper.Client.Tests.Http;

/// <summary>A request stays below the base address, and knows what it does to the account.</summary>
public class CopperRequestTests
{
    [Theory]
    [InlineData("../admin")]
    [InlineData("people/../../admin")]
    [InlineData("people/..")]
    [InlineData("people/./7")]
    [InlineData("people/%2e%2e/admin")]
    [InlineData("people/%2E./admin")]
    [InlineData("people/7%2factivities")]
    [InlineData("people/7%2Factivities")]
    [InlineData("people%5c7")]
    [InlineData("people\\7")]
    [InlineData("people/7%3fa=b")]
    [InlineData("people/7%23a")]
    [InlineData("people?page=1")]
    [InlineData("people#top")]
    [InlineData("https://elsewhere.example/people")]
    [InlineData("//elsewhere.example/people")]
    [InlineData("people//7")]
    [InlineData("people/ 7")]
    [InlineData("people\t7")]
    [InlineData("people/7\r\nX-Header: 1")]
    [InlineData("people/\u00a07")]
    [InlineData("people/\u00007")]
    [InlineData("")]
    [InlineData("/")]
    [InlineData(" ")]
    public void A_path_that_could_lead_elsewhere_is_rejected(string path)
    {
        var failure = Assert.Throws<ArgumentException>(() => new CopperRequest(HttpMethod.Get, path));

        Assert.Contains("path", failure.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("people/7", "people/7")]
    [InlineData("/people/7/", "people/7")]
    [InlineData("tags", "tags")]
    [InlineData("field_layouts/by_entity/people", "field_layouts/by_entity/people")]
    [InlineData("people/a%20b", "people/a%20b")]
    [InlineData("people/a..b", "people/a..b")]
    public void An_ordinary_path_is_taken_without_its_outer_slashes(string path, string expected) =>
        Assert.Equal(expected, new CopperRequest(HttpMethod.Get, path).Path);

    [Fact]
    public void Query_names_and_values_are_escaped_and_stay_in_order()
    {
        var request = new CopperRequest(HttpMethod.Get, "tags") { Query = { new("z&", "a=b c#d"), new("a", "ö/?") } };

        Assert.Equal("/tags?z%26=a%3Db%20c%23d&a=%C3%B6%2F%3F", request.PathAndQuery);
    }

    [Theory]
    [InlineData("GET", "people/7", RequestEffect.Read)]
    [InlineData("POST", "people/search", RequestEffect.Read)]
    [InlineData("POST", "activities/search", RequestEffect.Read)]
    [InlineData("POST", "people/fetch_by_email", RequestEffect.Read)]
    [InlineData("POST", "leads/7/activities", RequestEffect.Read)]
    [InlineData("POST", "opportunities/7/activities", RequestEffect.Read)]
    [InlineData("POST", "activities", RequestEffect.Create)]
    [InlineData("POST", "/activities/", RequestEffect.Create)]
    [InlineData("POST", "people", RequestEffect.Create)]
    [InlineData("POST", "leads/7/convert", RequestEffect.Create)]
    [InlineData("POST", "people/bulk_create", RequestEffect.Create)]
    [InlineData("POST", "activities/bulk_create", RequestEffect.Create)]
    [InlineData("POST", "people/7/related", RequestEffect.Create)]
    [InlineData("POST", "people/7/files", RequestEffect.Create)]
    [InlineData("POST", "webhooks", RequestEffect.Create)]
    [InlineData("POST", "anything/new", RequestEffect.Create)]
    [InlineData("PUT", "people/7", RequestEffect.Update)]
    [InlineData("POST", "people/bulk_update", RequestEffect.Update)]
    [InlineData("PUT", "leads/upsert", RequestEffect.Update)]
    [InlineData("DELETE", "people/7", RequestEffect.Delete)]
    [InlineData("DELETE", "people/7/related", RequestEffect.Delete)]
    public void Its_effect_is_told_from_method_and_path(string method, string path, RequestEffect effect) =>
        Assert.Equal(effect, new CopperRequest(new HttpMethod(method), path).Effect);

    [Theory]
    [InlineData("people/bulk_create", true)]
    [InlineData("leads/bulk_update", true)]
    [InlineData("people", false)]
    [InlineData("people/search", false)]
    [InlineData("bulk_create", false)]
    public void Bulk_endpoints_are_known_by_their_path(string path, bool isBulk) =>
        Assert.Equal(isBulk, new CopperRequest(HttpMethod.Post, path).IsBulk);

    [Fact]
    public void The_caller_knows_better_when_he_says_so() =>
        Assert.Equal(RequestEffect.Read, new CopperRequest(HttpMethod.Post, "reports/run") { Effect = RequestEffect.Read }.Effect);
}
