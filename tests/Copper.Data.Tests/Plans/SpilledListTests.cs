using Copper.Client;
using Copper.Client.Models;
using Copper.Data.Columns;
using Copper.Data.Plans;
using Copper.Data.Tests.Support;

namespace Copper.Data.Tests.Plans;

/// <summary>What does not stay in memory comes back as it was, and leaves nothing behind.</summary>
public sealed class SpilledListTests
{
    [Fact]
    public void Steps_come_back_as_they_were()
    {
        CopperPlanStep[] steps =
        [
            .. Enumerable.Range(1, 5).Select(static number => new CopperPlanStep
            {
                Step = number,
                Action = PlanAction.Update,
                Entity = "person",
                Id = 7,
                OldId = number % 2 == 0 ? null : -number,
                Name = number == 3 ? null : "half a \ud83d character, Zoë and 李小龍",
                Row = number,
                MatchedBy = "Email",
                Changes = number == 4 ? new PlanChangeList("Title: 'CEO' -> 'CTO'")
                    : new PlanChangeList([new PlanChange("Title", null, ""), new PlanChange("Phone", "1", "2")]),
                Group = number == 5 ? 3 : null,
                Reason = "two\r\nlines",
                Modified = "2026-01-31T08:00:00Z",
                Fields = """{"title":"CTO"}""",
                Before = number == 2 ? null : """{"title":null}""",
            }.Sealed()),
        ];

        using var plan = new ChangePlan(steps);

        Assert.Equal(steps.Select(static step => step.ToJson()), plan.Steps.Select(static step => step.ToJson()));
        Assert.Equal(4, plan.Find(4)!.Step);
        Assert.Null(plan.Find(6));
        Assert.Equal([1, 3, 5], plan.StepsOf(static head => head.HasOldId).Select(static step => step.Step));
    }

    /// <summary>A step is read by whoever carries it out, while another one is planned again.</summary>
    [Fact]
    public async Task Several_threads_read_one_list()
    {
        using var plan = new ChangePlan(Enumerable.Range(1, 300).Select(static number => new CopperPlanStep
        {
            Step = number, Action = PlanAction.Create, Entity = "person", Fields = $$"""{"name":"{{new string('x', number)}}"}""",
        }));

        await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Task.Run(() => Assert.All(
            plan.Steps, static step => Assert.Equal((int)step.Step, ((string)step.Body()["name"]!).Length)))));
    }

    [Fact]
    public void Values_of_cells_keep_their_types()
    {
        object?[] values =
        [
            null, "text", string.Empty, true, false, 7L, 7, 0.1, 1.50m, new DateTime(2026, 1, 31, 8, 0, 0, DateTimeKind.Local),
            new DateTime(2026, 1, 31), new DateTimeOffset(2026, 1, 31, 8, 0, 0, TimeSpan.FromHours(-5)), new object?[] { "a", null, 2L },
            new Uri("https://engines.example"),
        ];
        using var list = new SpilledList<object?[]>(
            static (writer, item) => writer.WriteValue(item), static reader => (object?[])reader.ReadValue()!);
        for (var i = 0; i < 5; i++)
        {
            list.Add(values);
        }

        Assert.All(list, read =>
        {
            Assert.Equal(values, read);
            Assert.Equal(values.Select(static value => value?.GetType()), read.Select(static value => value?.GetType()));
            Assert.Equal("1.50", Convert.ToString(read[8], System.Globalization.CultureInfo.InvariantCulture));
            Assert.Equal(DateTimeKind.Local, ((DateTime)read[9]!).Kind);
        });
    }

    /// <summary>Close dates too, in an account that writes the day before the month.</summary>
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Records_come_back_as_they_were(bool isDayFirst)
    {
        using var account = new SandboxAccount();
        var client = account.Connect(isDayFirst: isDayFirst);
        foreach (var entity in CopperEntities.Primary.Append(CopperEntities.Activity))
        {
            using var records = SpilledRecords.New(client, entity);
            var originals = new List<ICopperRecord>();
            await foreach (var record in RecordAccess.Of(client, entity.Name).Search(new SearchQuery()))
            {
                originals.Add(record);
                records.Add(record);
            }

            Assert.True(originals.Count > 5);
            Assert.Equal(originals.Select(ImageOf), records.Select(ImageOf));
            Assert.Equal(originals.Select(record => entity.DatesOf(record)), records.Select(record => entity.DatesOf(record)));
        }
    }

    private static string ImageOf(ICopperRecord record) =>
        $"{record.Id} {record} {RecordFields.WholeImageOf(record, "MM/dd/yyyy")} {(record as CopperPerson)?.CompanyName}";

    [Fact]
    public void Nothing_is_left_in_the_temporary_folder()
    {
        using var file = new SpillFile();
        file.Append([1, 2, 3], 3);
        Assert.Equal([2, 3], file.Read(1, 2));

        if (!OperatingSystem.IsWindows())
        {
            // It has no name while it is open already: a killed process leaves nothing.
            Assert.Empty(Directory.GetFiles(Path.GetTempPath(), "copper-*.tmp"));
        }
    }
}
