namespace Copper.Client.Tests.Sandbox;

public class ActivityTests
{
    private readonly TestAccount _account = new();

    [Fact]
    public void A_note_is_logged_by_the_owner_of_the_key_and_now()
    {
        var activity = Log(details: "Talked about engines").Ok().Json;

        Assert.Equal("{\"id\":1,\"type\":\"person\"}", activity["parent"]!.ToJsonString());
        Assert.Equal("{\"id\":0,\"category\":\"user\"}", activity["type"]!.ToJsonString());
        Assert.Equal(1001, (long)activity["user_id"]!);
        Assert.Equal(_account.Now.ToUnixTimeSeconds(), (long)activity["activity_date"]!);
        Assert.False(activity.AsObject().ContainsKey("is_deleted"));
        Assert.True((long)activity["id"]! > int.MaxValue);
    }

    [Theory]
    [InlineData("{}")]
    [InlineData("{\"parent\":{\"id\":1,\"type\":\"person\"},\"type\":{\"category\":\"user\",\"id\":0}}")]
    [InlineData("{\"parent\":{\"id\":1,\"type\":\"people\"},\"type\":{\"category\":\"user\",\"id\":0},\"details\":\"x\"}")]
    [InlineData("{\"parent\":{\"id\":999999,\"type\":\"person\"},\"type\":{\"category\":\"user\",\"id\":0},\"details\":\"x\"}")]
    [InlineData("{\"parent\":{\"id\":1,\"type\":\"person\"},\"type\":{\"category\":\"system\",\"id\":1},\"details\":\"x\"}")]
    [InlineData("{\"parent\":{\"id\":1,\"type\":\"person\"},\"type\":{\"category\":\"user\",\"id\":99},\"details\":\"x\"}")]
    [InlineData("{\"parent\":{\"id\":1,\"type\":\"person\"},\"type\":{\"category\":\"user\",\"id\":5},\"details\":\"x\"}")]
    [InlineData("{\"parent\":{\"id\":1,\"type\":\"person\"},\"type\":{\"category\":\"user\",\"id\":0},\"details\":{\"text\":\"x\"}}")]
    [InlineData("{\"parent\":{\"id\":1,\"type\":\"person\"},\"type\":{\"category\":\"user\",\"id\":0},\"details\":\"x\",\"user_id\":1}")]
    public void Incomplete_and_impossible_activities_are_rejected(string body) =>
        Assert.Equal(422, _account.Post("/activities", body).Status);

    [Fact]
    public void Members_of_the_type_beyond_category_and_id_are_ignored() => _account.Post(
        "/activities",
        """{"parent":{"id":1,"type":"person"},"type":{"category":"user","id":0,"name":"Note"},"details":"x"}""").Ok();

    [Fact]
    public void A_deleted_activity_stays_readable_as_a_stub_and_cannot_be_changed()
    {
        long id = Log().Ok().Id;
        string stub = _account.Delete($"/activities/{id}").Ok().Text;

        Assert.Equal($"{{\"id\":{id},\"is_deleted\":true}}", stub);
        Assert.Equal(stub, _account.Get($"/activities/{id}").Ok().Text);
        Assert.Equal(422, _account.Put($"/activities/{id}", new { details = "y" }).Status);
        Assert.DoesNotContain(id, _account.Post("/activities/search", new { page_size = 200 }).Ok().Ids);
    }

    [Fact]
    public void Interactions_are_counted_on_the_record()
    {
        int before = (int)_account.Get("/people/1").Json["interaction_count"]!;
        Log(typeId: 0).Ok();
        long call = Log(typeId: 1).Ok().Id;

        var person = _account.Get("/people/1").Json;
        Assert.Equal(before + 1, (int)person["interaction_count"]!);
        Assert.Equal(_account.Now.ToUnixTimeSeconds(), (long)person["date_last_contacted"]!);

        _account.Delete($"/activities/{call}");
        Assert.Equal(before, (int)_account.Get("/people/1").Json["interaction_count"]!);
    }

    [Fact]
    public void System_activities_cannot_be_changed()
    {
        long opportunity = _account.NewOpportunity();
        _account.Put($"/opportunities/{opportunity}", new { pipeline_stage_id = 1032142 }).Ok();

        var moved = Assert.Single(_account.Post($"/opportunities/{opportunity}/activities", "{}").Ok().Items)!;
        Assert.Equal("{\"id\":3,\"category\":\"system\"}", moved["type"]!.ToJsonString());
        Assert.Equal("Qualified", (string?)moved["old_value"]!["name"]);
        Assert.Equal("Presentation", (string?)moved["new_value"]!["name"]);
        Assert.Equal(422, _account.Put($"/activities/{moved["id"]}", new { details = "y" }).Status);
    }

    [Fact]
    public void Searches_come_newest_first_unless_asked_otherwise()
    {
        long[] dates = _account.Post("/activities/search", new { page_size = 200 }).Ok().All<long>("activity_date");

        Assert.Equal(dates.OrderDescending(), dates);
        Assert.Equal(
            dates.Order(), _account.Post("/activities/search", new { page_size = 200, sort_by = "activity_date" }).Ok()
            .All<long>("activity_date"));
        Assert.Equal(
            dates, _account.Post("/activities/search", new { page_size = 200, sort_by = "activity_date", sort_direction = "desc" }).Ok()
            .All<long>("activity_date"));
        _account.Post("/activities/search", new { sort_by = "what_no_page_lists" }).Ok();
        _account.Post("/people/1/activities", new { sort_by = "activity_date", sort_direction = "asc" }).Ok();
        _account.Post("/users/search", new { sort_by = "name", sort_direction = "desc" }).Ok();
    }

    [Fact]
    public void A_new_activity_was_modified_when_it_happened_if_that_was_before_it_was_logged()
    {
        long now = _account.Now.ToUnixTimeSeconds();
        var past = _account.Post("/activities", Body(now - 3600)).Ok().Json;
        var future = _account.Post("/activities", Body(now + 3600)).Ok().Json;

        Assert.Equal((now - 3600, now), ((long)past["date_modified"]!, (long)past["date_created"]!));
        Assert.Equal(now, (long)future["date_modified"]!);

        static object Body(long date) =>
            new { parent = new { id = 1, type = "person" }, type = new { category = "user", id = 0 }, details = "x", activity_date = date };
    }

    [Fact]
    public void Searches_are_narrowed_by_parent_type_and_date()
    {
        long note = Log(typeId: 0).Ok().Id;
        long call = Log(typeId: 1).Ok().Id;
        long now = _account.Now.ToUnixTimeSeconds();
        var parent = new { id = 1, type = "person" };
        var notes = new[] { new { category = "user", id = 0 } };

        Assert.Equal(
            [note, call], _account.Post("/activities/search", new { parent, minimum_activity_date = now, maximum_activity_date = now })
            .Ok().Ids);
        Assert.Equal(
            [note], _account.Post(
                "/activities/search", new { parent, activity_types = notes, minimum_activity_date = now, full_result = true }).Ok().Ids);
        Assert.Equal(422, _account.Post("/activities/search", new { minimum_created_date = now }).Status);
        Assert.Equal(422, _account.Post("/activities/search", new { parent = 1 }).Status);
        Assert.Equal(422, _account.Post("/activities/search", new { activity_types = new[] { 1 } }).Status);
    }

    [Fact]
    public void The_activities_of_a_record_know_types_and_pages_only()
    {
        long id = Log().Ok().Id;

        var reply = _account.Post(
            "/people/1/activities", new { activity_types = new[] { new { category = "user", id = 0 } }, page_size = 1 }).Ok();

        Assert.Equal([id], reply.Ids);
        Assert.Equal(422, _account.Post("/people/1/activities", new { minimum_activity_date = 1 }).Status);
        Assert.Equal(404, _account.Post("/people/999999/activities", "{}").Status);
        Assert.Equal(404, _account.Post("/tasks/50000001/activities", "{}").Status);
    }

    [Fact]
    public void Types_come_in_two_arrays_and_their_ids_collide()
    {
        var types = _account.Get("/activity_types").Ok().Json;

        Assert.Equal(["user", "system"], types.AsObject().Select(member => member.Key));
        Assert.Equal("Note", (string?)types["user"]![0]!["name"]);
        Assert.Equal(0, (long)types["user"]![0]!["id"]!);
        Assert.Contains(1, types["user"]!.AsArray().Select(type => (long)type!["id"]!));
        Assert.Equal([1, 2, 3, 8, 12, 6], types["system"]!.AsArray().Select(type => (long)type!["id"]!));
        Assert.Equal(
            ["id", "category", "name", "is_disabled", "count_as_interaction"],
            types["user"]![0]!.AsObject().Select(member => member.Key));
    }

    [Fact]
    public void Custom_types_are_created_updated_and_used_but_not_deleted()
    {
        var type = _account.Post("/custom_activity_types", new { name = "Séance", icon_type = "Group" }).Ok();
        _account.Put($"/custom_activity_types/{type.Id}", new { icon_type = "Todo" }).Ok();

        Assert.Equal(
            ["id", "company_id", "icon_type", "is_disabled", "is_interaction", "name", "is_default_task_type"],
            type.Json.AsObject().Select(member => member.Key));
        Assert.Equal("Todo", (string?)_account.Get($"/custom_activity_types/{type.Id}").Ok().Json["icon_type"]);
        Log(typeId: type.Id).Ok();
        Assert.Equal(404, _account.Delete($"/custom_activity_types/{type.Id}").Status);
        Assert.Equal(422, _account.Post("/custom_activity_types", new { name = "x", icon_type = "Crystal Ball" }).Status);
        Assert.Equal(422, _account.Post("/custom_activity_types", new { name = "x" }).Status);
    }

    private TestReply Log(long typeId = 0, string details = "x") => _account.Post("/activities", new
    {
        parent = new { id = 1, type = "person" },
        type = new { category = "user", id = typeId },
        details,
    });
}
