using System.IO.Compression;
using System.Text;
using System.Text.Json.Nodes;
using Copper.Client;
using Copper.Data.Plans;
using Copper.Data.Snapshots;
using Copper.Data.Tests.Support;

namespace Copper.Data.Tests.Snapshots;

/// <summary>
/// A snapshot with one record for each kind of rejection that the sandbox knows: what the run would fail in, the plan announces.
/// </summary>
public sealed class PredictionTests : RestoreTest
{
    /// <summary>The entity, what its record has in the snapshot, and a word of what the plan says; null where it just works.</summary>
    private static readonly (string Entity, string Json, string? Told)[] Faults =
    [
        ("person", """{"name":""}""", "no name"),
        ("person", """{"name":null,"first_name":null,"last_name":null}""", "no name"),
        ("person", """{"emails":[{"email":"nobody","category":"work"}]}""", "not an e-mail address"),
        ("person", """{"emails":[{"email":"x@kind.example","category":"private"}]}""", "'private'"),
        ("person", """{"emails":[{"email":"one@twice.example","category":"work"}]}""", null),
        ("person", """{"emails":[{"email":"ONE@twice.example","category":"work"}]}""", "of the snapshot too"),
        ("person", """{"emails":[{"email":"taken@kind.example","category":"work"}]}""", "by now"),
        ("person", """{"phone_numbers":[{"number":"","category":"work"}]}""", "without a number"),
        ("person", """{"phone_numbers":[{"number":"1","category":"car"}]}""", "'car'"),
        ("person", """{"socials":[{"url":"https://x.example","category":"mastodon"}]}""", "'mastodon'"),
        ("person", """{"websites":[{"url":"https://x.example","category":"club"}]}""", "'club'"),
        ("person", """{"address":{"street":"1","county":"Kent"}}""", null),
        ("person", """{"address":{"street":"1","country":"Nowhere Land"}}""", null),
        ("person", """{"contact_type_id":1}""", "contact type"),
        ("person", """{"assignee_id":2}""", "Without user"),
        ("person", """{"company_id":99}""", "company 99"),
        ("person", """{"custom_fields":[{"custom_field_definition_id":5,"value":"x"}]}""", "custom field"),
        ("person", """{"custom_fields":[{"custom_field_definition_id":"Score","value":"much"}]}""", "'much'"),
        ("person", """{"custom_fields":[{"custom_field_definition_id":"Interests","value":[5]}]}""", "choice '5'"),
        ("person", """{"custom_fields":[{"custom_field_definition_id":"Newsletter","value":"maybe"}]}""", "'maybe'"),
        ("company", """{"name":" "}""", "no name"),
        ("company", """{"email_domain":"twice.example"}""", null),
        ("company", """{"email_domain":"twice.example"}""", "of the snapshot too"),
        ("company", """{"primary_contact_id":99999}""", "person 99999"),
        ("lead", """{"email":{"email":"nobody","category":"work"}}""", "not an e-mail address"),
        ("lead", """{"status_id":1}""", "status"),
        ("lead", """{"customer_source_id":1}""", "customer source"),
        ("opportunity", """{"name":null}""", "no name"),
        ("opportunity", """{"status":"Paused"}""", "'Paused'"),
        ("opportunity", """{"priority":"Urgent"}""", "'Urgent'"),
        ("opportunity", """{"win_probability":150}""", "150"),
        ("opportunity", """{"pipeline_stage_id":1}""", "pipeline stage"),
        ("opportunity", """{"pipeline_id":1}""", "pipeline"),
        ("opportunity", """{"pipeline_id":"other"}""", "not one of the pipeline"),
        ("opportunity", """{"status":"Open","loss_reason_id":"any"}""", "status Lost"),
        ("opportunity", """{"loss_reason_id":1}""", "loss reason"),
        ("opportunity", """{"close_date":"31.12.2026"}""", "Without CloseDate"),
        ("opportunity", """{"primary_contact_id":99999}""", "person 99999"),
        ("project", """{"name":""}""", "no name"),
        ("project", """{"status":"Frozen"}""", "'Frozen'"),
        ("project", """{"related_resource":{"id":50000009,"type":"lead"}}""", "lead"),
        ("task", """{"status":"Waiting"}""", "'Waiting'"),
        ("task", """{"priority":"Extreme"}""", "'Extreme'"),
        ("task", """{"related_resource":{"id":99999,"type":"person"}}""", "person 99999"),
    ];

    [Fact]
    public async Task The_plan_announces_everything_that_the_run_fails_in()
    {
        using var account = NewAccount(static options =>
        {
            options.People = 60;
            options.Leads = 20;
            options.Projects = 12;
            options.Activities = 0;
        });
        var path = NewFolder();
        (await BackupAsync(account.Client, path, new BackupOptions { Concurrency = 1, Include = [] })).Dispose();
        var told = await SpoilAsync(account, path);
        foreach (var (entity, id) in told.Keys)
        {
            await RecordAccess.Of(account.Client, entity).DeleteAsync(id, default);
        }

        await account.Client.People.CreateAsync(new JsonBody
        {
            ["name"] = "Somebody", ["emails"] = new[] { new JsonBody { ["email"] = "taken@kind.example", ["category"] = "work" } },
        });
        using var snapshot = await OpenEditedAsync(path);
        account.Sandbox.ClearJournal();

        var plan = await PlanAsync(account.Client, snapshot);
        var results = await RunAsync(account.Client, plan);

        var wrong = told.Select(one => (one.Key, Word: one.Value,
                Step: Assert.Single(plan.Steps, step => step.Entity == one.Key.Entity && step.OldId == one.Key.Id)))
            .Where(static one => one.Word is null ? one.Step is not { Action: PlanAction.Create, Reason: null }
                : one.Step.Reason?.Contains(one.Word, StringComparison.Ordinal) != true)
            .Select(static one => $"{one.Key} {one.Step.Action}: '{one.Step.Reason}' should say '{one.Word}'").ToArray();
        Assert.True(wrong.Length == 0, string.Join('\n', wrong));

        var announced = plan.Steps.Where(static step => step.Reason is not null).Select(static step => step.Step).ToHashSet();
        var surprises = results
            .Where(result => result.Status is not (PlanStatus.Done or PlanStatus.Skipped) && !announced.Contains(result.Step))
            .Select(static result => $"{result}: {result.Reason}").ToArray();
        Assert.True(surprises.Length == 0, string.Join('\n', surprises));
        Assert.All(plan.Steps.Where(static step => step is { Action: PlanAction.Create or PlanAction.Update, Reason: null }), step =>
            Assert.Contains(results, result => result.Step == step.Step && result.Status == PlanStatus.Done));
    }

    /// <summary>Gives records of the snapshot values that the service rejects. What the plan is to say about each.</summary>
    private static async Task<Dictionary<(string Entity, long Id), string?>> SpoilAsync(SandboxAccount account, string path)
    {
        var told = new Dictionary<(string Entity, long Id), string?>();
        var fields = await account.Client.Metadata.CustomFieldDefinitions.GetAsync();
        var reason = (await account.Client.Metadata.LossReasons.GetAsync())[0].Id;
        var pipelines = await account.Client.Metadata.Pipelines.GetAsync();
        foreach (var faults in Faults.GroupBy(static fault => fault.Entity))
        {
            var file = Path.Combine(path, CopperSnapshot.EntityOf(faults.Key).Path + ".jsonl.gz");
            var lines = (await ReadAsync(file)).Split('\n', StringSplitOptions.RemoveEmptyEntries);
            var place = 0;
            foreach (var fault in faults)
            {
                var record = JsonNode.Parse(lines[place])!.AsObject();
                if (fault.Entity is "opportunity" or "company" or "task" or "project")
                {
                    record["primary_contact_id"] = null;
                    record["related_resource"] = null;
                }

                foreach (var member in JsonNode.Parse(fault.Json)!.AsObject().ToArray())
                {
                    record[member.Key] = member.Value?.DeepClone();
                }

                foreach (var item in record["custom_fields"]!.AsArray())
                {
                    if (item!["custom_field_definition_id"]!.GetValueKind() == System.Text.Json.JsonValueKind.String)
                    {
                        var name = item["custom_field_definition_id"]!.GetValue<string>();
                        item["custom_field_definition_id"] = fields.First(field => field.Name == name).Id;
                    }
                }

                if (record["loss_reason_id"] is JsonValue lost && lost.GetValueKind() == System.Text.Json.JsonValueKind.String)
                {
                    record["loss_reason_id"] = reason;
                }

                if (record["pipeline_id"] is JsonValue pipeline && pipeline.GetValueKind() == System.Text.Json.JsonValueKind.String)
                {
                    var stage = record["pipeline_stage_id"]!.GetValue<long>();
                    record["pipeline_id"] = pipelines.First(one => one.Stages.TrueForAll(item => item.Id != stage)).Id;
                }

                told.Add((fault.Entity, record["id"]!.GetValue<long>()), fault.Told);
                lines[place++] = record.ToJsonString();
            }

            await WriteAsync(file, string.Join('\n', lines) + "\n");
        }

        return told;
    }

    private static async Task<string> ReadAsync(string file)
    {
        await using var packed = new GZipStream(File.OpenRead(file), CompressionMode.Decompress);
        using var reader = new StreamReader(packed);
        return await reader.ReadToEndAsync();
    }

    private static async Task WriteAsync(string file, string text)
    {
        await using var packed = new GZipStream(File.Create(file), CompressionLevel.Fastest);
        await packed.WriteAsync(Encoding.UTF8.GetBytes(text));
    }
}
