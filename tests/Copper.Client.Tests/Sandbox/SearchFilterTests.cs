namespace Copper.Client.Tests.Sandbox;

public class SearchFilterTests
{
    private readonly TestAccount _account = new();

    [Fact]
    public void All_criteria_have_to_hold()
    {
        _account.Post("/people", new { name = "Test One", tags = new[] { "red" }, address = new { city = "Paris" } });
        long both = _account.Post("/people", new { name = "Test Two", tags = new[] { "red" }, address = new { city = "Oslo" } }).Id;

        Assert.Equal([both], _account.Post("/people/search", new { city = "oslo", tags = new[] { "red" } }).Ok().Ids);
    }

    [Fact]
    public void Ids_pick_records() =>
        Assert.Equal([3, 7], _account.Post("/people/search", new { ids = new[] { 7, 3, 999999 }, sort_by = "date_created" }).Ok().Ids);

    [Fact]
    public void A_name_matches_in_part()
    {
        long id = _account.NewPerson("Wilhelmina Quagmire");

        Assert.Equal([id], _account.Post("/people/search", new { name = "quag" }).Ok().Ids);
    }

    [Fact]
    public void People_take_a_list_of_addresses_and_leads_a_single_one()
    {
        string address = (string)_account.Get("/people/5").Json["emails"]![0]!["email"]!;
        long lead = _account.Post("/leads", new { name = "x", email = new { email = "lead@engine.example", category = "work" } }).Ok().Id;

        Assert.Equal([5], _account.Post("/people/search", new { emails = new[] { address } }).Ok().Ids);
        Assert.Equal(["Emails: must be an array of strings"], _account.Post("/people/search", new { emails = address }).Errors());
        Assert.Equal([lead], _account.Post("/leads/search", new { emails = "LEAD@engine.example" }).Ok().Ids);
        Assert.Equal(
            ["Emails: must be a string"], _account.Post("/leads/search", new { emails = new[] { "lead@engine.example" } }).Errors());
    }

    [Fact]
    public void Minus_two_finds_records_without_assignee()
    {
        long nobody = _account.NewPerson();
        long somebody = _account.Post("/people", new { name = "x", assignee_id = 1004 }).Id;

        long[] found = _account.Post("/people/search", new { assignee_ids = new[] { -2, 1004 }, page_size = 200 }).Ok().Ids;

        Assert.Contains(nobody, found);
        Assert.Contains(somebody, found);
        Assert.All(found, id => Assert.Contains((long?)_account.Get($"/people/{id}").Json["assignee_id"], new long?[] { null, 1004 }));
    }

    [Fact]
    public void Minus_two_is_rejected_where_it_is_not_documented() =>
        Assert.Equal(422, _account.Post("/people/search", new { contact_type_ids = new[] { -2 } }).Status);

    [Fact]
    public void An_empty_city_finds_records_without_one()
    {
        long id = _account.NewPerson();

        var found = _account.Post("/people/search", new { city = "" }).Ok();

        Assert.Contains(id, found.Ids);
        Assert.All(found.Items, person => Assert.True(string.IsNullOrEmpty((string?)person!["address"]?["city"])));
    }

    [Fact]
    public void Countries_are_two_letter_codes()
    {
        Assert.NotEmpty(_account.Post("/people/search", new { country = "us" }).Ok().Items);
        Assert.Equal(422, _account.Post("/people/search", new { country = "United States" }).Status);
    }

    [Fact]
    public void One_tag_of_several_is_enough()
    {
        long red = _account.Post("/people", new { name = "x", tags = new[] { "red", "round" } }).Id;
        long blue = _account.Post("/people", new { name = "y", tags = new[] { "blue" } }).Id;

        Assert.Equal(
            [red, blue], _account.Post("/people/search", new { tags = new[] { "red", "blue" }, sort_by = "date_created" }).Ok().Ids);
    }

    [Fact]
    public void Leads_and_opportunities_also_take_tags_with_an_option()
    {
        long lead = _account.Post("/leads", new { name = "x", tags = new[] { "red", "round" } }).Id;
        var any = new { tags = new { option = "ANY", value = new[] { "red", "blue" } } };
        var all = new { tags = new { option = "ALL", value = new[] { "red", "blue" } } };

        Assert.Equal([lead], _account.Post("/leads/search", any).Ok().Ids);
        Assert.Empty(_account.Post("/leads/search", all).Ok().Items);
        _account.Post("/opportunities/search", any).Ok();
        Assert.Equal(422, _account.Post("/people/search", any).Status);
    }

    [Fact]
    public void Date_ranges_include_their_bounds()
    {
        long id = _account.NewPerson();
        long now = _account.Now.ToUnixTimeSeconds();

        Assert.Equal([id], _account.Post("/people/search", new { minimum_created_date = now, maximum_created_date = now }).Ok().Ids);
        Assert.Empty(_account.Post("/people/search", new { minimum_created_date = now + 1 }).Ok().Items);
        Assert.Equal(
            60, int.Parse(
                _account.Post("/people/search", new { maximum_created_date = now - 1 }).Ok()
                .Total, System.Globalization.CultureInfo.InvariantCulture));
    }

    [Theory]
    [InlineData("2147483649")]
    [InlineData("1489528899000")]
    [InlineData("\"3/14/2017\"")]
    public void Dates_are_Unix_seconds_up_to_a_limit(string value) =>
        Assert.Equal(422, _account.Post("/leads/search", $"{{\"minimum_created_date\":{value}}}").Status);

    [Fact]
    public void The_age_counts_back_from_now()
    {
        long id = _account.NewPerson();
        _account.Now += TimeSpan.FromSeconds(30);

        Assert.Equal([id], _account.Post("/people/search", new { age = 30 }).Ok().Ids);
        _account.Now += TimeSpan.FromSeconds(1);
        Assert.Empty(_account.Post("/people/search", new { age = 30 }).Ok().Items);
    }

    [Fact]
    public void Followed_and_not_followed_are_all()
    {
        int followed = _account.Post("/people/search", new { followed = 1, page_size = 200 }).Ok().Items.Count;
        int others = _account.Post("/people/search", new { followed = 2, page_size = 200 }).Ok().Items.Count;

        Assert.InRange(followed, 1, 59);
        Assert.Equal(60, followed + others);
        Assert.Equal(422, _account.Post("/people/search", new { followed = true }).Status);
    }

    [Fact]
    public void Opportunities_are_filtered_by_status_numbers()
    {
        long won = _account.Post("/opportunities", new { name = "x", status = "Won" }).Id;
        var found = _account.Post("/opportunities/search", new { status_ids = new[] { 1 }, page_size = 200 }).Ok();

        Assert.Contains(won, found.Ids);
        Assert.All(found.All<string>("status"), status => Assert.Equal("Won", status));
        Assert.Equal(422, _account.Post("/opportunities/search", new { status_ids = new[] { 4 } }).Status);
        Assert.Equal(422, _account.Post("/opportunities/search", new { status = "Won" }).Status);
    }

    [Fact]
    public void Close_dates_are_searched_in_Unix_seconds()
    {
        long id = _account.Post("/opportunities", new { name = "x", close_date = "12/24/2031" }).Ok().Id;
        long day = new DateTimeOffset(2031, 12, 24, 0, 0, 0, TimeSpan.Zero).ToUnixTimeSeconds();

        Assert.Equal([id], _account.Post("/opportunities/search", new { minimum_close_date = day, maximum_close_date = day }).Ok().Ids);
    }

    [Fact]
    public void Tasks_are_filtered_by_words_and_by_what_they_belong_to()
    {
        long opportunity = _account.NewOpportunity();
        long task = _account.Post("/tasks", new { name = "x", related_resource = new { id = opportunity, type = "opportunity" } }).Ok().Id;

        Assert.Equal(
            [task], _account.Post("/tasks/search", new { opportunity_ids = new[] { opportunity }, statuses = new[] { "Open" } }).Ok().Ids);
        Assert.Empty(
            _account.Post("/tasks/search", new { opportunity_ids = new[] { opportunity }, statuses = new[] { "Completed" } }).Ok().Items);
        Assert.Equal(422, _account.Post("/tasks/search", new { statuses = new[] { "open" } }).Status);
    }

    [Fact]
    public void People_are_found_by_their_opportunities()
    {
        long person = _account.NewPerson();
        long opportunity = _account.Post("/opportunities", new { name = "x", primary_contact_id = person }).Ok().Id;

        Assert.Equal([person], _account.Post("/people/search", new { opportunity_ids = new[] { opportunity } }).Ok().Ids);
    }

    [Theory]
    [InlineData("{\"ids\":[\"seven\"]}")]
    [InlineData("{\"ids\":7}")]
    [InlineData("{\"ids\":[-1]}")]
    [InlineData("{\"name\":7}")]
    [InlineData("{\"tags\":\"red\"}")]
    [InlineData("{\"minimum_interaction_count\":\"many\"}")]
    public void Filters_of_the_wrong_type_are_rejected(string body) =>
        Assert.Equal(422, _account.Post("/people/search", body).Status);
}
