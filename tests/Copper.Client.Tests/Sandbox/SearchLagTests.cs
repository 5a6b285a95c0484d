namespace Copper.Client.Tests.Sandbox;

public class SearchLagTests
{
    private static readonly string[] Paths = ["/people", "/companies", "/leads", "/opportunities", "/projects", "/tasks"];

    [Fact]
    public void Searches_see_everything_at_once_unless_told_otherwise()
    {
        var account = new TestAccount();

        Assert.All(Paths, path => Assert.Equal([New(account, path)], Find(account, path)));
    }

    [Fact]
    public void A_new_record_shows_only_after_so_many_searches_and_can_be_read_at_once()
    {
        var account = new TestAccount(options => options.SearchLagCount = 2);

        Assert.All(Paths, path =>
        {
            long id = New(account, path);
            account.Get($"{path}/{id}").Ok();
            Assert.Empty(Find(account, path));
            Assert.Empty(Find(account, path));
            Assert.Equal([id], Find(account, path));
        });
    }

    [Fact]
    public void A_person_is_fetched_by_email_at_once_and_found_later()
    {
        var account = new TestAccount(options => options.SearchLagCount = 1);
        account.Post("/people", new { name = "Ada", emails = new[] { new { email = "ada@engine.example" } } }).Ok();

        Assert.Equal("Ada", (string?)account.Post("/people/fetch_by_email", new { email = "ada@engine.example" }).Ok().Json["name"]);
        Assert.Empty(account.Post("/people/search", new { emails = new[] { "ada@engine.example" } }).Ok().Items);
        Assert.Single(account.Post("/people/search", new { emails = new[] { "ada@engine.example" } }).Ok().Items);
    }

    [Fact]
    public void Each_change_shows_when_its_own_time_has_come()
    {
        var account = new TestAccount(options => options.SearchLagTime = TimeSpan.FromSeconds(40));
        long id = account.NewPerson("Newcomer One");
        account.Now += TimeSpan.FromSeconds(30);
        account.Put($"/people/{id}", new { name = "Newcomer Two" }).Ok();

        Assert.Empty(Names(account));
        account.Now += TimeSpan.FromSeconds(10);
        Assert.Equal(["Newcomer One"], Names(account));
        account.Now += TimeSpan.FromSeconds(29);
        Assert.Equal(["Newcomer One"], Names(account));
        account.Now += TimeSpan.FromSeconds(1);
        Assert.Equal(["Newcomer Two"], Names(account));
    }

    [Fact]
    public void A_deleted_record_is_still_found_and_no_longer_read()
    {
        var account = new TestAccount();
        long id = account.NewPerson("Newcomer");
        var late = new TestAccount(options => options.SearchLagCount = 1);
        late.Delete("/people/7").Ok();

        Assert.Equal([7], late.Post("/people/search", new { ids = new[] { 7 } }).Ok().Ids);
        Assert.Equal(404, late.Get("/people/7").Status);
        Assert.Empty(late.Post("/people/search", new { ids = new[] { 7 } }).Ok().Items);
        account.Delete($"/people/{id}").Ok();
        Assert.Empty(Names(account));
    }

    [Fact]
    public void A_converted_lead_is_listed_once()
    {
        var account = new TestAccount(options => options.SearchLagCount = 1);
        account.Post("/leads/20000007/convert", "{}").Ok();
        object query = new { ids = new[] { 20_000_007 }, include_converted_leads = true };

        var late = account.Post("/leads/search", query).Ok();
        var present = account.Post("/leads/search", query).Ok();

        Assert.Null(Assert.Single(late.Items)!["converted_at"]);
        Assert.NotNull(Assert.Single(present.Items)!["converted_at"]);
        Assert.NotNull(Assert.Single(present.Items)!["converted_contact_id"]);
    }

    private static long New(TestAccount account, string path) => account.Post(path, new { name = "Newcomer" }).Ok().Id;

    private static long[] Find(TestAccount account, string path) => account.Post(path + "/search", new { name = "Newcomer" }).Ok().Ids;

    private static string[] Names(TestAccount account) =>
        account.Post("/people/search", new { name = "Newcomer" }).Ok().All<string>("name");
}
