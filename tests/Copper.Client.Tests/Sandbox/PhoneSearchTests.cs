using System.Text.Json.Nodes;

namespace Copper.Client.Tests.Sandbox;

public class PhoneSearchTests
{
    private readonly TestAccount _account = new(options => options.People = 0);

    public PhoneSearchTests()
    {
        foreach (string number in new[] { "510-555-1234", "(408) 555-1234", "4085559999" })
        {
            _account.Post("/people", new { name = number, phone_numbers = new[] { new { number, category = "work" } } }).Ok();
        }
    }

    [Fact]
    public void Up_to_six_digits_match_the_end_of_a_number() =>
        Assert.Equal(["(408) 555-1234", "510-555-1234"], Find("55-1234"));

    [Fact]
    public void Six_digits_of_another_beginning_do_not_match() => Assert.Empty(Find("85-1234"));

    [Fact]
    public void Seven_and_more_digits_match_with_up_to_six_leading_digits_dropped() =>
        Assert.Equal(["(408) 555-1234", "510-555-1234"], Find("1-999-555-1234"));

    [Fact]
    public void At_least_six_digits_have_to_match() => Assert.Empty(Find("(888) 888-1234"));

    [Fact]
    public void Partial_matching_can_be_asked_for() =>
        Assert.Equal(["510-555-1234"], Find(new JsonObject { ["value"] = "5105551234", ["match"] = "partial" }));

    [Fact]
    public void Fuzzy_matching_can_be_asked_for() => Assert.Equal(
        ["(408) 555-1234", "510-555-1234"], Find(new JsonObject { ["value"] = "+1 (510) 555-1234", ["match"] = "fuzzy" }));

    [Theory]
    [InlineData("{\"phone_number\":5551234}")]
    [InlineData("{\"phone_number\":{\"value\":\"5551234\",\"match\":\"exact\"}}")]
    [InlineData("{\"phone_numbers\":\"5551234\"}")]
    public void Other_forms_are_rejected(string body) => Assert.Equal(422, _account.Post("/people/search", body).Status);

    private string[] Find(JsonNode phoneNumber) =>
        _account.Post("/people/search", new { phone_number = phoneNumber, sort_by = "name" }).Ok().All<string>("name");
}
