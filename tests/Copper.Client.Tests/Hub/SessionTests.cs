using Copper.Client.Hub;
using Copper.Sandbox;

namespace Copper.Client.Tests.Hub;

/// <summary>How a session begins, is renewed and ends; against the sandbox, whose sessions can be ended.</summary>
public sealed class SessionTests : IDisposable
{
    private readonly HubSandbox _sandbox = new();
    private readonly CopperHubClient _client;

    public SessionTests() => _client = Connect(HubSandboxOptions.DefaultUserName, HubSandboxOptions.DefaultPassword);

    private IEnumerable<string> Actions => _sandbox.Journal.Select(entry => entry.Path);

    public void Dispose() => _client.Dispose();

    [Fact]
    public async Task Nothing_is_sent_before_the_first_call_and_then_the_login()
    {
        Assert.Empty(Actions);

        await _client.GetProjectsAsync();

        Assert.Equal(["login", "get_projects"], Actions);
        Assert.Equal((1, "admin"), (_client.User!.Id, _client.User.UserName));
    }

    [Fact]
    public async Task A_wrong_password_is_told_and_not_retried()
    {
        using var client = Connect("admin", "wrong-password");

        var error = await Assert.ThrowsAsync<CopperAuthenticationException>(() => client.LogInAsync());

        Assert.Contains("user name and the password", error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("wrong-password", error.ToString(), StringComparison.Ordinal);
        Assert.Equal(["login"], Actions);
    }

    [Fact]
    public async Task An_ended_session_is_noticed_and_renewed_once()
    {
        await _client.LogInAsync();
        _sandbox.ExpireSessions();

        var project = await _client.Projects.GetAsync(1);

        Assert.Equal(1, project.Id);
        Assert.Equal(["login", "read_project", "check_session", "login", "read_project"], Actions);
    }

    [Fact]
    public async Task A_creation_in_an_ended_session_is_done_once()
    {
        await _client.LogInAsync();
        _sandbox.ExpireSessions();
        var before = (await _client.GetOrganisationsAsync()).Count;
        _sandbox.ExpireSessions();

        await _client.Organisations.CreateAsync(new JsonBody { ["Name"] = "New" });

        Assert.Equal(before + 1, (await _client.GetOrganisationsAsync()).Count);
    }

    [Fact]
    public async Task Calls_that_find_the_session_ended_together_log_in_once()
    {
        await _client.LogInAsync();
        _sandbox.ExpireSessions();

        await Task.WhenAll(Enumerable.Range(1, 12).Select(id => Task.Run(() => _client.Projects.GetAsync(id))));

        Assert.Equal(2, Actions.Count(action => action == "login"));
    }

    [Fact]
    public async Task An_unknown_id_in_a_session_that_lives_is_not_found()
    {
        var error = await Assert.ThrowsAsync<CopperNotFoundException>(() => _client.Projects.GetAsync(4711));

        Assert.Contains("no project 4711", error.Message, StringComparison.Ordinal);
        Assert.Contains("The session is valid", error.Message, StringComparison.Ordinal);
        Assert.Equal(401, (int)error.StatusCode!);
        Assert.Equal(["login", "read_project", "check_session"], Actions);
    }

    [Fact]
    public async Task An_unknown_id_in_an_ended_session_is_not_found_after_one_login()
    {
        await _client.LogInAsync();
        _sandbox.ExpireSessions();

        await Assert.ThrowsAsync<CopperNotFoundException>(() => _client.Projects.GetAsync(4711));

        Assert.Equal(2, Actions.Count(action => action == "login"));
    }

    [Fact]
    public async Task A_401_about_no_id_in_a_session_that_lives_is_a_matter_of_rights()
    {
        var error = await Assert.ThrowsAsync<CopperPermissionException>(
            () => _client.Tasks.CreateAsync(new JsonBody { ["ProjectID"] = 4711, ["Name"] = "x" }));

        Assert.Contains("a record that it refers to is not there", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Only_administrators_delete_comments_and_the_error_says_so()
    {
        using var member = Connect(HubSandboxOptions.MemberUserName, HubSandboxOptions.MemberPassword);
        var project = (await member.GetProjectsAsync())[0];
        var task = (await member.GetProjectTasksAsync(project.Id))[0];
        var id = await member.TaskComments.CreateAsync(
            new JsonBody { ["ProjectID"] = project.Id, ["TaskID"] = task.Id, ["Body"] = "Mine" });

        var error = await Assert.ThrowsAsync<CopperNotFoundException>(() => member.TaskComments.DeleteAsync(id));
        await _client.TaskComments.DeleteAsync(id);

        Assert.Contains("Only administrators", error.Message, StringComparison.Ordinal);
        await Assert.ThrowsAsync<CopperNotFoundException>(() => member.TaskComments.GetAsync(id));
    }

    [Fact]
    public async Task Checking_tells_of_an_ended_session_and_does_not_log_in()
    {
        Assert.False(await _client.CheckSessionAsync());
        await _client.LogInAsync();
        Assert.True(await _client.CheckSessionAsync());
        _sandbox.ExpireSessions();

        Assert.False(await _client.CheckSessionAsync());

        Assert.Equal(["login", "check_session", "check_session"], Actions);
    }

    [Fact]
    public async Task A_logout_ends_the_session_at_the_service()
    {
        await _client.LogInAsync();
        await _client.LogOutAsync();
        await _client.LogOutAsync();

        Assert.False(await _client.CheckSessionAsync());
        Assert.Equal(["login", "logout"], Actions);
    }

    [Fact]
    public async Task A_session_that_ends_again_at_once_is_an_error_not_a_loop()
    {
        var hub = new ScriptedHub().On("read_project", ScriptedHub.Unauthorized)
            .On("check_session", """{"logged_in":false,"api_version":1}""");
        using var client = hub.Connect();

        var error = await Assert.ThrowsAsync<CopperAuthenticationException>(() => client.Projects.GetAsync(1));

        Assert.Contains("right after the login", error.Message, StringComparison.Ordinal);
        Assert.Equal(["login", "read_project", "check_session", "login", "read_project", "check_session"], hub.Actions);
    }

    [Fact]
    public async Task A_401_that_check_session_cannot_explain_names_both_meanings()
    {
        var hub = new ScriptedHub().On("read_project", ScriptedHub.Unauthorized).On("check_session", () => ScriptedHub.Json(503, ""));
        using var client = hub.Connect();

        var error = await Assert.ThrowsAsync<CopperAuthenticationException>(() => hub.RunAsync(client.Projects.GetAsync(1)));

        Assert.Contains("either the session has ended, or there is no project 1", error.Message, StringComparison.Ordinal);
    }

    private CopperHubClient Connect(string userName, string password) => new(new CopperHubClientOptions
    {
        Credential = new CopperHubCredential(userName, password),
        Handler = new HubSandboxMessageHandler(_sandbox),
    });
}
