using System.Threading.Channels;
using Copper.Client;
using Copper.Client.Models;
using WebhookReceiver;

// Receives Copper's webhooks: checks each notification, answers at once, and works on it afterwards. Configured by the environment:
// Copper__UserEmail, Copper__ApiKey, Copper__WebhookSecret, and for another service than Copper's own Copper__BaseUri.
//
// The subscription gives the secret:
// await client.Webhooks.CreateAsync(new WebhookCreate
// {
//     Target = new Uri("https://example.com/copper"), Type = "person", Event = "update",
//     Secret = new Dictionary<string, string> { ["key"] = "..." },
// });
const int LargestBody = 256 * 1024;
const int QueueSize = 10_000;

var builder = WebApplication.CreateBuilder(args);
var copper = builder.Configuration.GetSection("Copper");
var secret = new CopperSecretMap(new Dictionary<string, string>
{
    ["key"] = Required("WebhookSecret"),
});
var queue = Channel.CreateBounded<CopperNotification>(QueueSize);
builder.Services.AddSingleton(queue.Reader);
builder.Services.AddCopperClient(options =>
{
    options.Identity = CopperIdentity.FromApiKey(Required("UserEmail"), Required("ApiKey"));
    options.BaseUri = copper.GetValue("BaseUri", options.BaseUri);
});
builder.Services.AddHostedService<NotificationWorker>();
builder.WebHost.ConfigureKestrel(static kestrel => kestrel.Limits.MaxRequestBodySize = LargestBody);

var app = builder.Build();
app.MapPost("/copper", async (HttpRequest request, CancellationToken cancellationToken) =>
{
    using var body = new MemoryStream();
    await request.Body.CopyToAsync(body, cancellationToken);
    CopperNotification notification;
    try
    {
        notification = CopperNotification.Parse(body.ToArray());
    }
    catch (FormatException)
    {
        return Results.BadRequest();
    }

    // Compared in constant time. Whoever does not know the secret learns nothing but that.
    if (!notification.Carries(secret))
    {
        return Results.Unauthorized();
    }

    // Copper waits for the answer, and sends a notification again that got none: so nothing slow happens here. A full queue says so.
    return queue.Writer.TryWrite(notification) ? Results.Ok() : Results.StatusCode(StatusCodes.Status503ServiceUnavailable);
});
app.MapGet("/health", static () => Results.Ok());
app.Run();

string Required(string name) => copper[name]
    ?? throw new InvalidOperationException($"Set Copper:{name} (in the environment: Copper__{name}).");
