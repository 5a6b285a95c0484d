using System.Net;
using Copper.Client.Hub;
using Copper.Client.Tests.Support;

namespace Copper.Client.Tests.Hub;

/// <summary>What the CRM client promises when something goes wrong, promised here too.</summary>
public sealed class FaultTests : IDisposable
{
    private static readonly Func<HttpResponseMessage> Unavailable = () =>
        ScriptedHub.Json(503, "<html><title>Down for maintenance</title></html>");
    private static readonly Func<HttpResponseMessage> Project = () =>
        ScriptedHub.Json(200, ScriptedHub.Envelope(200, "Successful", """{"ID":"5"}"""));
    private static readonly Func<HttpResponseMessage> Broken = static () =>
        throw new HttpRequestException("broken", new IOException("reset"));

    private readonly ScriptedHub _hub = new();

    public void Dispose() => _hub.Dispose();

    [Fact]
    public async Task A_read_is_repeated_after_a_failure_that_may_pass()
    {
        _hub.On("read_project", Unavailable, Broken, () => ScriptedHub.Json(200, "{\"response_code\":20"), Project);
        using var client = _hub.Connect();

        Assert.Equal(5, (await _hub.RunAsync(client.Projects.GetAsync(5))).Id);
        Assert.Equal(4, _hub.Actions.Count(action => action == "read_project"));
        Assert.Equal(1, _hub.Actions.Count(action => action == "login"));
    }

    [Fact]
    public async Task The_repetitions_end()
    {
        _hub.On("read_project", Unavailable);
        using var client = _hub.Connect(options => options.MaxRetries = 2);

        var error = await Assert.ThrowsAsync<CopperServerException>(() => _hub.RunAsync(client.Projects.GetAsync(5)));

        Assert.Equal((3, "Down for maintenance"), (error.Attempts, error.ServerMessage));
    }

    [Fact]
    public async Task A_creation_is_not_repeated_when_it_may_have_been_done()
    {
        _hub.On("create_project", Broken);
        using var client = _hub.Connect();

        await Assert.ThrowsAsync<CopperOutcomeUnknownException>(
            () => _hub.RunAsync(client.Projects.CreateAsync(new JsonBody { ["ClientID"] = 1 })));

        Assert.Equal(1, _hub.Actions.Count(action => action == "create_project"));
    }

    [Theory]
    [InlineData(400)]
    [InlineData(409)]
    [InlineData(500)]
    public async Task Errors_name_the_CopperHub_and_not_Copper(int status)
    {
        _hub.On("update_project", () => ScriptedHub.Json(status, "<html><title>Nothing</title></html>"));
        using var client = _hub.Connect(static options => options.MaxRetries = 0);

        var error = await Assert.ThrowsAnyAsync<CopperException>(
            () => _hub.RunAsync(
                client.Projects.UpdateAsync(5, new JsonBody { ["Name"] = "x" })
                .ContinueWith(static task => { task.GetAwaiter().GetResult(); return true; }, TaskScheduler.Default)));

        Assert.StartsWith("CopperHub ", error.Message, StringComparison.Ordinal);
        Assert.DoesNotMatch(@"\bCopper\b", error.Message);
    }

    [Fact]
    public async Task A_creation_that_the_CopperHub_says_it_did_not_do_is_rejected()
    {
        _hub.On("create_project", () => ScriptedHub.Json(200, ScriptedHub.Envelope(200, "No.", """{"success":false}""")));
        using var client = _hub.Connect();

        var error = await Assert.ThrowsAsync<CopperApiException>(
            () => _hub.RunAsync(client.Projects.CreateAsync(new JsonBody { ["ClientID"] = 1 })));

        Assert.Equal("No.", error.ServerMessage);
    }

    [Fact]
    public async Task A_response_that_is_too_large_is_an_error_of_this_call()
    {
        _hub.On("create_project", () => ScriptedHub.Json(200, new string(' ', 5000)));
        using var client = _hub.Connect(static options => options.MaxResponseBytes = 4999);

        var error = await Assert.ThrowsAsync<CopperOutcomeUnknownException>(
            () => _hub.RunAsync(client.Projects.CreateAsync(new JsonBody { ["ClientID"] = 1 })));

        Assert.True(Assert.IsType<CopperProtocolException>(error.InnerException).IsTooLarge);
        Assert.Contains("CopperHub's response", error.Message, StringComparison.Ordinal);
        Assert.DoesNotMatch(@"\bCopper\b", error.Message);
    }

    [Fact]
    public async Task A_header_that_repeats_the_session_or_the_password_does_not_give_it_away()
    {
        HttpResponseMessage Rejection()
        {
            var response = ScriptedHub.Json(500, "{}");
            response.Headers.TryAddWithoutValidation("X-Request-Id", $"{ScriptedHub.SessionId} {ScriptedHub.Password}");
            return response;
        }

        var (trace, traceOfLogin) = (new TraceList(), new TraceList());
        _hub.On("read_project", Rejection);
        using var client = _hub.Connect(static options => options.MaxRetries = 0);
        var read = await Assert.ThrowsAsync<CopperServerException>(() => _hub.RunAsync(client.WithTrace(trace).Projects.GetAsync(5)));
        _hub.On("login", Rejection);
        using var other = _hub.Connect(static options => options.MaxRetries = 0);
        var login = await Assert.ThrowsAsync<CopperServerException>(
            () => _hub.RunAsync(other.WithTrace(traceOfLogin).Projects.GetAsync(5)));

        Assert.DoesNotContain(ScriptedHub.SessionId, read + read.RequestId + string.Join("\n", trace), StringComparison.Ordinal);
        Assert.DoesNotContain(ScriptedHub.Password, login + login.RequestId + string.Join("\n", traceOfLogin), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_creation_whose_response_names_no_id_is_not_said_to_have_failed()
    {
        _hub.On("create_project", """{"success":true}""");
        using var client = _hub.Connect();

        var error = await Assert.ThrowsAsync<CopperOutcomeUnknownException>(
            () => _hub.RunAsync(client.Projects.CreateAsync(new JsonBody { ["ClientID"] = 1 })));

        Assert.IsType<CopperProtocolException>(error.InnerException);
    }

    [Fact]
    public async Task A_login_that_fails_does_not_leave_a_creation_unknown_nor_multiply_the_repetitions()
    {
        _hub.On("login", Unavailable);
        using var client = _hub.Connect(options => options.MaxRetries = 2);

        await Assert.ThrowsAsync<CopperServerException>(
            () => _hub.RunAsync(client.Projects.CreateAsync(new JsonBody { ["ClientID"] = 1 })));

        Assert.Equal(["login", "login", "login"], _hub.Actions);
    }

    [Fact]
    public async Task A_deletion_whose_response_was_lost_is_done_when_the_record_is_gone()
    {
        _hub.On("delete_project", Broken, ScriptedHub.Unauthorized);
        using var client = _hub.Connect();

        await _hub.RunAsync(Finish(client.Projects.DeleteAsync(5)));

        // On a busy machine the clock may pass the time that the check has, which is then repeated: it changes nothing.
        Assert.Equal(["login", "delete_project", "delete_project", "check_session"], _hub.Actions.Take(4));
        Assert.All(_hub.Actions.Skip(4), static action => Assert.Equal("check_session", action));
    }

    [Fact]
    public async Task An_error_in_the_envelope_counts_also_when_the_status_says_200()
    {
        _hub.On("update_project", () =>
            ScriptedHub.Json(
                200, ScriptedHub.Envelope(400, "Colour must be a valid hex color code. (like #FFFF00).", """{"api_version":1}""")));
        using var client = _hub.Connect();

        var error = await Assert.ThrowsAsync<CopperValidationException>(
            () => client.Projects.UpdateAsync(5, new JsonBody { ["Colour"] = "red" }));

        Assert.Equal("Colour must be a valid hex color code. (like #FFFF00).", error.ServerMessage);
        Assert.Equal(HttpStatusCode.BadRequest, error.StatusCode);
    }

    [Fact]
    public async Task An_error_status_counts_also_when_the_envelope_says_200()
    {
        _hub.On("read_project", () => ScriptedHub.Json(500, ScriptedHub.Envelope(200, "Successful", """{"ID":"5"}""")));
        using var client = _hub.Connect(options => options.MaxRetries = 0);

        await Assert.ThrowsAsync<CopperServerException>(() => client.Projects.GetAsync(5));
    }

    [Fact]
    public async Task A_response_that_denies_success_is_an_error()
    {
        _hub.On("delete_project", () => ScriptedHub.Json(200, ScriptedHub.Envelope(200, "No.", """{"success":false}""")));
        using var client = _hub.Connect();

        var error = await Assert.ThrowsAsync<CopperApiException>(() => client.Projects.DeleteAsync(5));

        Assert.Contains("did not do it", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("")]
    [InlineData("[]")]
    [InlineData("{\"data\":{}}")]
    [InlineData("{\"response_code\":\"soon\"}")]
    [InlineData("{\"response_code\":200,\"message\":\"x\",\"data\":[]}")]
    public async Task A_response_that_is_no_envelope_is_broken(string body)
    {
        _hub.On("read_project", () => ScriptedHub.Json(200, body));
        using var client = _hub.Connect(options => options.MaxRetries = 0);

        await Assert.ThrowsAsync<CopperProtocolException>(() => client.Projects.GetAsync(5));
    }

    [Fact]
    public async Task A_web_page_instead_of_json_points_to_the_setting_that_switches_the_api_on()
    {
        _hub.On("read_project", () =>
            new HttpResponseMessage(
                HttpStatusCode.OK) { Content = new StringContent("<html></html>", System.Text.Encoding.UTF8, "text/html") });
        using var client = _hub.Connect(options => options.MaxRetries = 0);

        var error = await Assert.ThrowsAsync<CopperProtocolException>(() => client.Projects.GetAsync(5));

        Assert.Contains("switched on", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_call_that_the_service_does_not_know_is_not_repeated()
    {
        _hub.On("create_project", () => ScriptedHub.Json(501, ScriptedHub.Envelope(501, "Not Implemented", """{"api_version":1}""")));
        using var client = _hub.Connect();

        await Assert.ThrowsAsync<CopperServerException>(() => client.Projects.CreateAsync(new JsonBody { ["ClientID"] = 1 }));

        Assert.Equal(["login", "create_project"], _hub.Actions);
    }

    [Fact]
    public async Task A_redirect_is_not_followed()
    {
        _hub.On("login", () =>
            new HttpResponseMessage(HttpStatusCode.MovedPermanently) { Headers = { Location = new Uri("https://elsewhere.example/") } });
        using var client = _hub.Connect();

        await Assert.ThrowsAsync<CopperRedirectException>(() => client.LogInAsync());

        Assert.Single(_hub.Calls);
    }

    [Fact]
    public async Task A_cancelled_call_ends_in_the_middle_of_a_wait()
    {
        _hub.On("read_project", Unavailable);
        using var client = _hub.Connect();
        using var stop = new CancellationTokenSource();
        var call = client.Projects.GetAsync(5, null, stop.Token);
        await Eventually.HoldsAsync(() => _hub.Clock.NextTimer is not null);

        await stop.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => call.WaitAsync(TimeSpan.FromSeconds(20)));
    }

    [Fact]
    public async Task No_secret_is_told_by_traces_errors_or_objects_not_even_when_the_service_repeats_it()
    {
        _hub.On("login", () => ScriptedHub.Json(400, ScriptedHub.Envelope(400, $"bad password {ScriptedHub.Password}", "{}")), () =>
            ScriptedHub.Json(200, ScriptedHub.Envelope(
            200, "Successful", $$$"""{"logged_in":true,"session_id":"{{{ScriptedHub.SessionId}}}","user":{"ID":"7","Username":"ada"}}""")));
        _hub.On("read_project", () => ScriptedHub.Json(400, ScriptedHub.Envelope(400, $"session {ScriptedHub.SessionId} is odd", "{}")));
        var told = new TraceList();
        using var owner = _hub.Connect();
        var client = owner.WithTrace(told);

        var login = await Assert.ThrowsAsync<CopperValidationException>(() => client.LogInAsync());
        var read = await Assert.ThrowsAsync<CopperValidationException>(() => client.Projects.GetAsync(5));
        var raw = await client.SendAsync(new CopperHubRequest("check_session"));

        Assert.Equal(ScriptedHub.SessionId, _hub.Last.Form["session_id"]);
        string[] texts =
        [
            .. told.Select(message => message.ToString()), login.ToString(), read.ToString(), raw.Text, raw.Data!.ToString()!,
            client.User!.ToString(), new CopperHubCredential(ScriptedHub.UserName, ScriptedHub.Password).ToString(),
        ];
        Assert.NotEmpty(told);
        Assert.DoesNotContain(
            texts, text =>
                text.Contains(ScriptedHub.Password, StringComparison.Ordinal)
                || text.Contains(ScriptedHub.SessionId, StringComparison.Ordinal));
        Assert.Contains("********", raw.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_call_of_a_closed_client_fails_as_a_connection_does()
    {
        var client = new CopperHubClient(
            new CopperHubClientOptions {
                BaseUri = new Uri("http://127.0.0.1:9"), Credential = new CopperHubCredential("a", "b"), MaxRetries = 0 });
        client.Dispose();

        await Assert.ThrowsAsync<CopperConnectionException>(() => client.GetProjectsAsync());
    }

    [Fact]
    public async Task The_login_is_no_call_of_its_own()
    {
        using var client = _hub.Connect();

        await Assert.ThrowsAsync<ArgumentException>(() => client.SendAsync(new CopperHubRequest("login")));

        Assert.Empty(_hub.Calls);
    }

    [Fact]
    public async Task Requests_are_counted_and_told()
    {
        _hub.On("read_project", Project);
        var told = new TraceList();
        using var client = _hub.Connect();

        await client.WithTrace(told).Projects.GetAsync(5);

        Assert.Equal(2, client.Statistics.RequestCount);
        Assert.Equal(
            [CopperTraceKind.Sending, CopperTraceKind.Responded, CopperTraceKind.Sending, CopperTraceKind.Responded],
            told.Select(message => message.Kind));
    }

    private static async Task<bool> Finish(Task task)
    {
        await task;
        return true;
    }
}
