using System.Text.Json;
using Copper.Sandbox;

namespace Copper.Client.Tests.Sandbox;

/// <summary>A small sandbox without rate limits, with a clock that stands still, and short ways to ask it.</summary>
internal sealed class TestAccount
{
    public TestAccount(Action<SandboxOptions>? configure = null)
    {
        var options = new SandboxOptions
        {
            People = 60,
            Companies = 12,
            Leads = 30,
            Opportunities = 20,
            Tasks = 25,
            Projects = 8,
            Activities = 40,
            RateLimits = [],
            BulkRateLimit = null,
            Clock = () => Now,
        };
        configure?.Invoke(options);
        Sandbox = new CopperSandbox(options);
    }

    public DateTimeOffset Now { get; set; } = SandboxOptions.ReferenceDate;

    public CopperSandbox Sandbox { get; }

    public Dictionary<string, string> Headers { get; } = new()
    {
        ["X-PW-AccessToken"] = SandboxOptions.DefaultApiKey,
        ["X-PW-Application"] = "developer_api",
        ["X-PW-UserEmail"] = SandboxOptions.DefaultUserEmail,
        ["Content-Type"] = "application/json",
    };

    public TestReply Get(string path) => Send("GET", path, null);

    public TestReply Post(string path, object body) => Send("POST", path, body);

    public TestReply Put(string path, object body) => Send("PUT", path, body);

    public TestReply Delete(string path, object? body = null) => Send("DELETE", path, body);

    /// <summary>Sends a body given as JSON text or as an object to be turned into it.</summary>
    public TestReply Send(string method, string path, object? body)
    {
        string[] parts = path.Split('?');
        string? text = body is null or string ? (string?)body : JsonSerializer.Serialize(body);
        var query = SandboxPath.ParseQuery(parts.Length > 1 ? parts[1] : "");
        return new TestReply(Sandbox.Handle(new SandboxRequest(method, parts[0], query, Headers, text)));
    }

    /// <summary>Creates a person and returns its id.</summary>
    public long NewPerson(string name = "Ada Lovelace") => Post("/people", new { name }).Id;

    public long NewCompany(string name = "Analytical Engines") => Post("/companies", new { name }).Id;

    public long NewOpportunity(string name = "Engine No. 2") => Post("/opportunities", new { name }).Id;

    public long NewLead(string name = "Charles Babbage") => Post("/leads", new { name }).Id;

    /// <summary>Id of a custom field of the demo data.</summary>
    public long FieldId(string name, string entity) => (long)Get("/custom_field_definitions").Items
        .Single(field => (string?)field!["name"] == name && field["available_on"]!.AsArray().Any(item => (string?)item == entity))!["id"]!;

    /// <summary>Id of an option of a custom field of the demo data.</summary>
    public long OptionId(long fieldId, string option) => (long)Get($"/custom_field_definitions/{fieldId}").Json["options"]!.AsArray()
        .Single(item => (string?)item!["name"] == option)!["id"]!;
}
