using System.Text.Json.Nodes;

namespace Copper.Client.Tests.Sandbox;

public class SearchSortingTests
{
    private readonly TestAccount _account = new();

    [Theory]
    [InlineData("/people", "first_name")]
    [InlineData("/leads", "name")]
    [InlineData("/opportunities", "name")]
    [InlineData("/projects", "name")]
    [InlineData("/companies", "date_modified")]
    [InlineData("/tasks", "due_date")]
    public void Each_entity_has_its_default_order(string path, string sortBy) => Assert.Equal(
        _account.Post(path + "/search", new { sort_by = sortBy, sort_direction = "asc" }).Ok().Ids,
        _account.Post(path + "/search", "{}").Ok().Ids);

    [Fact]
    public void Text_is_sorted_ignoring_case_and_equal_text_by_id()
    {
        foreach (string name in new[] { "zzz b", "ZZZ A", "zzz B", "Zzz a" })
        {
            _account.NewPerson(name);
        }

        var reply = _account.Post("/people/search", new { name = "zzz", sort_by = "name" }).Ok();

        Assert.Equal(["ZZZ A", "Zzz a", "zzz b", "zzz B"], reply.All<string>("name"));
    }

    [Theory]
    [InlineData("asc")]
    [InlineData("desc")]
    public void Records_without_a_value_come_last(string direction)
    {
        var dates = _account.Post("/tasks/search", new { sort_direction = direction, page_size = 200 }).Ok().Items
            .Select(task => (long?)task!["due_date"]).ToList();

        long[] values = [.. dates.TakeWhile(date => date is not null).Select(date => date!.Value)];
        Assert.Contains(null, dates);
        Assert.All(dates.Skip(values.Length), date => Assert.Null(date));
        Assert.Equal(direction == "asc" ? values.Order() : values.OrderDescending(), values);
    }

    [Fact]
    public void An_unknown_sort_key_is_rejected()
    {
        string error = Assert.Single(_account.Post("/people/search", new { sort_by = "shoe_size" }).Errors());

        Assert.StartsWith("Sort By: must be one of first_name, ", error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/leads",
        "name first_name last_name company_name title value email phone date_modified date_created city state country zip "
        + "inactive_days socials")]
    [InlineData("/people", "first_name last_name name title email phone date_modified date_created city state country zip socials")]
    [InlineData("/companies",
        "name phone contact contact_first_name contact_last_name date_modified date_created email_domain city state country zip "
        + "assignee contact_group last_interaction interaction_count primary_website socials")]
    [InlineData("/opportunities",
        "assignee company_name customer_source_id date_created date_modified inactive_days interaction_count last_interaction "
        + "monetary_unit monetary_value name primary_contact priority stage status account value contact close_date source "
        + "deal_last_stage win_probability")]
    [InlineData("/projects", "name assigned_to related_to status date_modified date_created")]
    [InlineData("/tasks", "name assigned_to related_to status priority due_date reminder_date completed_date date_created date_modified")]
    public void All_documented_sort_keys_work(string path, string keys)
    {
        foreach (string key in keys.Split(' '))
        {
            foreach (string direction in new[] { "asc", "desc" })
            {
                _account.Post(path + "/search", new { sort_by = key, sort_direction = direction }).Ok();
            }
        }
    }

    [Fact]
    public void Close_dates_are_sorted_as_dates()
    {
        var dates = _account.Post("/opportunities/search", new { sort_by = "close_date", page_size = 200 }).Ok().Items
            .Select(item => (string?)item!["close_date"]).OfType<string>()
            .Select(text => DateTime.ParseExact(text, "M/d/yyyy", System.Globalization.CultureInfo.InvariantCulture))
            .ToList();

        Assert.Equal(dates.Order(), dates);
    }

    [Fact]
    public void Inactivity_ascending_shows_the_newest_first()
    {
        var items = _account.Post("/leads/search", new { sort_by = "inactive_days", page_size = 200 }).Ok().Items;

        Assert.Equal(items.Select(LastChange).OrderDescending(), items.Select(LastChange));

        static long LastChange(JsonNode? lead) =>
            Math.Max((long)lead!["date_modified"]!, (long?)lead["date_last_contacted"] ?? 0);
    }
}
