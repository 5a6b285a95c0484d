using System.Text.Json.Nodes;
using Copper.Sandbox;

namespace Copper.Client.Tests.Hub.Sandbox;

/// <summary>The sandbox against the documentation, spoken to by hand: the client is not asked.</summary>
public class HubSandboxTests
{
    private readonly HubSandbox _hub = new(new HubSandboxOptions());

    [Fact]
    public void A_login_gives_a_session_and_the_user()
    {
        var (code, message, data) = Call("login", ("username", "admin"), ("password", "sandbox-password"));

        Assert.Equal((200, "Successful"), (code, message));
        Assert.Equal(["logged_in", "api_version", "session_id", "user"], data.Select(member => member.Key));
        Assert.Matches("^[0-9A-F]{32}$", (string)data["session_id"]!);
        Assert.Equal("""{"ID":"1","Username":"admin"}""", data["user"]!.ToJsonString());
    }

    [Theory]
    [InlineData("admin", "wrong", 401, "Unauthorized")]
    [InlineData(null, "sandbox-password", 400, "Bad Request")]
    public void A_wrong_login_is_rejected(string? name, string password, int code, string message)
    {
        (string, string)[] fields = name is null ? [("password", password)] : [("username", name), ("password", password)];

        Assert.Equal((code, message), Status("login", fields));
    }

    [Fact]
    public void A_session_is_checked_without_error_and_ends_with_the_logout()
    {
        var session = LogIn();

        Assert.True((bool)Call("check_session", session).Data["logged_in"]!);
        Assert.Equal("""{"logged_in":false,"api_version":1}""", Call("logout", session).Data.ToJsonString());
        Assert.Equal((200, "Successful"), Status("check_session", session));
        Assert.Equal("""{"logged_in":false,"api_version":1}""", Call("check_session", session).Data.ToJsonString());
        Assert.Equal("""{"response_code":401,"message":"Unauthorized","data":{"api_version":1}}""", Raw("get_projects", session));
    }

    [Fact]
    public void An_organisation_lives_as_documented()
    {
        var session = LogIn();
        var created = Call("create_organisation", session, Data("""{"Name":"New","URL":"https://new.example"}"""));
        var id = (string)created.Data["ID"]!;

        Assert.Equal("The organization has been created.", created.Message);
        Assert.Equal(["api_version", "success", "ID"], created.Data.Select(member => member.Key));
        Assert.Equal(
            "The organization has been updated.", Call("update_organisation", session, ("id", id), Data("""{"Name":"Newer"}""")).Message);
        var read = Call("read_organisation", session, ("id", id));
        Assert.Equal(["ID", "Name", "Manager", "Colour", "url"], read.Data.Select(member => member.Key));
        Assert.Equal(
            (id, "Newer", "1", "#82CE4C"),
            ((string)read.Data["ID"]!, (string)read.Data["Name"]!, (string)read.Data["Manager"]!, (string)read.Data["Colour"]!));
        var deleted = Call("delete_organisation", session, ("id", id), ("confirm_delete", "1"));
        Assert.Equal(
            ("The organization has been deleted.", """{"api_version":1,"success":true}"""), (deleted.Message, deleted.Data.ToJsonString()));
        Assert.Equal((401, "Unauthorized"), Status("read_organisation", session, ("id", id)));
    }

    [Fact]
    public void A_project_lives_as_documented()
    {
        var session = LogIn();
        var id = (string)Call("create_project", session, Data("""{"ClientID":1,"Name":"New","Status":5,"Active":1}""")).Data["ID"]!;

        Assert.Equal("The project has been updated.", Call("update_project", session, ("id", id), Data("""{"Active":"0"}""")).Message);
        Assert.Equal(
            ["ID", "Name", "Colour", "PercentComplete", "url"], Call("read_project", session, ("id", id))
            .Data.Select(member => member.Key));
        Assert.Equal(
            """{"api_version":1,"success":true,"taskcomments":[]}""", Call("get_project_tasks", session, ("id", id)).Data.ToJsonString());
        Assert.Equal("New", (string)Call("get_projects", session).Data["projects"]![id]!["Name"]!);
        Assert.Equal("The project has been deleted.", Call("delete_project", session, ("id", id), ("confirm_delete", "1")).Message);
    }

    [Fact]
    public void A_task_and_its_comments_live_as_documented()
    {
        var session = LogIn();
        var task = (string)Call("create_task", session, Data("""{"ProjectID":1,"Name":"New","Highlighted":1}""")).Data["ID"]!;
        var comment =
            (string)Call(
                "create_taskcomment", session,
                Data($$"""{"ProjectID":1,"TaskID":{{task}},"Body":"Done","HoursWorked":20,"PercentComplete":80}""")).Data["ID"]!;

        Assert.Equal("The task has been updated.", Call("update_task", session, ("id", task), Data("""{"Duration":"2.5"}""")).Message);
        var read = Call("read_task", session, ("id", task)).Data;
        Assert.Equal(["ID", "Description", "HoursWorked", "PercentComplete", "url"], read.Select(member => member.Key));
        Assert.Equal(("20.00", "80"), ((string)read["HoursWorked"]!, (string)read["PercentComplete"]!));
        Assert.Equal(
            $$"""{"ID":"{{comment}}","Description":"Done","HoursWorked":"20.00","PercentComplete":"80","TaskID":"{{task}}"}""",
            Call("read_taskcomment", session, ("id", comment)).Data.ToJsonString());
        Assert.Equal(
            $$"""{"ID":"{{task}}","Subject":"New","HoursWorked":"20.00"}""",
            Call("get_project_tasks", session, ("id", "1")).Data["taskcomments"]![task]!.ToJsonString());
        Assert.Equal(
            "The taskcomment has been deleted.", Call("delete_taskcomment", session, ("id", comment), ("confirm_delete", "1")).Message);
        Assert.Equal("The task has been deleted.", Call("delete_task", session, ("id", task), ("confirm_delete", "1")).Message);
    }

    [Fact]
    public void Only_an_administrator_deletes_a_comment()
    {
        var member = LogIn("mia", "sandbox-member");
        var project = Call("get_projects", member).Data["projects"]!.AsObject().First().Key;
        var task = Call("get_project_tasks", member, ("id", project)).Data["taskcomments"]!.AsObject().First().Key;
        var comment = (string)Call("create_taskcomment", member, Data($$"""{"ProjectID":{{project}},"TaskID":{{task}},"Body":"Mine"}"""))
            .Data["ID"]!;

        Assert.Equal((401, "Unauthorized"), Status("delete_taskcomment", member, ("id", comment), ("confirm_delete", "1")));
        Assert.Equal(200, Status("delete_taskcomment", LogIn(), ("id", comment), ("confirm_delete", "1")).Code);
    }

    [Fact]
    public void Another_user_sees_his_own_projects_only()
    {
        var all = Call("get_projects", LogIn()).Data["projects"]!.AsObject();
        var member = LogIn("mia", "sandbox-member");
        var own = Call("get_projects", member).Data["projects"]!.AsObject();

        Assert.InRange(own.Count, 1, all.Count - 1);
        Assert.Equal(
            (401, "Unauthorized"), Status("read_project", member, ("id", all.First(project => !own.ContainsKey(project.Key)).Key)));
    }

    [Theory]
    [InlineData("create_organisation", """{"Name":"x","Colour":"red"}""", "Colour must be a valid hex color code. (like #FFFF00).")]
    [InlineData("create_task", """{"ProjectID":1,"Highlighted":2}""", "Highlighted must be 0 or 1.")]
    [InlineData("create_taskcomment", """{"ProjectID":1,"TaskID":1,"Body":"x","HoursWorked":1.5}""",
        "HoursWorked must be a positive Integer.")]
    [InlineData("create_taskcomment", """{"ProjectID":1,"TaskID":1,"Body":"x","HoursWorked":0}""",
        "HoursWorked must be a positive Integer.")]
    [InlineData("create_taskcomment", """{"TaskID":1,"Body":"x"}""", "ProjectID is required.")]
    [InlineData("create_organisation", """{"Colour":"#FFFF00"}""", "Name is required.")]
    [InlineData("create_project", """{"Name":"x"}""", "ClientID is required.")]
    [InlineData("create_project", """{"ClientID":1,"Status":6}""", "Status must be 0, 1, 2, 3, 4 or 5.")]
    [InlineData("create_task", """{"ProjectID":1,"StartDate":"24.12.2013"}""", "StartDate must be a valid date. (like 2013-12-24).")]
    [InlineData("create_task", """{"ProjectID":1,"Subject":"x"}""", "Subject is not a valid attribute.")]
    [InlineData("create_task", "{ProjectID: 1}", "Bad Request")]
    public void What_cannot_be_right_is_rejected(string action, string data, string message) =>
        Assert.Equal((400, message), Status(action, LogIn(), Data(data)));

    [Theory]
    [InlineData("update_project", """{"Status":"1"}""")]
    [InlineData("update_task", """{"ProjectID":"2"}""")]
    [InlineData("update_task", "{}")]
    public void What_an_update_does_not_list_is_rejected(string action, string data) =>
        Assert.Equal(400, Status(action, LogIn(), ("id", "1"), Data(data)).Code);

    [Fact]
    public void A_deletion_wants_its_confirmation() => Assert.Equal(400, Status("delete_project", LogIn(), ("id", "1")).Code);

    [Fact]
    public void Actions_and_versions_that_are_not_known_are_not_implemented()
    {
        Assert.Equal((501, "Not Implemented"), Status("update_taskcomment", LogIn()));
        Assert.Equal(501, Send("POST", "module=api&v=2&action=login", "").Status);
        Assert.Equal(400, Send("POST", "action=login", "username=admin").Status);
        Assert.Equal(400, Send("GET", "module=api&action=get_projects", "").Status);
    }

    [Fact]
    public void The_selectors_may_stand_in_the_form_and_the_version_may_be_missing() =>
        Assert.Equal(200, Send("POST", "", "module=api&action=login&username=admin&password=sandbox-password").Status);

    [Fact]
    public void Json_is_written_as_php_does()
    {
        var text = Raw("get_organisations", LogIn());

        Assert.Contains("Caf\\u00e9", text, StringComparison.Ordinal);
        Assert.Contains("http:\\/\\/v5.copperhub.com\\/index.php", Raw("read_project", LogIn(), ("id", "1")), StringComparison.Ordinal);
    }

    [Fact]
    public void A_session_ends_some_time_after_its_last_use()
    {
        var now = new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);
        var hub = new HubSandbox(new HubSandboxOptions { SessionLifetime = TimeSpan.FromMinutes(20), Clock = () => now });
        var session = LogIn(hub: hub);

        now += TimeSpan.FromMinutes(19);
        Assert.Equal(200, Status(hub, "get_projects", session).Code);
        now += TimeSpan.FromMinutes(19);
        Assert.Equal(200, Status(hub, "get_projects", session).Code);
        now += TimeSpan.FromMinutes(20);
        Assert.Equal(401, Status(hub, "get_projects", session).Code);
    }

    [Fact]
    public void The_journal_hides_passwords_and_session_ids()
    {
        var session = LogIn();
        Call("get_projects", session);

        Assert.Equal(["login", "get_projects"], _hub.Journal.Select(entry => entry.Path));
        Assert.DoesNotContain(
            _hub.Journal, entry =>
                entry.Body!.Contains("sandbox-password", StringComparison.Ordinal)
                || entry.Body.Contains(session.Value, StringComparison.Ordinal));
        Assert.All(_hub.Journal, entry => Assert.Contains("sha256:", entry.Body!, StringComparison.Ordinal));
    }

    private static (string Name, string Value) Data(string json) => ("data", json);

    private (string Name, string Value) LogIn(string name = "admin", string password = "sandbox-password", HubSandbox? hub = null) =>
        ("session_id",
            (string)JsonNode.Parse(
                Send("POST", "module=api&action=login", $"username={name}&password={password}", hub).Text)!["data"]!["session_id"]!);

    private (int Code, string Message) Status(string action, params (string, string)[] fields) => Status(_hub, action, fields);

    private (int Code, string Message) Status(HubSandbox hub, string action, params (string, string)[] fields)
    {
        var (code, message, _) = Call(hub, action, fields);
        return (code, message);
    }

    private (int Code, string Message, JsonObject Data) Call(string action, params (string, string)[] fields) => Call(_hub, action, fields);

    private (int Code, string Message, JsonObject Data) Call(HubSandbox hub, string action, params (string, string)[] fields)
    {
        var reply = Send("POST", "module=api&v=1&action=" + action, Form(fields), hub);
        var json = JsonNode.Parse(reply.Text)!;
        Assert.Equal(reply.Status, (int)json["response_code"]!);
        return (reply.Status, (string)json["message"]!, json["data"]!.AsObject());
    }

    private string Raw(string action, params (string, string)[] fields) =>
        Send("POST", "module=api&v=1&action=" + action, Form(fields)).Text;

    private static string Form((string Name, string Value)[] fields) =>
        string.Join('&', fields.Select(field => field.Name + "=" + Uri.EscapeDataString(field.Value)));

    private SandboxReply Send(string method, string query, string form, HubSandbox? hub = null) => (hub ?? _hub).Handle(new SandboxRequest(
        method,
        "/index.php",
        SandboxPath.ParseQuery(query),
        new Dictionary<string, string> { ["Content-Type"] = "application/x-www-form-urlencoded" },
        form));
}
