using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json.Nodes;
using Copper.Sandbox;
using Copper.SandboxHost;

namespace Copper.Client.Tests.Sandbox.Host;

/// <summary>A host with a small account, and a client that has the key.</summary>
public sealed class HostFixture : IAsyncLifetime
{
    public SandboxHostServer Host { get; private set; } = null!;

    public HttpClient Client { get; private set; } = null!;

    public async Task InitializeAsync()
    {
        var options = new SandboxHostOptions();
        options.Account.People = 30;
        Host = await SandboxHostServer.StartAsync(options);
        Client = new HttpClient { BaseAddress = Host.Root, Timeout = TimeSpan.FromSeconds(30) };
        Client.DefaultRequestHeaders.Add("X-PW-AccessToken", SandboxOptions.DefaultApiKey);
        Client.DefaultRequestHeaders.Add("X-PW-Application", "developer_api");
        Client.DefaultRequestHeaders.Add("X-PW-UserEmail", SandboxOptions.DefaultUserEmail);
    }

    public async Task DisposeAsync()
    {
        Client.Dispose();
        await Host.DisposeAsync();
    }

    public Task<HttpResponseMessage> GetAsync(string path) => Client.GetAsync(new Uri("developer_api/v1" + path, UriKind.Relative));

    public async Task<HttpResponseMessage> SendAsync(HttpMethod method, string path, string body)
    {
        using var request = new HttpRequestMessage(method, new Uri("developer_api/v1" + path, UriKind.Relative));
        request.Content = new StringContent(body, Encoding.UTF8, "application/json");
        return await Client.SendAsync(request);
    }

    /// <summary>Arms a fault the way another process does.</summary>
    public async Task ArmAsync(string fault)
    {
        using var body = new StringContent("[" + fault + "]", Encoding.UTF8, "application/json");
        using var reply = await Client.PostAsync(new Uri("_sandbox/faults", UriKind.Relative), body);
        Assert.Equal(HttpStatusCode.NoContent, reply.StatusCode);
    }

    public async Task<JsonNode> ControlAsync(string path) =>
        (await Client.GetFromJsonAsync<JsonNode>(new Uri("_sandbox" + path, UriKind.Relative)))!;
}
