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
        var reply = _account.Post(
            path, new { prefix = "Countess", first_name = "Ada", middle_name = "King", last_name = "Lovelace", suffix = "FRS" });

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

    [Theory]
    [InlineData("/people")]
    [InlineData("/leads")]
    public void A_name_and_parts_that_are_sent_together_are_kept_as_sent(string path)
    {
        var made = _account.Post(path, new { name = "Jo van Berg", last_name = "van Berg" }).Ok();
        var changed = _account.Put($"{path}/{made.Id}", new { name = "Dr. Jo de Wit", last_name = "de Wit", prefix = "Dr." }).Ok();

        Assert.Equal("Jo van Berg", (string?)made.Json["name"]);
        AssertParts([null, null, null, "van Berg", null], PartsOf(made));
        Assert.Equal("Dr. Jo de Wit", (string?)changed.Json["name"]);
        AssertParts(["Dr.", null, null, "de Wit", null], PartsOf(changed));
    }

    [Fact]
    public void A_name_alone_is_split_anew()
    {
        long id = _account.Post("/people", new { prefix = "Countess", first_name = "Ada", last_name = "Lovelace" }).Ok().Id;

        AssertParts([null, "Mary", null, "Somerville", null], PartsOf(_account.Put($"/people/{id}", new { name = "Mary Somerville" })));
    }

    [Fact]
    public void A_name_of_nothing_is_rejected() =>
        Assert.Equal(["Name: can't be blank"], _account.Post("/people", new { prefix = " ", first_name = "" }).Errors());

    private static void AssertParts(IEnumerable<string?> expected, IEnumerable<string?> actual) => Assert.Equal(expected, actual);

    private static IEnumerable<string?> PartsOf(TestReply reply) => Parts.Select(part => (string?)reply.Ok().Json[part]);
}
