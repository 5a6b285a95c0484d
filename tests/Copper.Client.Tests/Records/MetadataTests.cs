using Copper.Client.Tests.Support;

namespace Copper.Client.Tests.Records;

public class MetadataTests : ScriptedTest
{
    [Fact]
    public async Task A_list_is_fetched_once_and_shared()
    {
        Service.ThenJson("""[{"id":1,"name":"Price"},null]""");
        var client = Client();

        var lists = await RunAsync(
            Task.WhenAll(client.Metadata.LossReasons.GetAsync(), client.WithTrace(Trace).Metadata.LossReasons.GetAsync()));

        Assert.Same(lists[0], lists[1]);
        Assert.Equal("Price", Assert.Single(lists[0]).Name);
        Assert.Single(Service.Requests);
        Assert.NotNull(client.Metadata.LossReasons.Peek());
    }

    [Fact]
    public async Task A_failure_is_not_kept()
    {
        Service.Then(403).ThenJson("[]");
        var list = Client().Metadata.LeadStatuses;

        await FailsAsync<Copper.Client.CopperPermissionException>(list.GetAsync());
        Assert.Empty(await RunAsync(list.GetAsync()));
    }

    [Fact]
    public async Task Users_are_paged()
    {
        Service.Then(_ => ScriptedService.Response(200, Users(1, 200), ("X-PW-TOTAL", "250")))
            .Then(_ => ScriptedService.Response(200, Users(201, 50), ("X-PW-TOTAL", "250")));

        var users = await RunAsync(Client().Metadata.Users.GetAsync());

        Assert.Equal(250, users.Count);
        Assert.Equal(
            ["""{"page_number":1,"page_size":200}""", """{"page_number":2,"page_size":200}"""],
            Service.Requests.Select(static request => request.Body));

        static string Users(int first, int count) =>
            "[" + string.Join(",", Enumerable.Range(first, count).Select(static id => $$"""{"id":{{id}}}""")) + "]";
    }

    [Fact]
    public async Task An_item_that_is_not_listed_is_asked_for_where_that_is_possible()
    {
        Service.ThenJson("[]").ThenJson("""{"id":7,"name":"Gone"}""").ThenJson("[]");
        var metadata = Client().Metadata;

        Assert.Equal("Gone", Assert.Single(await RunAsync(metadata.Users.FindAsync(7))).Name);
        Assert.Empty(await RunAsync(metadata.ContactTypes.FindAsync(7)));
        Assert.Equal(["users/search", "users/7", "contact_types"], Service.Requests.Select(static request => request.Path));
    }

    [Fact]
    public async Task Activity_types_come_as_an_object_of_arrays_and_collide()
    {
        Service.ThenJson("""
            {"user":[{"id":1,"name":"Call","is_disabled":"false"}],
            "system":[{"id":1,"category":"system","name":"Changed"}],"new":{"x":1}}
            """);

        var types = await RunAsync(Client().Metadata.ActivityTypes.GetAsync());

        Assert.Equal(["user:Call", "system:Changed"], types.Select(static type => type.Category + ":" + type.Name));
        Assert.False(types[0].IsDisabled);
    }

    [Theory]
    [InlineData("""[{"id":5,"name":"Demo"}]""")]
    [InlineData("""[null,{"id":5,"name":"Demo"}]""")]
    [InlineData("""{"id":5,"name":"Demo"}""")]
    [InlineData("""{"5":{"id":5,"name":"Demo"}}""")]
    public async Task Activity_types_of_a_group_that_nobody_knows_yet_are_kept(string group)
    {
        Service.ThenJson($$"""{"user":[{"id":1,"name":"Call"}],"custom":{{group}}}""");

        var types = await RunAsync(Client().Metadata.ActivityTypes.GetAsync());

        Assert.Equal(["user 1 Call", "custom 5 Demo"], types.Select(static type => $"{type.Category} {type.Id} {type.Name}"));
        Assert.DoesNotContain(Trace.Events, static traceEvent => traceEvent.Kind == CopperTraceKind.Unreadable);
    }

    [Theory]
    [InlineData("""["Call"]""")]
    [InlineData("7")]
    [InlineData("\"Call\"")]
    [InlineData("""{"x":1}""")]
    [InlineData("""{"paging":{"next":2}}""")]
    [InlineData("null")]
    public async Task A_member_that_holds_no_activity_types_is_none_of_the_groups(string member)
    {
        Service.ThenJson($$"""{"more":{{member}},"user":[{"id":1,"name":"Call"}]}""");

        Assert.Equal("Call", Assert.Single(await RunAsync(Client().Metadata.ActivityTypes.GetAsync())).Name);
        Assert.DoesNotContain(Trace.Events, static traceEvent => traceEvent.Kind == CopperTraceKind.Unreadable);
    }

    [Theory]
    [InlineData("""[{"id":"x","name":"Demo"}]""")]
    [InlineData("""{"id":"x","name":"Demo"}""")]
    [InlineData("""{"5":{"id":"x","name":"Demo"}}""")]
    public async Task An_activity_type_that_cannot_be_read_is_reported_in_every_group(string group)
    {
        Service.ThenJson($$"""{"custom":{{group}},"user":[{"id":1,"name":"Call"}]}""");

        Assert.Equal("Call", Assert.Single(await RunAsync(Client().Metadata.ActivityTypes.GetAsync())).Name);
        Assert.Contains(
            "has the id 'x'",
            Assert.Single(Trace.Events, static traceEvent => traceEvent.Kind == CopperTraceKind.Unreadable).Message,
            StringComparison.Ordinal);
    }

    [Fact]
    public async Task Changes_of_definitions_and_types_drop_what_is_kept_of_them()
    {
        Service.ThenJson("[]");
        var client = Client();
        await RunAsync(client.Metadata.CustomFieldDefinitions.GetAsync());
        await RunAsync(client.Metadata.FieldLayout(CopperEntities.GetPrimary("people")).GetAsync());
        await RunAsync(client.Metadata.Pipelines.GetAsync());

        Service.StartOver().ThenJson("""{"id":1}""");
        await RunAsync(client.CustomFieldDefinitions.UpdateAsync(1, new JsonBody { ["name"] = "x" }));

        Assert.Null(client.Metadata.CustomFieldDefinitions.Peek());
        Assert.Null(client.Metadata.FieldLayout(CopperEntities.GetPrimary("person")).Peek());
        Assert.NotNull(client.Metadata.Pipelines.Peek());
    }

    [Fact]
    public void Field_layouts_need_a_pipeline_for_opportunities_only()
    {
        var metadata = Client().Metadata;
        Assert.Throws<ArgumentException>(() => metadata.FieldLayout(CopperEntities.GetPrimary("opportunity")));
        Assert.Throws<ArgumentException>(() => metadata.FieldLayout(CopperEntities.GetPrimary("lead"), 1));
        Assert.Throws<ArgumentException>(() => CopperEntities.GetPrimary("deal"));
    }
}
