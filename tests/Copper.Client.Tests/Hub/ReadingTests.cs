
namespace Copper.Client.Tests.Hub;

/// <summary>What the CopperHub writes, as the documentation shows it and as a PHP back end may write it.</summary>
public sealed class ReadingTests : IDisposable
{
    private readonly ScriptedHub _hub = new();

    public void Dispose() => _hub.Dispose();

    [Fact]
    public async Task Numbers_dates_and_flags_that_come_as_text_are_typed()
    {
        _hub.On("read_project", """
            {"ID":"25","ClientID":"24","Owner":"1","PercentComplete":"80","StartDate":"2013-12-24","EndDate":"0000-00-00",
            "Status":"3","Active":"1"}
            """);
        _hub.On("read_task",
            """{"ID":"7364","HoursWorked":"20.00","PercentComplete":"80","Duration":"2.5","TargetBudget":"1200","Highlighted":"0"}""");
        using var client = _hub.Connect();

        var project = await client.Projects.GetAsync(25);
        var task = await client.Tasks.GetAsync(7364);

        Assert.Equal(
            (25, 24, 1, 80m, 3, true),
            (project.Id, project.OrganisationId, project.OwnerId, project.PercentComplete, project.Status, project.Active));
        Assert.Equal(new DateTime(2013, 12, 24), project.StartDate);
        Assert.Null(project.EndDate);
        Assert.Equal(
            (7364, 20m, 80m, 2.5m, 1200m, false),
            (task.Id, task.HoursWorked, task.PercentComplete, task.Duration, task.TargetBudget, task.Highlighted));
    }

    [Theory]
    [InlineData("""{"ID":"7364","url":"http:\/\/hub.example\/index.php?module=projects&action=taskview&taskid=7364&projectid=121"}""", 121)]
    [InlineData("""{"ID":"7364","ProjectID":"9","url":"http:\/\/hub.example\/index.php?projectid=121"}""", 9)]
    [InlineData("""{"ID":"7364","url":"http:\/\/hub.example\/index.php?projectid=#121"}""", null)]
    [InlineData("""{"ID":"7364","url":"http:\/\/hub.example\/index.php?taskid=7364"}""", null)]
    [InlineData("""{"ID":"7364"}""", null)]
    public async Task The_project_of_a_task_stands_in_the_address_of_its_page_when_it_stands_nowhere_else(string response, int? project)
    {
        _hub.On("read_task", response);
        using var client = _hub.Connect();

        Assert.Equal(project, (await client.Tasks.GetAsync(7364)).ProjectId);
    }

    [Theory]
    [InlineData("""{"ID":"3","Description":"Done."}""", "Done.", 0)]
    [InlineData("""{"ID":"3","Description":"Done.","Body":"Done.","Subject":"Done."}""", "Done.", 0)]
    [InlineData("""{"ID":"3","Description":"Done.","Subject":"Else."}""", "Done.", 1)]
    [InlineData("""{"ID":"3","Subject":"Else."}""", "Done.", 1)]
    public async Task The_text_of_a_comment_is_shown_once_and_another_text_is_kept(string response, string body, int others)
    {
        _hub.On("read_taskcomment", response);
        using var client = _hub.Connect();

        var comment = await client.TaskComments.GetAsync(3, new JsonBody { ["Body"] = "Done." });

        Assert.Equal((body, others), (comment.Body, comment.AdditionalMembers?.Count ?? 0));
    }

    [Fact]
    public async Task Numbers_and_flags_that_come_as_such_are_taken_too()
    {
        _hub.On("read_project", """{"ID":25,"PercentComplete":80.5,"Active":true,"Status":null}""");
        using var client = _hub.Connect();

        var project = await client.Projects.GetAsync(25);

        Assert.Equal((25, 80.5m, true, null), (project.Id, project.PercentComplete, project.Active, project.Status));
    }

    [Fact]
    public async Task A_list_is_a_map_from_id_to_record_in_the_order_of_the_response()
    {
        _hub.On("get_organisations", """
            {"api_version":1,"success":true,
            "organisations":{"9":{"ID":"9","Name":"B","State":"Ohio"},"4":{"ID":"4","Name":"A","State":null}}}
            """);
        using var client = _hub.Connect();

        var organisations = await client.GetOrganisationsAsync();

        Assert.Equal(
            [(9, "B", "Ohio"), (4, "A", null)],
            organisations.Select(organisation => (organisation.Id, organisation.Name, organisation.State)));
    }

    [Theory]
    [InlineData("[]")]
    [InlineData("{}")]
    [InlineData("null")]
    public async Task An_empty_list_is_empty_however_it_is_written(string list)
    {
        _hub.On("get_projects", $$"""{"success":true,"projects":{{list}}}""");
        using var client = _hub.Connect();

        Assert.Empty(await client.GetProjectsAsync());
    }

    [Theory]
    [InlineData("""{"5":{"Name":"A"}}""")]
    [InlineData("""[{"ID":"5","Name":"A"},null]""")]
    public async Task A_list_without_repeated_ids_or_as_an_array_is_read(string list)
    {
        _hub.On("get_projects", $$"""{"success":true,"projects":{{list}}}""");
        using var client = _hub.Connect();

        Assert.Equal((5, "A"), (await client.GetProjectsAsync()).Select(project => (project.Id, project.Name)).Single());
    }

    [Theory]
    [InlineData("tasks")]
    [InlineData("taskcomments")]
    public async Task The_tasks_of_a_project_are_read_under_either_name_and_have_their_subject_as_name(string name)
    {
        _hub.On("get_project_tasks", $$$$"""{"success":true,"{{{{name}}}}":{"3":{"ID":"3","Subject":"Draft","HoursWorked":"4.00"}}}""");
        using var client = _hub.Connect();

        var task = Assert.Single(await client.GetProjectTasksAsync(121));

        Assert.Equal((3, "Draft", 4m, 121), (task.Id, task.Name, task.HoursWorked, task.ProjectId));
        Assert.Null(task.AdditionalMembers);
    }

    [Fact]
    public async Task A_list_that_is_missing_is_a_broken_response_not_an_empty_list()
    {
        _hub.On("get_projects", """{"success":true}""");
        using var client = _hub.Connect(options => options.MaxRetries = 0);

        var error = await Assert.ThrowsAsync<CopperProtocolException>(() => client.GetProjectsAsync());

        Assert.Contains("projects", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Description")]
    [InlineData("Body")]
    [InlineData("Subject")]
    public async Task The_text_of_a_comment_is_found_under_each_of_its_names(string name)
    {
        _hub.On("read_taskcomment",
            $$"""{"ID":"3","{{name}}":"Everything done.","HoursWorked":"20.00","PercentComplete":"100","TaskID":"123"}""");
        using var client = _hub.Connect();

        var comment = await client.TaskComments.GetAsync(3);

        Assert.Equal(("Everything done.", 20m, 100m, 123), (comment.Body, comment.HoursWorked, comment.PercentComplete, comment.TaskId));
    }

    [Fact]
    public async Task Web_site_and_page_are_told_apart_and_escaped_slashes_are_slashes()
    {
        _hub.On("read_organisation",
            """{"ID":"25","URL":"https:\/\/aurora.example\/","url":"http:\/\/v5.copperhub.com\/index.php?module=people&id=25"}""");
        using var client = _hub.Connect();

        var organisation = await client.Organisations.GetAsync(25);

        Assert.Equal("https://aurora.example/", organisation.Url);
        Assert.Equal("http://v5.copperhub.com/index.php?module=people&id=25", organisation.Page!.OriginalString);
    }

    [Fact]
    public async Task Members_that_are_not_known_are_kept()
    {
        _hub.On("read_organisation", """{"ID":"25","Name":"A","EmailFormat":"0","Deep":{"x":[1]}}""");
        using var client = _hub.Connect();

        var members = (await client.Organisations.GetAsync(25)).AdditionalMembers!;

        Assert.Equal(["EmailFormat", "Deep"], members.Keys);
        Assert.Equal("0", members["EmailFormat"]);
    }

    [Fact]
    public async Task The_response_to_a_deletion_has_no_id_and_that_to_a_read_no_version()
    {
        _hub.On("delete_task", """{"success":true}""").On("read_task", """{"ID":"3"}""");
        using var client = _hub.Connect();

        await client.Tasks.DeleteAsync(3);

        Assert.Equal(3, (await client.Tasks.GetAsync(3)).Id);
    }

    [Fact]
    public async Task What_a_response_leaves_out_is_taken_from_what_is_known()
    {
        _hub.On("read_task", """{"ID":"3","Description":"said by the service"}""");
        using var client = _hub.Connect();

        var task = await client.Tasks.GetAsync(
            3, new JsonBody { ["Name"] = "Draft", ["Description"] = "sent", ["EndDate"] = new DateTime(2026, 2, 3) });

        Assert.Equal(("Draft", "said by the service", new DateTime(2026, 2, 3)), (task.Name, task.Description, task.EndDate));
    }
}
