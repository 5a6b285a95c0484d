namespace Copper.Client.Tests.Sandbox;

public class SearchPagingTests
{
    private readonly TestAccount _account = new();

    [Fact]
    public void An_empty_body_lists_the_first_20_records_and_the_total()
    {
        var reply = _account.Post("/people/search", "{}").Ok();

        Assert.Equal(20, reply.Items.Count);
        Assert.Equal("60", reply.Total);
    }

    [Fact]
    public void Pages_together_are_the_whole_result_without_repetition()
    {
        long[] ids = [
            .. Enumerable.Range(1, 5)
            .SelectMany(page => _account.Post("/people/search", new { page_number = page, page_size = 13 }).Ok().Ids)];

        Assert.Equal(60, ids.Distinct().Count());
        Assert.Equal(60, ids.Length);
    }

    [Fact]
    public void Behind_the_last_page_there_is_an_empty_array()
    {
        var reply = _account.Post("/people/search", new { page_number = 4 }).Ok();

        Assert.Equal("[]", reply.Text);
        Assert.Equal("60", reply.Total);
    }

    [Theory]
    [InlineData("{\"page_size\":201}", "Page Size: must be between 1 and 200")]
    [InlineData("{\"page_size\":0}", "Page Size: must be between 1 and 200")]
    [InlineData("{\"page_size\":\"all\"}", "Page Size: must be between 1 and 200")]
    [InlineData("{\"page_size\":\"201\"}", "Page Size: must be between 1 and 200")]
    [InlineData("{\"page_number\":0}", "Page Number: must be a positive integer")]
    [InlineData("{\"pageSize\":20}", "Base: Unrecognized attributes specified: pageSize")]
    [InlineData("{\"sort_direction\":\"up\"}", "Sort Direction: must be one of asc, desc")]
    public void Wrong_paging_is_rejected(string body, string error) =>
        Assert.Equal([error], _account.Post("/people/search", body).Errors());

    [Fact]
    public void Only_the_first_records_of_a_result_can_be_reached()
    {
        var account = new TestAccount(options => options.SearchCap = 25);

        Assert.Equal(20, account.Post("/people/search", "{}").Items.Count);
        Assert.Equal(5, account.Post("/people/search", new { page_number = 2 }).Items.Count);
        Assert.Empty(account.Post("/people/search", new { page_number = 3 }).Items);
        Assert.Equal("60", account.Post("/people/search", "{}").Total);
    }

    [Fact]
    public void The_total_may_be_too_high()
    {
        var account = new TestAccount(options => options.TotalSurplus = 7);

        Assert.Equal("67", account.Post("/people/search", "{}").Total);
    }

    [Fact]
    public void A_change_shows_on_the_next_page_request()
    {
        var body = new { sort_by = "date_created", sort_direction = "desc", page_size = 1 };
        _account.Post("/people/search", body);
        long id = _account.NewPerson();

        Assert.Equal([id], _account.Post("/people/search", body).Ids);
        _account.Delete($"/people/{id}");
        Assert.NotEqual([id], _account.Post("/people/search", body).Ids);
    }
}
