using ChangeFeedWorker;
using Copper.Client;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

// Appends what changes in a Copper account to a file of JSON lines, one line a change, every few minutes. Configured by the environment:
// Copper__UserEmail, Copper__ApiKey, Copper__Folder (by default the current one), Copper__Interval (by default 00:05:00), and for another
// service than Copper's own Copper__BaseUri.
var builder = Host.CreateApplicationBuilder(args);
var copper = builder.Configuration.GetSection("Copper");
builder.Services.AddCopperClient(options =>
{
    options.Identity = CopperIdentity.FromApiKey(Required("UserEmail"), Required("ApiKey"));
    options.BaseUri = copper.GetValue("BaseUri", options.BaseUri);
});
builder.Services.AddSingleton(new FeedSettings(
    copper["Folder"] ?? Environment.CurrentDirectory, copper.GetValue("Interval", TimeSpan.FromMinutes(5))));
builder.Services.AddHostedService<FeedService>();
builder.Build().Run();

string Required(string name) => copper[name]
    ?? throw new InvalidOperationException($"Set Copper:{name} (in the environment: Copper__{name}).");
