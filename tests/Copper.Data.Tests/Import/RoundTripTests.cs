using System.Globalization;
using Copper.Client;
using Copper.Client.CustomFields;
using Copper.Client.Models;
using Copper.Data.Columns;
using Copper.Data.Plans;

namespace Copper.Data.Tests.Import;

/// <summary>
/// Records hold whatever other programs have written: separators, quotes, formulas, digits that look like numbers or dates. What is
/// exported comes back as it was, and an edited cell changes its value only. COPPER_TEST_RECORDS says how many random records of each
/// entity.
/// </summary>
public sealed class RoundTripTests : ImportTest
{
    private static readonly string[] Texts =
    [
        "Smith, Jones & Co; Ltd", "say \"hello\"", "'quoted'", "=SUM(A1:A2)", "+49 30 4711", "-5", "@home", "007", "1,5", "1.5", "5%",
        "2026-01-31", "1/2/2026", "Dec 2026", "TRUE", "no", "Zoë Müller-Straße", "李小龍", "tab\there", "two\nlines", "a;b", "a; b;c",
        "None", "null", "€ 12", "x", "0", "1E5", "#N/A", "C:\\new", "https://x.example/?a=1;b=2", "''", "Ünï \u200bzero", "0x1F",
    ];

    public static TheoryData<string> Entities => ["person", "company", "lead", "opportunity", "project", "task"];

    [Theory]
    [MemberData(nameof(Entities))]
    public async Task What_any_program_has_written_comes_back_unchanged(string entity)
    {
        var changed = await ScrambleAsync(entity, new Random(1));
        Assert.True(changed > 20, $"{changed}");

        foreach (var isSafe in new[] { false, true })
        {
            foreach (var isUtc in new[] { false, true })
            {
                AssertSkipped(await PlanAsync(ById(entity), [.. await ExportAsync(entity, int.MaxValue, isSafe, isUtc)]));
            }
        }
    }

    /// <summary>Each custom field of each record in turn gets the value of another record.</summary>
    [Theory]
    [MemberData(nameof(Entities))]
    public async Task A_custom_field_takes_the_value_of_another_record(string entity)
    {
        await ScrambleAsync(entity, new Random(2));
        var fields = (await Client.Metadata.CustomFieldDefinitions.GetAsync())
            .Where(field => field.IsAvailableOn(entity) && field.DataType != CustomFieldTypes.Connect).ToArray();
        var random = new Random(3);
        foreach (var field in fields)
        {
            var rows = await ExportAsync(entity);
            var (row, other) = (rows[random.Next(rows.Count)], rows[random.Next(rows.Count)]);
            var (present, wanted) = ((string)row[field.Name!]!, (string)other[field.Name!]!);
            if (present == wanted || wanted.Length == 0)
            {
                continue;
            }

            var edited = With(row, field.Name!, wanted);
            var step = (await PlanAsync(ById(entity), edited)).Steps[0];
            Assert.True(step.Action == PlanAction.Update, $"{field.Name}: '{present}' -> '{wanted}': {step.Action} {step.Reason}");
            Assert.Equal(["custom_fields"], step.Body().Names);
            Assert.Equal(field.Id, Assert.Single(RecordFields.Items(step.Body()["custom_fields"])).Id);
            await ImportAsync(ById(entity), edited);
            AssertSkipped(await PlanAsync(ById(entity), edited));
            var now = (await ExportAsync(entity)).Single(other => (string)other["Id"]! == (string)row["Id"]!);
            Assert.Equal(wanted, now[field.Name!]);
        }
    }

    [Theory]
    [MemberData(nameof(Entities))]
    public async Task A_text_that_looks_like_something_else_is_written_as_it_stands(string entity)
    {
        var column = entity == "company" ? "Street" : "Details";
        var row = (await ExportAsync(entity, 1))[0];

        // What a spreadsheet shows for an error is no street; in a note it is quoted.
        foreach (var text in Texts.Where(text => entity != "company" || text[0] != '#'))
        {
            // White space around a text does not count, and a spreadsheet is kept from running it.
            foreach (var cell in new[] { text, (string)SpreadsheetText.Neutralize(text)! })
            {
                var plan = await PlanAsync(ById(entity), With(row, column, cell));
                if (plan.Steps[0].Action == PlanAction.Skip)
                {
                    continue;
                }

                await ImportAsync(ById(entity), With(row, column, cell));
                Account.Now = Account.Now.AddMinutes(1);
                row = (await ExportAsync(entity, 1))[0];
                Assert.Equal(text, row[column]);
            }
        }
    }

    /// <summary>Writes random values to random records, as another program would. The number of records that took them.</summary>
    private async Task<int> ScrambleAsync(string entity, Random random)
    {
        var count = int.Parse(Environment.GetEnvironmentVariable("COPPER_TEST_RECORDS") ?? "60", CultureInfo.InvariantCulture);
        var access = RecordAccess.Of(Client, entity);
        var ids = new List<long>();
        await foreach (var record in access.Search(new SearchQuery()))
        {
            ids.Add(record.Id);
        }

        var fields = (await Client.Metadata.CustomFieldDefinitions.GetAsync())
            .Where(field => field.IsAvailableOn(entity) && field.DataType != CustomFieldTypes.Connect).ToArray();
        var changed = 0;
        for (var number = 0; number < count; number++)
        {
            var body = BodyOf(entity, random, number, fields);
            var id = ids[random.Next(ids.Count)];
            var outcome = (await access.UpdateAsync([(id, body)], default))[0];
            Assert.True(outcome.Failure is null or CopperValidationException, $"{outcome.Failure}");
            changed += outcome.Failure is null ? 1 : 0;
            Account.Now = Account.Now.AddSeconds(random.Next(5));
        }

        return changed;
    }

    private static JsonBody BodyOf(string entity, Random random, int number, CopperCustomFieldDefinition[] fields)
    {
        string Text() => Texts[random.Next(Texts.Length)];
        T[] Some<T>(Func<T> make) => [.. Enumerable.Range(0, random.Next(5)).Select(_ => make())];
        var body = new JsonBody
        {
            ["tags"] = Some(Text).Distinct().ToArray(),
            ["custom_fields"] = fields.Where(_ => random.Next(2) == 0)
                .Select(field => new JsonBody { ["custom_field_definition_id"] = field.Id, ["value"] = ValueOf(field, random) }).ToArray(),
        };
        if (random.Next(2) == 0)
        {
            body["name"] = Text() + " " + Text();
        }

        body["details"] = Text();
        if (entity is "person" or "company" or "lead")
        {
            body["address"] = new CopperAddress { Street = Text(), City = Text(), State = Text(), PostalCode = Text(), Country = "DE" };
            body["phone_numbers"] = Some(
                () => new CopperPhoneNumber { Number = Text(), Category = random.Next(2) == 0 ? "work" : "mobile" });
            body["websites"] = Some(() => new CopperWebsite { Url = $"https://w{random.Next(99)}.example/a;b", Category = "work" });
        }

        switch (entity)
        {
            case "person":
                body["title"] = Text();
                body["emails"] = Enumerable.Range(0, random.Next(5)).Select(place => Email($"p{number}-{place}@many.example",
                    random.Next(2) == 0 ? "work" : "personal")).ToArray();
                break;
            case "lead":
                body["monetary_value"] = random.Next(100_000) / 100m;
                body["company_name"] = Text();
                break;
            case "opportunity":
                body["monetary_value"] = random.Next(100_000) / 100m;
                body["close_date"] = $"0{1 + random.Next(9)}/1{random.Next(9)}/2027";
                break;
            case "task":
                body["due_date"] = 1_790_000_000 + random.Next(10_000_000);
                body["reminder_date"] = random.Next(2) == 0 ? null : 1_790_000_000 + random.Next(10_000_000);
                break;
        }

        return body;
    }

    private static object? ValueOf(CopperCustomFieldDefinition field, Random random) => random.Next(6) == 0 ? null : field.DataType switch
    {
        CustomFieldTypes.Dropdown => field.Options[random.Next(field.Options.Count)].Id,
        CustomFieldTypes.MultiSelect => field.Options.Where(_ => random.Next(2) == 0).Select(static option => option.Id).ToArray(),
        CustomFieldTypes.Date => new DateTimeOffset(2020 + random.Next(9), 1 + random.Next(12), 1 + random.Next(28), 0, 0, 0, TimeSpan.Zero)
            .ToUnixTimeSeconds(),
        CustomFieldTypes.Checkbox => random.Next(2) == 0,
        CustomFieldTypes.Number or CustomFieldTypes.Currency => random.Next(-100_000, 100_000) / 100m,
        CustomFieldTypes.Percentage => random.Next(101),
        CustomFieldTypes.Url => $"https://u{random.Next(99)}.example/?a=1;b=2",
        _ => Texts[random.Next(Texts.Length)],
    };
}
