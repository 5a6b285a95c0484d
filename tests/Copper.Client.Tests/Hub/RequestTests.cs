using Copper.Client.Hub;
using Copper.Client.Json;

namespace Copper.Client.Tests.Hub;

public sealed class RequestTests : IDisposable
{
    private readonly ScriptedHub _hub = new();

    public void Dispose() => _hub.Dispose();

    [Fact]
    public async Task Every_call_is_a_form_posted_to_index_php_with_the_selectors_in_the_query()
    {
        _hub.On("read_project", """{"ID":"5"}""");
        using var client = _hub.Connect();

        await client.Projects.GetAsync(5);

        Assert.Equal(["login", "read_project"], _hub.Actions);
        Assert.All(_hub.Calls, call =>
        {
            Assert.Equal(HttpMethod.Post, call.Method);
            Assert.Equal("application/x-www-form-urlencoded", call.ContentType);
            Assert.Equal("https://v5.copperhub.com/index.php", call.Uri.GetLeftPart(UriPartial.Path));
            Assert.Equal(["module", "v", "action"], call.Query.Keys);
            Assert.Equal(("api", "1"), (call.Query["module"], call.Query["v"]));
        });
        Assert.Equal(new Dictionary<string, string> { ["session_id"] = ScriptedHub.SessionId, ["id"] = "5" }, _hub.Last.Form);
    }

    [Fact]
    public async Task The_password_is_sent_once_and_then_the_session_id_alone()
    {
        _hub.On("get_projects", """{"success":true,"projects":[]}""");
        using var client = _hub.Connect();

        await client.GetProjectsAsync();
        await client.GetProjectsAsync();

        Assert.Equal(["login", "get_projects", "get_projects"], _hub.Actions);
        Assert.Equal((ScriptedHub.UserName, ScriptedHub.Password), (_hub.Calls[0].Form["username"], _hub.Calls[0].Form["password"]));
        Assert.All(_hub.Calls.Skip(1), call => Assert.Equal(["session_id"], call.Form.Keys));
    }

    [Fact]
    public async Task Data_is_strict_json_in_which_every_value_is_text()
    {
        _hub.On("create_task", """{"success":true,"ID":"9"}""");
        using var client = _hub.Connect();

        await client.Tasks.CreateAsync(new JsonBody
        {
            ["ProjectID"] = 5L,
            ["Name"] = "Müller & \"Söhne\" / 100% + 1",
            ["StartDate"] = new DateTime(2026, 1, 2),
            ["Duration"] = 2.50m,
            ["Highlighted"] = true,
            ["Description"] = null,
        });

        Assert.Equal(
            """{"ProjectID":"5","Name":"Müller & \"Söhne\" / 100% + 1","StartDate":"2026-01-02","Duration":"2.5","""
            + "\"Highlighted\":\"1\",\"Description\":null}",
            _hub.Last.Form["data"]);
    }

    [Fact]
    public async Task A_text_longer_than_the_frameworks_encoder_allows_is_sent_whole()
    {
        var text = new string('ä', 100_000);
        _hub.On("create_taskcomment", """{"ID":"1"}""");
        using var client = _hub.Connect();

        await client.TaskComments.CreateAsync(new JsonBody { ["TaskID"] = 1, ["Body"] = text });

        Assert.Contains(text, _hub.Last.Form["data"], StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_deletion_is_confirmed()
    {
        _hub.On("delete_project", """{"api_version":1,"success":true}""");
        using var client = _hub.Connect();

        await client.Projects.DeleteAsync(5);

        Assert.Equal("1", _hub.Last.Form["confirm_delete"]);
    }

    [Theory]
    [InlineData("https://hub.example", "https://hub.example/index.php")]
    [InlineData("https://hub.example/", "https://hub.example/index.php")]
    [InlineData("https://hub.example/sub/index.php", "https://hub.example/sub/index.php")]
    [InlineData("http://localhost:8080/hub", "http://localhost:8080/hub/index.php")]
    public async Task The_address_may_be_given_with_or_without_the_page(string given, string called)
    {
        _hub.On("get_projects", """{"projects":[]}""");
        using var client = _hub.Connect(options => options.BaseUri = new Uri(given));

        await client.GetProjectsAsync();

        Assert.Equal(called, _hub.Last.Uri.GetLeftPart(UriPartial.Path));
    }

    [Theory]
    [InlineData("http://hub.example", "unencrypted")]
    [InlineData("ftp://hub.example", "not an address")]
    [InlineData("https://ada:secret@hub.example", "password")]
    [InlineData("https://hub.example/?x=1", "query")]
    public void Another_address_is_rejected_before_anything_is_sent(string address, string reason)
    {
        var error = Assert.Throws<ArgumentException>(() => _hub.Connect(options => options.BaseUri = new Uri(address)));

        Assert.Contains(reason, error.Message, StringComparison.Ordinal);
        Assert.Empty(_hub.Calls);
    }

    [Theory]
    [InlineData("read project")]
    [InlineData("x&action=delete_project")]
    [InlineData("")]
    public void An_action_is_a_word(string action) => Assert.Throws<ArgumentException>(() => new CopperHubRequest(action));

    [Theory]
    [InlineData("session_id")]
    [InlineData("module")]
    [InlineData("action")]
    public void What_the_client_sets_itself_cannot_be_given(string field) =>
        Assert.Throws<ArgumentException>(() => CopperHubRequest.Create("read_project", new JsonBody { [field] = "x" }));

    [Fact]
    public async Task Any_action_can_be_called_with_fields_and_data()
    {
        _hub.On("archive_project", """{"ID":"5","Extra":[1,"a"]}""");
        using var client = _hub.Connect();

        var response =
            await client.SendAsync(
                CopperHubRequest.Create("archive_project", JsonBody.Parse("""{"id":5,"data":{"Active":false},"force":true}""")));

        Assert.Equal(("5", """{"Active":"0"}""", "1"), (_hub.Last.Form["id"], _hub.Last.Form["data"], _hub.Last.Form["force"]));
        Assert.Equal("5", Assert.IsType<AdditionalMembers>(response.Data)["ID"]);
    }
}
