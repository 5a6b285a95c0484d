using System.Text;
using Copper.Client;
using Copper.Client.Models;
using Copper.Data.Snapshots;
using Copper.Data.Tests.Support;

namespace Copper.Data.Tests.Snapshots;

public sealed class BackupTests : SnapshotTest
{
    [Fact]
    public async Task A_snapshot_has_every_record_as_the_service_sends_it()
    {
        using var account = NewAccount();
        using var snapshot = await BackupAsync(account.Client, NewFolder());

        Assert.True(snapshot.IsComplete);
        Assert.Empty(snapshot.Notes);
        foreach (var entity in CopperEntities.Searchable)
        {
            var sent = new List<string>();
            for (var page = 1; sent.Count % 200 == 0 && (page == 1 || sent.Count > 0); page++)
            {
                var criteria = new JsonBody { ["page_number"] = page, ["page_size"] = 200 };
                var list = await account.Client.ReadRawListAsync(CopperRequest.Read(entity.Path + "/search", criteria));
                sent.AddRange(list.Items.Select(Encoding.UTF8.GetString));
                if (list.Items.Count == 0)
                {
                    break;
                }
            }

            Assert.Equal(sent.Order(StringComparer.Ordinal), LinesOf(snapshot, entity).Order(StringComparer.Ordinal));
        }
    }

    [Fact]
    public async Task Records_stand_in_the_order_of_their_ids_and_activities_in_a_file_a_month()
    {
        using var account = NewAccount();
        using var snapshot = await BackupAsync(account.Client, NewFolder());

        var ids = snapshot.ReadRaw(CopperEntities.Person).Select(static record => record.Id).ToArray();
        Assert.Equal(ids.Order(), ids);
        var months = snapshot.Manifest.Files.Where(static file => file.Name.StartsWith("activities/", StringComparison.Ordinal)).ToArray();
        Assert.True(months.Length > 3);
        Assert.Contains(months, static file => file.Name == "activities/2026-09.jsonl.gz");
        foreach (var activity in snapshot.ReadRecords("activity").Cast<CopperActivity>().Take(3))
        {
            var month = $"{activity.ActivityDate!.Value.UtcDateTime:yyyy-MM}";
            Assert.Contains(months, file => file.Name.Contains(month, StringComparison.Ordinal));
        }
    }

    [Fact]
    public async Task Records_are_read_offline_with_their_names()
    {
        using var account = NewAccount();
        using var snapshot = await BackupAsync(account.Client, NewFolder());
        var live = await account.Client.Opportunities.GetAsync(30_000_003);
        var names = new Copper.Client.Metadata.RecordNameLoader(account.Client.Metadata);
        await names.LoadAsync([live]);
        account.Sandbox.ClearJournal();

        var kept = snapshot.ReadRecords("opportunity").Cast<CopperOpportunity>().First(static record => record.Id == 30_000_003);

        Assert.NotNull(live.Stage);
        Assert.Equal(
            (live.Name, live.Stage, live.Pipeline, live.Assignee, live.CustomerSource, live.CloseDate),
            (kept.Name, kept.Stage, kept.Pipeline, kept.Assignee, kept.CustomerSource, kept.CloseDate));
        Assert.Equal(live.CustomFields.ToString(), kept.CustomFields.ToString());
        Assert.Empty(account.Requests);
    }

    [Fact]
    public async Task Records_keep_their_names_when_the_snapshot_is_closed()
    {
        using var account = NewAccount();
        using var snapshot = await BackupAsync(account.Client, NewFolder());
        var record = ReadOne(snapshot.Path);

        for (var round = 0; round < 3; round++)
        {
            GC.Collect();
            GC.WaitForPendingFinalizers();
        }

        Assert.NotNull(record.Stage);
        Assert.NotNull(record.Assignee);
        Assert.All(record.CustomFields, static field => Assert.NotNull(field.Name));

        static CopperOpportunity ReadOne(string path)
        {
            using var closed = CopperSnapshot.Open(path);
            return (CopperOpportunity)closed.ReadRecords("opportunity").First(static record => record.Id == 30_000_003);
        }
    }

    [Fact]
    public async Task Two_snapshots_of_an_unchanged_account_are_the_same_files()
    {
        using var account = NewAccount();
        using var one = await BackupAsync(account.Client, NewFolder());
        using var other = await BackupAsync(account.Client, NewFolder(), new BackupOptions());

        Assert.Equal(FilesOf(one), FilesOf(other));
    }

    [Fact]
    public async Task Few_requests_are_sent_beyond_full_pages()
    {
        using var account = NewAccount();
        account.Sandbox.ClearJournal();
        using var snapshot = await BackupAsync(account.Client, NewFolder());

        // 13 lists; 3 pages of people, 2 of leads, 3 of activities; one look before and one after for each entity.
        Assert.Equal(13 + (3 + 2) + 3 + (2 * 6) + 1, account.Requests.Count);
    }

    [Fact]
    public async Task What_is_created_updated_or_deleted_meanwhile_is_as_it_is_at_the_end()
    {
        using var account = NewAccount();
        var network = new HookHandler();
        var client = account.Connect(network);
        long created = 0;
        network.After = (number, request) =>
        {
            account.Now = account.Now.AddSeconds(1);
            if (number != 20)
            {
                return;
            }

            Assert.StartsWith("POST", request, StringComparison.Ordinal);
            account.Client.People.DeleteAsync(3).GetAwaiter().GetResult();
            account.Client.People.DeleteAsync(5).GetAwaiter().GetResult();
            account.Client.People.UpdateAsync(7, new JsonBody { ["title"] = "Changed meanwhile" }).GetAwaiter().GetResult();
            created = account.Client.People.CreateAsync(new JsonBody { ["name"] = "New Meanwhile" }).GetAwaiter().GetResult().Id;
            account.Client.Activities.CreateAsync(new JsonBody
            {
                ["parent"] = new JsonBody { ["type"] = "person", ["id"] = 7 },
                ["type"] = new JsonBody { ["category"] = "user", ["id"] = 0 },
                ["details"] = "Logged meanwhile",
            }).GetAwaiter().GetResult();
        };
        using var snapshot = await BackupAsync(client, NewFolder());

        Assert.NotEqual(0, created);
        var people = snapshot.ReadRecords("person").Cast<CopperPerson>().ToDictionary(static person => person.Id);
        Assert.DoesNotContain(3, people.Keys);
        Assert.DoesNotContain(5, people.Keys);
        Assert.Equal("Changed meanwhile", people[7].Title);
        Assert.Equal("New Meanwhile", people[created].Name);
        Assert.Equal(449, people.Count);
        Assert.Contains(snapshot.ReadRecords("activity").Cast<CopperActivity>(), static one => one.Details is "Logged meanwhile");
    }

    [Fact]
    public async Task No_activity_is_lost_when_others_are_deleted_meanwhile()
    {
        using var account = NewAccount();
        var network = new HookHandler();
        var client = account.Connect(network);
        var newest = new List<long>();
        await foreach (var activity in account.Client.Activities.Search(new SearchQuery { First = 30 }))
        {
            newest.Add(activity.Id);
        }

        var pages = 0;
        network.After = (_, request) =>
        {
            if (request.EndsWith("/activities/search", StringComparison.Ordinal) && ++pages == 2)
            {
                newest.ForEach(id => account.Client.Activities.DeleteAsync(id).GetAwaiter().GetResult());
            }
        };
        using var snapshot = await BackupAsync(client, NewFolder());

        var kept = snapshot.ReadRaw(CopperEntities.Activity).Select(static record => record.Id).ToHashSet();
        await foreach (var activity in account.Client.Activities.Search(new SearchQuery()))
        {
            Assert.Contains(activity.Id, kept);
        }
    }

    [Fact]
    public async Task A_search_that_the_service_cuts_off_is_read_in_parts()
    {
        using var account = NewAccount(static options => options.SearchCap = 200);
        using var snapshot = await BackupAsync(
            account.Client, NewFolder(), new BackupOptions { SearchCeiling = 200, Concurrency = 1 });

        Assert.True(snapshot.IsComplete);
        Assert.Equal(450, LinesOf(snapshot, CopperEntities.Person).Length);
        using var whole = NewAccount();
        using var expected = await BackupAsync(whole.Client, NewFolder());
        Assert.Equal(
            FilesOf(expected).Where(static file => !file.StartsWith("reference", StringComparison.Ordinal)),
            FilesOf(snapshot).Where(static file => !file.StartsWith("reference", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task Records_that_no_date_of_creation_tells_are_read_by_pages()
    {
        using var account = NewAccount();
        var network = new HookHandler
        {
            Rewrite = static (request, text) => request.EndsWith("/people/search", StringComparison.Ordinal)
                ? System.Text.RegularExpressions.Regex.Replace(text, "\"date_created\":\\d+", "\"date_created\":null")
                : text,
        };
        using var snapshot = await BackupAsync(account.Connect(network), NewFolder());

        Assert.True(snapshot.IsComplete);
        Assert.Equal(450, LinesOf(snapshot, CopperEntities.Person).Length);
    }

    [Fact]
    public async Task Many_records_of_one_second_are_all_read()
    {
        using var account = NewAccount(static options => options.Projects = 0);
        for (var i = 0; i < 430; i++)
        {
            await account.Client.Projects.CreateAsync(new JsonBody { ["name"] = $"Project {i}" });
        }

        using var snapshot = await BackupAsync(account.Client, NewFolder());
        Assert.Equal(430, LinesOf(snapshot, CopperEntities.Project).Length);
    }

    [Fact]
    public async Task An_entity_that_the_user_may_not_read_is_named_and_the_rest_is_kept()
    {
        using var account = NewAccount(static options => options.FeatureLeads = false);
        using var snapshot = await BackupAsync(account.Client, NewFolder());

        Assert.False(snapshot.IsComplete);
        Assert.Contains(snapshot.NotIncluded, static sentence => sentence.StartsWith("Leads: ", StringComparison.Ordinal));
        Assert.Equal(450, LinesOf(snapshot, CopperEntities.Person).Length);
        var exception = Assert.Throws<SnapshotException>(() => snapshot.ReadRecords("lead").Count());
        Assert.Contains("has no leads", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_lead_that_was_converted_is_in_the_snapshot()
    {
        using var account = NewAccount();
        await account.Client.SendAsync(new CopperRequest(HttpMethod.Post, "leads/20000003/convert", []));
        using var snapshot = await BackupAsync(account.Client, NewFolder());

        var lead = Assert.Single(snapshot.ReadRecords("lead"), static lead => lead.Id == 20_000_003);
        Assert.NotNull(((CopperLead)lead).ConvertedAt);
    }

    [Fact]
    public async Task Relations_connections_and_file_lists_are_read_on_demand()
    {
        using var account = NewAccount(static options => options.People = 40);
        using var snapshot = await BackupAsync(account.Client, NewFolder(), new BackupOptions
        {
            Include = [SnapshotContent.Relation, SnapshotContent.Connection, SnapshotContent.FileList],
        });

        Assert.True(snapshot.IsComplete, string.Join(" ", snapshot.NotIncluded));
        Assert.Contains(snapshot.Manifest.Files, static file => file is { Name: "relations/opportunities.jsonl.gz", Records: 20 });
        Assert.Contains(snapshot.Manifest.Files, static file => file is { Name: "files/people.jsonl.gz", Records: 40 });
        Assert.Contains(snapshot.Manifest.Files, static file => file.Name.StartsWith("connections/", StringComparison.Ordinal));
        Assert.DoesNotContain(snapshot.Manifest.Files, static file => file.Name.StartsWith("activities/", StringComparison.Ordinal));
        Assert.Contains(snapshot.NotIncluded, static sentence => sentence.StartsWith("The activities", StringComparison.Ordinal));
        var relations = RecordFileReader.Read(snapshot.PathOf("relations/opportunities.jsonl.gz"))
            .Select(static line => Encoding.UTF8.GetString(line.Json)).ToArray();
        var related = await account.Client.RelatedItems.GetAsync(CopperEntities.Opportunity, 30_000_001);
        Assert.NotEmpty(related);
        Assert.Contains(relations, line => line.StartsWith("{\"id\":30000001,", StringComparison.Ordinal)
            && related.All(item => line.Contains($"\"id\":{item.Id}", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task What_has_not_changed_is_taken_from_an_earlier_snapshot()
    {
        using var account = NewAccount(static options => options.People = 40);
        SnapshotContent[] include = [SnapshotContent.Activity, SnapshotContent.Relation];
        var options = new BackupOptions { Include = include, Clock = () => account.Now };
        using var first = await BackupAsync(account.Client, NewFolder(), options);
        account.Now = account.Now.AddDays(1);
        await account.Client.Opportunities.UpdateAsync(30_000_002, new JsonBody { ["details"] = "Changed" });
        account.Sandbox.ClearJournal();

        using var second = await BackupAsync(account.Client, NewFolder(), new BackupOptions
        {
            Include = include,
            Previous = first.Path,
            Clock = () => account.Now,
        });

        var requests = account.Requests;
        Assert.Equal(["GET /opportunities/30000002/related"], requests.Where(
            static request => request.EndsWith("/related", StringComparison.Ordinal)));
        Assert.True(requests.Count(static request => request.EndsWith("/activities/search", StringComparison.Ordinal)) <= 3);
        using var whole = await BackupAsync(account.Client, NewFolder(), options);
        Assert.Equal(FilesOf(whole), FilesOf(second));
    }

    [Fact]
    public async Task Activities_are_read_again_when_one_of_long_ago_is_gone()
    {
        using var account = NewAccount();
        var options = new BackupOptions { Clock = () => account.Now };
        using var first = await BackupAsync(account.Client, NewFolder(), options);
        var old = first.ReadRaw(CopperEntities.Activity).First().Id;
        await account.Client.Activities.DeleteAsync(old);

        using var second = await BackupAsync(
            account.Client, NewFolder(), new BackupOptions { Previous = first.Path, Clock = () => account.Now });

        using var whole = await BackupAsync(account.Client, NewFolder(), options);
        Assert.Equal(FilesOf(whole), FilesOf(second));
        Assert.DoesNotContain(old, second.ReadRaw(CopperEntities.Activity).Select(static record => record.Id));
    }

    [Fact]
    public async Task A_folder_that_holds_something_else_is_left_alone()
    {
        using var account = NewAccount();
        var folder = NewFolder();
        Directory.CreateDirectory(folder);
        await File.WriteAllTextAsync(Path.Combine(folder, "mine.txt"), "mine");
        account.Sandbox.ClearJournal();

        var exception = await Assert.ThrowsAsync<SnapshotException>(() => BackupAsync(account.Client, folder));
        Assert.Contains("is not empty", exception.Message, StringComparison.Ordinal);

        var other = NewFolder();
        using var snapshot = await BackupAsync(account.Client, other);
        account.Sandbox.ClearJournal();
        exception = await Assert.ThrowsAsync<SnapshotException>(() => BackupAsync(account.Client, other));
        Assert.Contains("There is a snapshot", exception.Message, StringComparison.Ordinal);
        Assert.Empty(account.Requests);
    }

    [Fact]
    public async Task Folders_and_files_are_their_owners_only()
    {
        if (OperatingSystem.IsWindows())
        {
            return;
        }

        using var account = NewAccount();
        using var snapshot = await BackupAsync(account.Client, NewFolder());

        const UnixFileMode Others = (UnixFileMode)0b111_111;
        Assert.All(
            Directory.EnumerateFileSystemEntries(snapshot.Path, "*", SearchOption.AllDirectories).Append(snapshot.Path),
            static entry => Assert.Equal(UnixFileMode.None, OperatingSystem.IsWindows() ? 0 : File.GetUnixFileMode(entry) & Others));
    }

    [Fact]
    public async Task No_credential_is_in_it()
    {
        using var account = NewAccount();
        using var snapshot = await BackupAsync(account.Client, NewFolder());

        foreach (var file in Directory.EnumerateFiles(snapshot.Path, "*.json", SearchOption.AllDirectories))
        {
            Assert.DoesNotContain("sandbox-key", await File.ReadAllTextAsync(file), StringComparison.Ordinal);
        }
    }
}
