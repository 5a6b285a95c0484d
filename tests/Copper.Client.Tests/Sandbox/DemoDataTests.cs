using Copper.Sandbox;

namespace Copper.Client.Tests.Sandbox;

public class DemoDataTests
{
    private static readonly TestAccount Standard = new(options =>
    {
        options.People = 1000;
        options.Companies = 300;
        options.Leads = 450;
    });

    [Fact]
    public void The_same_seed_gives_the_same_account()
    {
        string[] paths =
            ["/people/17", "/companies/10000003", "/leads/20000004", "/opportunities/30000005", "/tasks/50000006", "/projects/40002"];
        var first = new TestAccount();
        var second = new TestAccount();
        var other = new TestAccount(options => options.Seed = 2);

        Assert.All(paths, path => Assert.Equal(first.Get(path).Ok().Text, second.Get(path).Text));
        Assert.All(paths, path => Assert.NotEqual(first.Get(path).Text, other.Get(path).Text));
    }

    [Fact]
    public void It_is_the_same_on_every_runtime() =>
        Assert.Equal(("Charlie Cox", "charlie.cox@cobalt-insurance.example", 1696234255L), Describe(Standard.Get("/people/1")));

    [Fact]
    public void People_have_ids_from_1_mostly_an_address_and_a_date_that_rises_with_the_id()
    {
        var people = Enumerable.Range(1, 5)
            .SelectMany(page =>
                Standard.Post("/people/search", new { sort_by = "date_created", page_size = 200, page_number = page }).Ok().Items)
            .ToList();

        Assert.Equal(Enumerable.Range(1, 1000).Select(id => (long)id), people.Select(person => (long)person!["id"]!));
        Assert.Equal(3, people.Count(person => person!["emails"]!.AsArray().Count == 0));
        Assert.All(people, person =>
            Assert.InRange(
                (long)person!["date_modified"]!, (long)person["date_created"]!, SandboxOptions.ReferenceDate.ToUnixTimeSeconds()));
    }

    [Theory]
    [InlineData("Paris")]
    [InlineData("Berlin")]
    [InlineData("London")]
    [InlineData("Austin")]
    public void Some_people_live_in(string city) => Assert.NotEmpty(Standard.Post("/people/search", new { city }).Ok().Items);

    [Fact]
    public void Everything_points_to_something_that_exists()
    {
        foreach (var person in Standard.Post("/people/search", new { page_size = 200 }).Ok().Items)
        {
            if ((long?)person!["company_id"] is { } companyId)
            {
                Assert.Equal((string?)Standard.Get($"/companies/{companyId}").Ok().Json["name"], (string?)person["company_name"]);
            }
        }

        foreach (var task in Standard.Post("/tasks/search", new { page_size = 200 }).Ok().Items)
        {
            if (task!["related_resource"] is { } related && related["id"] is not null)
            {
                string plural =
                    (string)related["type"]! switch {
                        "person" => "people", "company" => "companies", "opportunity" => "opportunities", var type => type + "s" };
                Standard.Get($"/{plural}/{related["id"]}").Ok();
            }
        }
    }

    [Fact]
    public void A_reset_brings_everything_back()
    {
        var account = new TestAccount();
        string before = account.Get("/people/1").Text;
        account.Put("/people/1", new { title = "Changed" }).Ok();
        account.Delete("/people/2").Ok();

        account.Sandbox.Reset();

        Assert.Equal(before, account.Get("/people/1").Text);
        account.Get("/people/2").Ok();
        Assert.Equal(2, account.Sandbox.Journal.Count);
    }

    private static (string? Name, string? Email, long Created) Describe(TestReply person) => (
        (string?)person.Json["name"], (string?)person.Json["emails"]![0]!["email"], (long)person.Json["date_created"]!);
}
