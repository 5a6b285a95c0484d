namespace Copper.Client.Tests.Sandbox;

/// <summary>The vendor's OpenAPI file has the parts of a name in the bodies of people and leads.</summary>
public class NamePartTests
{
    private static readonly string[] Parts = ["prefix", "first_name", "middle_name", "last_name", "suffix"];

    private readonly TestAccount _account = new();

    [Theory]
    [InlineData("/people")]
    [InlineData("/leads")]
    public void A_name_is_put_together_from_its_parts(string path)
    {
        var reply = _account.Post(path, new { prefix = "Countess", first_name = "Ada", middle_name = "King", last_name = "Lovelace", suffix = "FRS" });

        Assert.Equal("Countess Ada King Lovelace FRS", (string?)reply.Ok().Json["name"]);
        AssertParts(["Countess", "Ada", "King", "Lovelace", "FRS"], PartsOf(reply));
    }

    [Theory]
    [InlineData("/people")]
    [InlineData("/leads")]
    public void A_part_that_is_changed_changes_the_name_and_no_other_part(string path)
    {
        long id = _account.Post(path, new { prefix = "Countess", first_name = "Ada", last_name = "Lovelace" }).Ok().Id;

        var married = _account.Put($"{path}/{id}", new { last_name = "King" }).Ok();
        var titled = _account.Put($"{path}/{id}", new { title = "Author" }).Ok();
        var plain = _account.Put($"{path}/{id}", "{\"prefix\":null}").Ok();

        Assert.Equal("Countess Ada King", (string?)married.Json["name"]);
        AssertParts(["Countess", "Ada", null, "King", null], PartsOf(titled));
        Assert.Equal("Ada King", (string?)plain.Json["name"]);
    }

    [Fact]
    public void A_part_beside_a_name_takes_the_place_of_the_one_in_the_name()
    {
        var person = _account.Post("/people", new { name = "Ada Lovelace", prefix = "Dr." }).Ok();

        Assert.Equal("Dr. Ada Lovelace", (string?)person.Json["name"]);
        AssertParts(["Dr.", "Ada", null, "Lovelace", null], PartsOf(person));
    }

    [Fact]
    public void A_name_alone_is_split_anew()
    {
        long id = _account.Post("/people", new { prefix = "Countess", first_name = "Ada", last_name = "Lovelace" }).Ok().Id;

        AssertParts([null, "Mary", null, "Somerville", null], PartsOf(_account.Put($"/people/{id}", new { name = "Mary Somerville" })));
    }

    [Fact]
    public void A_name_of_nothing_is_refused() =>
        Assert.Equal(["Name: can't be blank"], _account.Post("/people", new { prefix = " ", first_name = "" }).Errors());

    private static void AssertParts(IEnumerable<string?> expected, IEnumerable<string?> actual) => Assert.Equal(expected, actual);

    private static IEnumerable<string?> PartsOf(TestReply reply) => Parts.Select(part => (string?)reply.Ok().Json[part]);
}
