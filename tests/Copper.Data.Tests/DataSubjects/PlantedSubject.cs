using System.IO.Compression;
using System.Text;
using Copper.Client;
using Copper.Client.CustomFields;
using Copper.Data.Plans;

namespace Copper.Data.Tests.DataSubjects;

/// <summary>A person who stands in nine places of an account, and other people who must not be touched.</summary>
internal sealed class PlantedSubject
{
    public const string Address = "Zelda@quixote.example";
    public const string SideAddress = "zelda.side@quixote.example";
    public const string HomeAddress = "zelda.home@quixote.example";
    public const string Name = "Zelda Quixote";
    public const string Phone = "+44 20 7946 0991";

    /// <summary>The texts by which a search finds the person.</summary>
    public static IReadOnlyList<string> Traces { get; } =
        ["zelda@quixote.example", SideAddress, HomeAddress, "Zelda Quixote", "7946 0991"];

    public long Person { get; private init; }

    /// <summary>Somebody else who has an address of the person beside others.</summary>
    public long Other { get; private init; }

    public long Lead { get; private init; }

    public long Opportunity { get; private init; }

    public long Project { get; private init; }

    public long Task { get; private init; }

    public long Company { get; private init; }

    /// <summary>An activity of the person.</summary>
    public long Activity { get; private init; }

    /// <summary>An activity of a company that mentions the person.</summary>
    public long Mention { get; private init; }

    public static async Task<PlantedSubject> CreateAsync(CopperClient client)
    {
        var person = await client.People.CreateAsync(new JsonBody
        {
            ["name"] = Name,
            ["emails"] = Emails(Address, HomeAddress),
            ["phone_numbers"] = new[] { new JsonBody { ["number"] = Phone, ["category"] = "work" } },
            ["details"] = "Likes windmills",
        });
        var other = await client.People.CreateAsync(new JsonBody
        {
            ["name"] = "Sancho Rocinante", ["emails"] = Emails("sancho@rocinante.example", SideAddress, "s@rocinante.example"),
        });
        var lead = await client.Leads.CreateAsync(new JsonBody
        {
            ["name"] = Name, ["email"] = new JsonBody { ["email"] = Address.ToUpperInvariant(), ["category"] = "work" },
        });
        var company = await client.Companies.CreateAsync(new JsonBody
        {
            ["name"] = "Windmills Ltd", ["primary_contact_id"] = person.Id, ["details"] = $"Ask {Address} for the keys",
        });
        var opportunity = await client.Opportunities.CreateAsync(new JsonBody
        {
            ["name"] = "Sails", ["primary_contact_id"] = person.Id,
        });
        var project = await client.Projects.CreateAsync(new JsonBody { ["name"] = "Restoration" });
        await client.RelatedItems.AddAsync(person, project);
        var task = await client.Tasks.CreateAsync(new JsonBody
        {
            ["name"] = "Send the keys", ["related_resource"] = new JsonBody { ["id"] = person.Id, ["type"] = "person" },
        });
        var connect = (await client.Metadata.CustomFieldDefinitions.GetAsync())
            .First(static field => field.DataType == CustomFieldTypes.Connect);
        await client.Connections.AddAsync(connect.Id, company, person);
        using (var content = new MemoryStream(Encoding.UTF8.GetBytes("A contract")))
        {
            await client.Files.AddAsync(person, content, "contract.txt");
        }

        var own = await client.Activities.CreateAsync(NoteOn("person", person.Id, "Called about the sails"));
        var mention = await client.Activities.CreateAsync(NoteOn("company", 10_000_001, $"Met {Name.ToUpperInvariant()} at the mill"));
        return new PlantedSubject
        {
            Person = person.Id,
            Other = other.Id,
            Lead = lead.Id,
            Company = company.Id,
            Opportunity = opportunity.Id,
            Project = project.Id,
            Task = task.Id,
            Activity = own.Id,
            Mention = mention.Id,
        };
    }

    /// <summary>Writes a journal that holds values of the person and of others.</summary>
    public async Task WriteJournalAsync(CopperClient client, string path)
    {
        using var journal = new SessionJournal(client, path);
        client.ChangeRecorder = journal;
        try
        {
            await client.People.UpdateAsync(Person, new JsonBody { ["title"] = "Knight", ["emails"] = Emails(HomeAddress, Address) });
            await client.People.UpdateAsync(Person, new JsonBody { ["emails"] = Emails(Address, HomeAddress) });
            await client.People.UpdateAsync(Other, new JsonBody { ["emails"] = Emails("sancho@rocinante.example", SideAddress) });
            await client.People.UpdateAsync(1, new JsonBody { ["title"] = "Untouched" });
            await client.Activities.UpdateAsync(Activity, new JsonBody { ["details"] = $"Called {Name}" });
            await client.Opportunities.UpdateAsync(Opportunity, new JsonBody { ["primary_contact_id"] = null });
            await client.Opportunities.UpdateAsync(Opportunity, new JsonBody { ["primary_contact_id"] = Person });
        }
        finally
        {
            client.ChangeRecorder = null;
        }
    }

    /// <summary>Where a search of all files below a folder finds the person: file and text.</summary>
    public static IReadOnlyList<string> TracesIn(string folder)
    {
        var found = new List<string>();
        foreach (var path in Directory.Exists(folder) ? Directory.GetFiles(folder, "*", SearchOption.AllDirectories) : [folder])
        {
            using var file = File.OpenRead(path);
            using var content = new StreamReader(
                path.EndsWith(".gz", StringComparison.Ordinal) ? new GZipStream(file, CompressionMode.Decompress) : file, Encoding.UTF8);
            foreach (var line in content.ReadToEnd().Split('\n'))
            {
                found.AddRange(Traces.Where(trace => line.Contains(trace, StringComparison.OrdinalIgnoreCase))
                    .Select(trace => $"{Path.GetFileName(path)}: {trace}: {line}"));
            }
        }

        return found;
    }

    private static JsonBody[] Emails(params string[] addresses) =>
        [.. addresses.Select(static address => new JsonBody { ["email"] = address, ["category"] = "work" })];

    private static JsonBody NoteOn(string type, long id, string details) => new()
    {
        ["parent"] = new JsonBody { ["type"] = type, ["id"] = id },
        ["type"] = new JsonBody { ["category"] = "user", ["id"] = 0 },
        ["details"] = details,
    };
}
