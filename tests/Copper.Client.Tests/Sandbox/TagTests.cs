namespace Copper.Client.Tests.Sandbox;

public class TagTests
{
    private readonly TestAccount _account = new(options => options.TagPageSize = 3);

    public TagTests()
    {
        _account.Post("/people", new { name = "x", tags = new[] { "zebra", "antelope" } }).Ok();
        _account.Post("/leads", new { name = "x", tags = new[] { "zebra" } }).Ok();
    }

    [Fact]
    public void Tags_are_counted_over_all_entities_and_sorted_by_name()
    {
        var tags = _account.Get("/tags").Ok();

        Assert.Equal(2, (int)tags.Items.Single(tag => (string?)tag!["name"] == "zebra")!["count"]!);
        Assert.Equal(tags.All<string>("name").Order(StringComparer.OrdinalIgnoreCase), tags.All<string>("name"));
    }

    [Fact]
    public void Tags_are_counted_for_each_entity_besides()
    {
        var zebra = _account.Get("/tags").Ok().Items.Single(tag => (string?)tag!["name"] == "zebra")!.AsObject();

        Assert.Equal(
            ["name", "count", "count_leads", "count_people", "count_companies", "count_opportunities", "count_projects", "count_tasks"],
            zebra.Select(member => member.Key));
        Assert.Equal((1, 1, 0), ((int)zebra["count_leads"]!, (int)zebra["count_people"]!, (int)zebra["count_tasks"]!));
    }

    [Fact]
    public void Tags_are_kept_as_they_are_sent_and_in_lower_case_and_cut_if_the_account_says_so()
    {
        var lower = new TestAccount(options => options.LowerCaseTags = true);
        object body = new { name = "x", tags = new[] { "VIP", "vip", new string('Ä', 70) } };

        Assert.Equal(["VIP", "vip", new string('Ä', 70)], TagsOf(_account.Post("/people", body)));
        Assert.Equal(["vip", new string('ä', 50)], TagsOf(lower.Post("/people", body)));

        static string[] TagsOf(TestReply reply) => [.. reply.Ok().Json["tags"]!.AsArray().Select(tag => (string)tag!)];
    }

    [Fact]
    public void Tags_can_be_sorted_by_count()
    {
        int[] counts = _account.Get("/tags?sort_by=count").Ok().All<int>("count");

        Assert.Equal(counts.OrderDescending(), counts);
    }

    [Fact]
    public void Names_alone_come_in_pages_behind_the_last_name()
    {
        string[] all = _account.Get("/tags").All<string>("name");
        var found = new List<string>();
        string[] page = Names("/tags?tag_names_only=true");
        while (page.Length > 0)
        {
            Assert.InRange(page.Length, 1, 3);
            found.AddRange(page);
            page = Names("/tags?tag_names_only=true&last_tag_value=" + Uri.EscapeDataString(page[^1]));
        }

        Assert.Equal(all, found);
    }

    [Theory]
    [InlineData("/tags?last_tag_value=vip")]
    [InlineData("/tags?sort_by=age")]
    [InlineData("/tags?tag_names_only=yes")]
    public void Wrong_parameters_are_rejected(string path) => Assert.Equal(422, _account.Get(path).Status);

    private string[] Names(string path) => [.. _account.Get(path).Ok().Items.Select(name => (string)name!)];
}
