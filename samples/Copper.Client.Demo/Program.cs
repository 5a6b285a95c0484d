using System.Diagnostics;
using Copper.Client;
using Copper.Client.Models;
using Copper.Sandbox;

// A tour of Copper.Client: how a .NET program talks to Copper. No account and no network needed.

var watch = Stopwatch.StartNew();

Say("1. Connect: to a sandbox here, to your account with your own e-mail address and API key.");
using var client = new CopperClient(new CopperClientOptions
{
    Identity = CopperIdentity.FromApiKey(SandboxOptions.DefaultUserEmail, SandboxOptions.DefaultApiKey),
    BaseUri = new Uri("https://sandbox.invalid/developer_api/v1"),
    Handler = new SandboxMessageHandler(new CopperSandbox()),
    LoadNames = true,
});
Console.WriteLine($"   Connected as {await client.GetCurrentUserAsync()} of {await client.GetAccountAsync()}.");

Say("2. The first people of one city: one request, however many there are.");
await foreach (var person in client.People.Search(new PersonSearch { City = "Paris", First = 5 }))
{
    Console.WriteLine($"   {person.Id,5}  {person.Name,-24} {person.Email,-48} {person.Assignee}");
}

Say("3. Everybody into a CSV file, streamed page by page.");
var file = Path.Combine(Path.GetTempPath(), "copper-people.csv");
var everybody = client.People.Search(new PersonSearch());
using (var csv = new StreamWriter(file))
{
    csv.WriteLine("Id,Name,Email,City,Country");
    await foreach (var person in everybody)
    {
        csv.WriteLine(string.Join(',', Cells(person).Select(Quoted)));
    }
}

Console.WriteLine($"   {everybody.RecordsRead} people in {everybody.PagesRead} requests.");

Say("4. Create a person, update it, delete it. Users and custom fields go by name; null clears.");
var created = await client.People.CreateAsync(new PersonCreate
{
    Name = "Ada Lovelace",
    Emails = [new CopperEmail { Email = "ada@analytical.example", Category = "work" }],
    Assignee = "me",
    CustomFields = { ["Preferred Language"] = "English" },
});
Console.WriteLine($"   created {created.Id}: {created.Name}, {created.Email}");
var changed = await client.People.UpdateAsync(created.Id, new PersonUpdate { Title = "Countess", Details = null });
Console.WriteLine($"   changed {changed.Id}: {changed.Title}");
await client.People.DeleteAsync(created.Id);
Console.WriteLine($"   deleted {created.Id}");

Say("5. A lead becomes a person, and what it wants an opportunity.");
await foreach (var lead in client.Leads.Search(new LeadSearch { First = 1 }))
{
    var conversion = await client.LeadActions.ConvertAsync(
        lead.Id, new LeadConversion { OpportunityName = "First order", MonetaryValue = 2500 });
    string opportunity = $"opportunity {conversion.OpportunityId}: {conversion.Opportunity?.Name}";
    Console.WriteLine($"   {lead.Name} is person {conversion.PersonId}, with {opportunity}");
}

Console.WriteLine();
double seconds = watch.Elapsed.TotalSeconds;
Console.WriteLine($"{everybody.RecordsRead} records, {client.Statistics.RequestCount} requests, {seconds:0.0} seconds: {file}");

static void Say(string text)
{
    Console.WriteLine();
    Console.WriteLine(text);
}

static IEnumerable<string?> Cells(CopperPerson person) =>
    [person.Id.ToString(), person.Name, person.Email, person.Address?.City, person.Address?.Country];

static string Quoted(string? text) => "\"" + text?.Replace("\"", "\"\"") + "\"";
