using System.Text;
using Copper.Client;
using Copper.Data.DataSubjects;
using Copper.Data.Plans;
using Copper.Data.Snapshots;
using Copper.Data.Tests.Support;

namespace Copper.Data.Tests.DataSubjects;

public sealed class ErasureTests : DataSubjectTest
{
    private static readonly string[] Given = [PlantedSubject.Address, PlantedSubject.SideAddress];

    [Fact]
    public async Task A_person_in_nine_places_is_found_nine_times()
    {
        using var account = NewTinyAccount();
        var planted = await PlantedSubject.CreateAsync(account.Client);
        account.Sandbox.ClearJournal();

        var subject = await ReadAsync(account.Client, Given);

        Assert.Empty(account.Writes);
        var lines = Lines(subject.Findings);
        Assert.Superset(
            new HashSet<string>
            {
                $"Account Own person {planted.Person}",
                $"Account Reference person {planted.Other} emails",
                $"Account Own lead {planted.Lead}",
                $"Account Reference opportunity {planted.Opportunity} primary_contact_id",
                $"Account Reference company {planted.Company} primary_contact_id",
                $"Account Mention company {planted.Company} details",
                $"Account Reference project {planted.Project} related",
                $"Account Reference task {planted.Task} related_resource",
                $"Account Own activity {planted.Activity} parent",
                $"Account Mention activity {planted.Mention} details",
            },
            new HashSet<string>(lines));
        Assert.Single(subject.Findings, static finding => finding.Entity == "connection");
        Assert.Single(subject.Findings, static finding => finding is { Entity: "file", Name: "contract.txt" });

        // Each of them once, and nothing else.
        Assert.Equal(12, lines.Length);
        Assert.Equal(PlantedSubject.Name, subject.Name);
        Assert.Contains(PlantedSubject.HomeAddress, subject.Addresses);
    }

    [Fact]
    public async Task The_account_is_read_once_and_asked_about_the_persons_own_records_only()
    {
        using var account = NewAccount();
        await PlantedSubject.CreateAsync(account.Client);
        account.Sandbox.ClearJournal();

        await ReadAsync(account.Client, Given);

        var pages = account.Requests.Count(static request => request.EndsWith("/search", StringComparison.Ordinal));

        // People 3, leads 2, activities 3, four others; searches for three addresses: people twice, leads three times; users.
        Assert.InRange(pages, 12, 18);

        // Relations, connections and files of the person, relations and files of the lead, and lists that are read once a session.
        Assert.InRange(account.Requests.Count - pages, 5, 12);
    }

    [Fact]
    public async Task After_the_erasure_a_search_of_account_snapshots_and_journals_finds_listed_texts_only()
    {
        using var account = NewTinyAccount();
        var client = account.Client;
        var changed = (await client.People.GetAsync(1)).Name!;
        var others = (await ImageAsync(client)).Where(line => !line.Contains(changed)).ToArray();
        var planted = await PlantedSubject.CreateAsync(client);
        var path = NewFolder();
        var journal = Path.Combine(Directory.CreateDirectory(NewFolder()).FullName, "run.jsonl");
        await planted.WriteJournalAsync(client, journal);
        using (await BackupAsync(client, path, Whole))
        {
        }

        var before = CopperSnapshot.Open(path);
        var untouched = LinesOf(before, CopperEntities.Person).Where(static line => !IsPlanted(line)).ToArray();
        Assert.NotEmpty(PlantedSubject.TracesIn(journal));

        var results = await EraseAsync(client, Given, [path], [journal]);

        Assert.DoesNotContain(results, static result => result.Status is PlanStatus.Failed or PlanStatus.Unknown or PlanStatus.Held);
        var mentions = new[] { "Ask Zelda@quixote.example for the keys", "Met ZELDA QUIXOTE at the mill" };
        Assert.All(PlantedSubject.TracesIn(path), trace => Assert.Contains(mentions, trace.Contains));
        Assert.Empty(PlantedSubject.TracesIn(journal));
        var now = NewFolder();
        using (await BackupAsync(client, now, Whole))
        {
        }

        Assert.All(PlantedSubject.TracesIn(now), trace => Assert.Contains(mentions, trace.Contains));
        Assert.Equal(
            ["activity", "company", "activity", "company"],
            results.Where(static result => result.Action == DataSubjectAction.Keep)
                .OrderBy(static result => result.Place).ThenBy(static result => result.Entity, StringComparer.Ordinal)
                .Select(static result => result.Entity!));

        // The snapshot is sound, has everything else byte for byte, and the account has it, too.
        AssertSound(path);
        Assert.Equal(untouched, LinesOf(CopperSnapshot.Open(path), CopperEntities.Person).Where(static line => !IsPlanted(line)));
        var kept = (await ImageAsync(client)).ToList();
        Assert.All(others, line => Assert.Contains(line, kept));

        // What was planted with others stays: a person, a company, an opportunity, a project, a task, an activity.
        Assert.Equal(6, kept.Count(line => !others.Contains(line) && !line.Contains(changed)));
        Assert.Equal(
            ["sancho@rocinante.example"], (await client.People.GetAsync(planted.Other)).Emails.Select(static email => email.Email));
        Assert.Null((await client.Opportunities.GetAsync(planted.Opportunity)).PrimaryContactId);
        Assert.Null((await client.Companies.GetAsync(planted.Company)).PrimaryContactId);
        Assert.True((await client.Tasks.GetAsync(planted.Task)).RelatedResource?.Id is null or 0);
        Assert.Empty(await client.RelatedItems.GetAsync(CopperEntities.Project, planted.Project));
    }

    [Fact]
    public async Task The_journal_can_still_be_read_and_undone_without_the_person()
    {
        using var account = NewTinyAccount();
        var client = account.Client;
        var planted = await PlantedSubject.CreateAsync(client);
        var journal = Path.Combine(Directory.CreateDirectory(NewFolder()).FullName, "run.jsonl");
        await planted.WriteJournalAsync(client, journal);
        var count = ChangeJournal.Read(journal).Count;

        await EraseAsync(client, Given, journals: [journal]);

        var entries = ChangeJournal.Read(journal);
        Assert.Equal(count, entries.Count);
        Assert.All(entries.Where(entry => entry.Entity == "person" && entry.Id == planted.Person), static entry =>
        {
            Assert.False(entry.CanUndo);
            Assert.Null(entry.Name);
            Assert.Null(entry.Before);
            Assert.Null(entry.After);
        });
        var plan = await new UndoPlanner(client, "MM/dd/yyyy").PlanAsync(entries, false, null, null, default);
        Assert.Contains(plan.Steps, static step => step is { Action: PlanAction.Update, Entity: "person", Id: 1 });
        Assert.DoesNotContain(plan.Steps, step => step.Action is PlanAction.Update or PlanAction.Create && step.Id == planted.Person);

        // What was erased once is not erased again.
        var bytes = File.ReadAllBytes(journal);
        Assert.Equal(PlanStatus.Skipped, (await EraseAsync(client, Given, journals: [journal]))[0].Status);
        Assert.Equal(bytes, File.ReadAllBytes(journal));
    }

    [Fact]
    public async Task An_older_snapshot_and_an_older_journal_leave_out_who_is_suppressed()
    {
        using var account = NewTinyAccount();
        var client = account.Client;
        var planted = await PlantedSubject.CreateAsync(client);
        using var old = await BackupAsync(client, NewFolder(), Whole);
        var journal = Path.Combine(Directory.CreateDirectory(NewFolder()).FullName, "run.jsonl");
        await planted.WriteJournalAsync(client, journal);
        var list = Path.Combine(Path.GetDirectoryName(journal)!, "suppressed.txt");
        await EraseAsync(client, Given, suppression: list);
        var deleted = await client.People.GetAsync(5);
        await client.People.DeleteAsync(5);
        Assert.Empty(PlantedSubject.TracesIn(list));

        var suppressed = new SuppressedSteps(SuppressionList.Open(list), old.Manifest.AccountId);
        var plan = suppressed.Apply(await PlanAsync(client, old));
        var results = await RunAsync(client, plan);

        Assert.Contains(results, static result => result is { Status: PlanStatus.Skipped, Entity: "person", Name: null }
            && result.Reason!.Contains("suppression list", StringComparison.Ordinal));
        Assert.Contains(results, result => result is { Status: PlanStatus.Done, Entity: "person" } && result.Name == deleted.Name);
        await AssertGoneAsync(account);
        var undo = suppressed.Apply(
            await new UndoPlanner(client, "MM/dd/yyyy").PlanAsync(ChangeJournal.Read(journal), true, null, null, default));
        await RunAsync(client, undo);
        await AssertGoneAsync(account);
    }

    [Fact]
    public async Task A_restore_into_another_account_leaves_them_out()
    {
        using var account = NewTinyAccount();
        var client = account.Connect(new OtherAccountHandler());
        await PlantedSubject.CreateAsync(client);
        using var old = await BackupAsync(client, NewFolder(), Whole);
        var list = Path.Combine(Directory.CreateDirectory(NewFolder()).FullName, "suppressed.txt");
        await EraseAsync(client, Given, suppression: list);
        using var other = NewTinyAccount();
        Assert.Equal(4711, old.Manifest.AccountId);
        var suppressed = new SuppressedSteps(SuppressionList.Open(list), 100_624, old.Manifest.AccountId);
        await RunAsync(other.Client, suppressed.Apply(await PlanAsync(other.Client, old)));
        await AssertGoneAsync(other);
    }

    [Fact]
    public async Task A_run_that_was_cut_at_any_request_is_begun_again_and_ends_the_same()
    {
        for (var cut = 1; ; cut++)
        {
            foreach (var afterSending in new[] { false, true })
            {
                using var account = NewTinyAccount();
                var planted = await PlantedSubject.CreateAsync(account.Client);
                var handler = new CuttingHandler(cut, afterSending);
                using var broken = account.Connect(handler);
                try
                {
                    await EraseAsync(broken, Given);
                }
                catch (Copper.Client.CopperException)
                {
                    // The connection is gone.
                }

                var hasCut = handler.HasCut;
                await EraseAsync(account.Connect(), Given);
                await AssertGoneAsync(account);
                Assert.Equal(
                    ["sancho@rocinante.example", "s@rocinante.example"],
                    (await account.Client.People.GetAsync(planted.Other)).Emails.Select(static email => email.Email));
                if (!hasCut)
                {
                    Assert.InRange(cut, 9, 20);
                    return;
                }
            }
        }
    }

    [Fact]
    public async Task A_snapshot_is_the_former_or_the_new_one_wherever_the_rewriting_ends()
    {
        using var account = NewTinyAccount();
        await PlantedSubject.CreateAsync(account.Client);
        var former = NewFolder();
        var rewritten = NewFolder();
        using (await BackupAsync(account.Client, former, Whole))
        {
        }

        Copy(former, rewritten);
        var subject = await ReadAsync(account.Client, Given, [rewritten]);
        new DataSubjectErasure(account.Client, subject, CopperSnapshot.Open(former).Manifest.AccountId).RewriteSnapshot(rewritten, Time);
        Assert.False(Directory.Exists(Path.Combine(rewritten, ".rewrite")));
        var changed = Directory.GetFiles(rewritten, "*", SearchOption.AllDirectories)
            .Select(file => file.Substring(rewritten.Length + 1))
            .Where(file => !File.ReadAllBytes(Path.Combine(former, file)).SequenceEqual(File.ReadAllBytes(Path.Combine(rewritten, file))))
            .OrderBy(static file => file == "manifest.json").ThenBy(static file => file, StringComparer.Ordinal).ToArray();
        Assert.InRange(changed.Length, 8, 20);

        // Ended while the new files were written: the former one.
        var early = NewFolder();
        Copy(former, early);
        Stage(early, changed.Take(3));
        AssertSound(early);
        Assert.NotEmpty(PlantedSubject.TracesIn(Path.Combine(early, "people.jsonl.gz")));

        // Ended after so many of them were moved: the new one, as soon as somebody opens it.
        for (var moved = 0; moved <= changed.Length; moved++)
        {
            var late = NewFolder();
            Copy(former, late);
            foreach (var file in changed.Take(moved))
            {
                File.Copy(Path.Combine(rewritten, file), Path.Combine(late, file), overwrite: true);
            }

            Stage(late, changed.Skip(moved));
            File.WriteAllText(Path.Combine(late, ".rewrite", "whole"), "All files are there.\n");
            AssertSound(late);
            Assert.Empty(PlantedSubject.TracesIn(Path.Combine(late, "people.jsonl.gz")));
            Assert.Equal(
                File.ReadAllBytes(Path.Combine(rewritten, "manifest.json")), File.ReadAllBytes(Path.Combine(late, "manifest.json")));
            Assert.False(Directory.Exists(Path.Combine(late, ".rewrite")));
        }

        void Stage(string folder, IEnumerable<string> files)
        {
            foreach (var file in files)
            {
                var target = Path.Combine(folder, ".rewrite", "files", file);
                Directory.CreateDirectory(Path.GetDirectoryName(target)!);
                File.Copy(Path.Combine(rewritten, file), target);
            }

            Directory.CreateDirectory(Path.Combine(folder, ".rewrite"));
        }
    }

    [Fact]
    public async Task A_journal_that_is_written_at_the_moment_is_not_touched()
    {
        using var account = NewTinyAccount();
        var planted = await PlantedSubject.CreateAsync(account.Client);
        var journal = Path.Combine(Directory.CreateDirectory(NewFolder()).FullName, "run.jsonl");
        await planted.WriteJournalAsync(account.Client, journal);
        using var running = new FileStream(journal, FileMode.Open, FileAccess.ReadWrite, FileShare.Read);

        var subject = await ReadAsync(account.Client, Given, journals: [journal]);
        Assert.Throws<IOException>(() => new DataSubjectErasure(account.Client, subject, 1).RewriteJournal(journal));
        Assert.NotEmpty(PlantedSubject.TracesIn(journal));
    }

    [Fact]
    public async Task Somebody_who_alone_has_an_address_beside_others_is_the_person_and_one_of_two_is_held()
    {
        using var account = NewTinyAccount();
        var only = await account.Client.People.CreateAsync(Person("Ada Lovelace", "ada@work.example", "ada@home.example"));
        var subject = await ReadAsync(account.Client, ["ADA@home.example"]);
        Assert.Equal([$"Account Own person {only.Id}"], Lines(subject.Findings));

        await account.Client.People.CreateAsync(Person("Charles Babbage", "charles@work.example", "engine@home.example"));
        var results = await EraseAsync(account.Client, ["ada@home.example", "engine@home.example"]);
        Assert.Equal([PlanStatus.Held, PlanStatus.Held], results.Select(static result => result.Status));
        Assert.NotNull(await account.Client.People.GetAsync(only.Id));

        // Somebody of whom only one of the addresses is left may be anybody: the person may have been erased before.
        await account.Client.People.DeleteAsync(only.Id);
        results = await EraseAsync(account.Client, ["ada@home.example", "engine@home.example"]);
        Assert.Equal([PlanStatus.Held], results.Select(static result => result.Status));
        await account.Client.People.CreateAsync(Person("Ada Lovelace", "ada@work.example", "ada@home.example"));

        // With the first address of the one, the other is somebody else, who keeps the rest.
        await EraseAsync(account.Client, ["ada@work.example", "engine@home.example"]);
        var left = await account.Client.FindPersonByEmailAsync("charles@work.example");
        Assert.Equal(["charles@work.example"], left!.Emails.Select(static email => email.Email));
        Assert.Null(await account.Client.FindPersonByEmailAsync("ada@home.example"));
    }

    [Fact]
    public async Task A_lead_with_another_address_of_the_person_and_another_name_is_left_to_somebody()
    {
        using var account = NewTinyAccount();
        await account.Client.People.CreateAsync(Person("Ada Lovelace", "ada@engine.example", "info@engine.example"));
        var lead = await account.Client.Leads.CreateAsync(new JsonBody
        {
            ["name"] = "The Reception", ["email"] = new JsonBody { ["email"] = "info@engine.example", ["category"] = "work" },
        });
        var results = await EraseAsync(account.Client, ["ada@engine.example"]);
        Assert.Contains(results, result => result is { Status: PlanStatus.Held, Entity: "lead" } && result.Id == lead.Id);
        Assert.Equal("The Reception", (await account.Client.Leads.GetAsync(lead.Id)).Name);
    }

    [Fact]
    public async Task A_converted_lead_and_a_user_are_listed_since_the_service_deletes_neither()
    {
        using var account = NewTinyAccount();
        var lead = await account.Client.Leads.CreateAsync(new JsonBody
        {
            ["name"] = PlantedSubject.Name, ["email"] = new JsonBody { ["email"] = PlantedSubject.Address, ["category"] = "work" },
        });
        await account.Client.LeadActions.ConvertAsync(lead.Id);
        var results = await EraseAsync(account.Client, Given);
        Assert.Contains(results, result => result is { Entity: "lead", Status: PlanStatus.Skipped, Action: DataSubjectAction.Keep }
            && result.Id == lead.Id && result.Reason!.Contains("converted", StringComparison.Ordinal));
        Assert.Contains(results, static result => result is { Entity: "person", Status: PlanStatus.Done });

        var user = (await account.Client.Metadata.Users.GetAsync()).First(static user => user.Email is not null);
        results = await EraseAsync(account.Client, [user.Email!]);
        Assert.Contains(results, result => result is { Entity: "user", Status: PlanStatus.Skipped } && result.Id == user.Id);
    }

    [Theory]
    [InlineData("Zelda Quixote called", "the name")]
    [InlineData("QUIXOTE, Zelda", "the name")]
    [InlineData("zélda  quixote!", "the name")]
    [InlineData("Zelda Quixotes mill", null)]
    [InlineData("write to ZELDA@quixote.example.", "the address")]
    [InlineData("<zelda@quixote.example>, thanks", "the address")]
    [InlineData("grizelda@quixote.example", null)]
    [InlineData("zelda@quixote.example.org", null)]
    [InlineData("call (020) 7946-0991", "the telephone number")]
    [InlineData("call 7946 0992", null)]
    [InlineData("Zelda Quixote zelda@quixote.example", "the address and the name")]
    public void Texts_mention_a_person_by_address_name_and_number(string text, string? what)
    {
        var words = new SubjectWords();
        words.AddAddress("zelda@quixote.example");
        words.AddName("Dr. Zelda Quixote");
        words.AddNumber(PlantedSubject.Phone);
        Assert.Equal(what, words.WhatIn(text));
    }

    [Fact]
    public async Task An_import_of_an_old_list_leaves_them_out_and_plans_of_others_are_the_same()
    {
        var list = SuppressionList.OpenOrCreate(Path.Combine(Directory.CreateDirectory(NewFolder()).FullName, "list.txt"));
        list.AddAddress(PlantedSubject.Address, Time);
        list.AddRecord(1, "person", 5, Time);
        list.Save();
        var steps = new[]
        {
            Create(1, "person", Person("Zelda", "ZELDA@quixote.example"), -1),
            Create(2, "person", Person("Ada", "ada@engine.example"), -5),
            Create(3, "opportunity", new JsonBody { ["name"] = "Sails", ["primary_contact_id"] = -1L }, null),
            new CopperPlanStep { Step = 4, Action = PlanAction.Update, Entity = "person", Id = 5, Fields = "{\"title\":\"CEO\"}" },
            new CopperPlanStep { Step = 5, Action = PlanAction.Update, Entity = "lead", Id = 5, Fields = "{\"title\":\"CEO\"}" },
        };
        var plan = new ChangePlan(steps);
        var applied = new SuppressedSteps(SuppressionList.Open(list.Path), 1).Apply(plan);
        Assert.Equal(
            [PlanAction.Skip, PlanAction.Create, PlanAction.Create, PlanAction.Skip, PlanAction.Update],
            applied.Steps.Select(static step => step.Action));
        Assert.Equal(steps[1].ToJson(), applied.Steps[1].ToJson());
        Assert.Equal(steps[4].ToJson(), applied.Steps[4].ToJson());
        Assert.Equal("{\"name\":\"Sails\"}", applied.Steps[2].Fields);
        Assert.Same(plan, new SuppressedSteps(SuppressionList.OpenOrCreate(list.Path + "x"), 1).Apply(plan));
        await Task.CompletedTask;
    }

    [Theory]
    [InlineData("")]
    [InlineData("{}")]
    [InlineData("no list")]
    [InlineData("{\"kind\":\"copper suppression list\",\"version\":1,\"key\":\"AA==\"}\n{\"kind\":\"erased\"}")]
    public void What_is_no_suppression_list_is_rejected(string content)
    {
        var path = Path.Combine(Directory.CreateDirectory(NewFolder()).FullName, "list.txt");
        File.WriteAllText(path, content, Encoding.UTF8);
        Assert.Throws<SuppressionListException>(() => SuppressionList.Open(path));
        Assert.Throws<SuppressionListException>(() => SuppressionList.Open(path + ".none"));
    }

    [Fact]
    public async Task The_export_has_a_file_for_each_kind_and_an_index_and_is_its_owners_only()
    {
        using var account = NewTinyAccount();
        var planted = await PlantedSubject.CreateAsync(account.Client);
        var snapshot = NewFolder();
        using (await BackupAsync(account.Client, snapshot, Whole))
        {
        }

        var subject = await ReadAsync(account.Client, Given, [snapshot]);
        var folder = Path.Combine(NewFolder(), DataSubjectExport.FolderName(subject));
        await new DataSubjectExport(account.Client).WriteAsync(subject, folder);

        var files = Directory.GetFiles(folder, "*", SearchOption.AllDirectories)
            .Select(file => file.Substring(folder.Length + 1)).ToArray();
        Assert.Superset(
            new HashSet<string>
            {
                "README.txt", "index.json", "people.json", "people.csv", "leads.json", "opportunities.csv", "tasks.json", "projects.json",
                "activities.csv", "companies.json", "connections.json", "files.json", "relations.json", "mentions.csv",
                Path.Combine("snapshot1-" + Path.GetFileName(snapshot), "people.json"),
            },
            new HashSet<string>(files));
        Assert.Contains("Likes windmills", File.ReadAllText(Path.Combine(folder, "people.json")), StringComparison.Ordinal);
        Assert.Contains("contract.txt", File.ReadAllText(Path.Combine(folder, "files.json")), StringComparison.Ordinal);
        var index = File.ReadAllText(Path.Combine(folder, "README.txt"));
        Assert.Contains($"opportunity {planted.Opportunity} (Sails): The person is its primary contact.", index, StringComparison.Ordinal);
        Assert.Contains("The contents of attached files", index, StringComparison.Ordinal);
        if (!OperatingSystem.IsWindows())
        {
            foreach (var file in files)
            {
                Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(Path.Combine(folder, file)));
            }

            Assert.Equal(
                UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute, File.GetUnixFileMode(folder));
        }

        await Assert.ThrowsAsync<IOException>(() => new DataSubjectExport(account.Client).WriteAsync(subject, folder));
    }

    private static async Task AssertGoneAsync(SandboxAccount account)
    {
        using var client = account.Connect();
        Assert.Null(await client.FindPersonByEmailAsync(PlantedSubject.Address));
        Assert.Null(await client.FindPersonByEmailAsync(PlantedSubject.SideAddress));
        await foreach (var person in client.People.Search(new SearchQuery()))
        {
            Assert.NotEqual(PlantedSubject.Name, person.Name);
        }

        await foreach (var lead in client.Leads.Search(new SearchQuery()))
        {
            Assert.NotEqual(PlantedSubject.Name, lead.Name);
        }

        await foreach (var activity in client.Activities.Search(new SearchQuery()))
        {
            Assert.DoesNotContain("sails", activity.Details as string ?? string.Empty, StringComparison.Ordinal);
            Assert.DoesNotContain("Called Zelda", activity.Details as string ?? string.Empty, StringComparison.Ordinal);
        }
    }

    private static void AssertSound(string path) => Assert.All(
        CopperSnapshot.Verify(path), static test => Assert.True(test.Status == SnapshotFileStatus.Sound, $"{test.File}: {test.Reason}"));

    private static bool IsPlanted(string line) => line.Contains("quixote", StringComparison.OrdinalIgnoreCase)
        || line.Contains("sancho", StringComparison.OrdinalIgnoreCase);

    private static void Copy(string from, string to)
    {
        foreach (var file in Directory.GetFiles(from, "*", SearchOption.AllDirectories))
        {
            var target = Path.Combine(to, file.Substring(from.Length + 1));
            Directory.CreateDirectory(Path.GetDirectoryName(target)!);
            File.Copy(file, target);
        }
    }

    private static JsonBody Person(string name, params string[] addresses) => new()
    {
        ["name"] = name,
        ["emails"] = addresses.Select(static address => new JsonBody { ["email"] = address, ["category"] = "work" }).ToArray(),
    };

    /// <summary>An account with another id.</summary>
    private sealed class OtherAccountHandler : DelegatingHandler
    {
        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            var response = await base.SendAsync(request, cancellationToken);
            if (request.RequestUri!.AbsolutePath.EndsWith("/account", StringComparison.Ordinal))
            {
                response.Content = new StringContent("{\"id\":4711,\"name\":\"Other\"}", Encoding.UTF8, "application/json");
            }

            return response;
        }
    }

    private static CopperPlanStep Create(long step, string entity, JsonBody fields, long? oldId) => new CopperPlanStep
    {
        Step = step, Action = PlanAction.Create, Entity = entity, OldId = oldId, Fields = fields.ToString(),
    }.Sealed();
}
