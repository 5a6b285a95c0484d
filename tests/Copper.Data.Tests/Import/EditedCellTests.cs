using System.Globalization;
using Copper.Client;
using Copper.Client.CustomFields;
using Copper.Client.Metadata;
using Copper.Client.Models;
using Copper.Data.Columns;
using Copper.Data.Import;
using Copper.Data.Plans;

namespace Copper.Data.Tests.Import;

/// <summary>
/// One cell of an exported file is edited, in each column that is written: that value changes, and the same file again nothing.
/// </summary>
public sealed class EditedCellTests : ImportTest
{
    public static TheoryData<string, string> WrittenColumns
    {
        get
        {
            var data = new TheoryData<string, string>();
            foreach (var map in ColumnMap.All.Where(static map => map.Entity != CopperEntityNames.Activity))
            {
                // Type and id of a related record are one value; a pipeline has stages of its own.
                foreach (var column in map.Columns.Where(static column => column.CanBeWritten
                    && column.Kind is not (ColumnKind.RelatedType or ColumnKind.RelatedId) && column.Field != "pipeline_id"))
                {
                    // See Of_the_company_of_a_person.
                    if ((map.Entity, column.Name) != (CopperEntityNames.Person, "CompanyId"))
                    {
                        data.Add(map.Entity, column.Name);
                    }
                }
            }

            return data;
        }
    }

    public static TheoryData<string> Entities => [.. All];

    private static string[] All => ["person", "company", "lead", "opportunity", "project", "task"];

    [Theory]
    [MemberData(nameof(WrittenColumns))]
    public async Task Of_an_own_column(string entity, string name)
    {
        var column = ColumnMap.Of(entity)!.Find(name)!;
        var rows = await ExportAsync(entity);
        if (name == "LossReason")
        {
            // Only a deal that is lost has one.
            rows.RemoveAll(static row => (string)row["Status"]! != "Lost");
        }

        var edited = With(rows[1], name, await OtherAsync(column, Convert.ToString(rows[1][name], CultureInfo.InvariantCulture)!, rows[1]));

        await AssertOneChangeAsync(entity, rows[0], edited, name);
    }

    [Theory]
    [MemberData(nameof(Entities))]
    public async Task Of_a_custom_field(string entity)
    {
        var definitions = (await Client.Metadata.CustomFieldDefinitions.GetAsync())
            .Where(field => field.IsAvailableOn(entity) && field.DataType != CustomFieldTypes.Connect).ToArray();
        foreach (var field in definitions)
        {
            var rows = await ExportAsync(entity, 2);
            var edited = With(rows[1], field.Name!, OtherOf(field, (string)rows[1][field.Name!]!));

            await AssertOneChangeAsync(entity, rows[0], edited, field.Name!);
        }
    }

    [Theory]
    [InlineData("Name", "Augusta Byron", "name")]
    [InlineData("LastName", "Lovelace", "last_name,name")]
    public async Task Of_a_name_is_not_undone_by_the_same_file_though_its_other_cells_have_become_old(
        string column, string value, string fields)
    {
        Account.Now = Account.Now.AddDays(1);
        await Client.People.CreateAsync(new JsonBody { ["name"] = "Ada King" });
        var row = With((await ExportAsync("person"))[^1], column, value);
        Account.Now = Account.Now.AddDays(1);

        var plan = await PlanAsync(ById("person"), row);

        Assert.Equal(fields, string.Join(",", plan.Steps[0].Body().Names.Order()));
        Assert.All(await RunAsync(Client, plan), static result => Assert.Equal(PlanStatus.Done, result.Status));
        AssertSkipped(await PlanAsync(ById("person"), row));
    }

    [Fact]
    public async Task Of_a_name_without_a_time_of_modification_is_held_where_its_parts_say_something_else()
    {
        var person = await Client.People.CreateAsync(new JsonBody { ["name"] = "Ada King" });

        var plan = await PlanAsync(ById("person"),
            Row(("Id", person.Id), ("Name", "Ada King"), ("FirstName", "Ada"), ("LastName", "Lovelace")));

        Assert.Equal(PlanAction.Hold, plan.Steps[0].Action);
        Assert.Contains("Leave one of the two out", plan.Steps[0].Reason);
    }

    /// <summary>The time of modification of a person does not tell whether the company was changed since.</summary>
    [Fact]
    public async Task Of_the_company_of_a_person_means_the_name_and_an_id_that_contradicts_it_is_held()
    {
        var row = (await ExportAsync("person")).First(static row => row["CompanyId"] is string { Length: > 0 });
        var other = (await ExportAsync("company")).First(company => (string)company["Id"]! != (string)row["CompanyId"]!);

        var held = await PlanAsync(ById("person"), With(row, "CompanyId", other["Id"]));
        var both = await PlanAsync(ById("person"), With(With(row, "CompanyId", other["Id"]), "Company", other["Name"]));
        var id = await PlanAsync(ById("person"), With(With(row, "CompanyId", other["Id"]), "Company", ""));

        Assert.Equal(PlanAction.Hold, held.Steps[0].Action);
        Assert.Contains("Clear one of the two cells", held.Steps[0].Reason);
        Assert.All([both, id], plan => Assert.Equal(IdOf(other), plan.Steps[0].Body()["company_id"]));
    }

    [Fact]
    public async Task Of_a_pipeline_means_a_stage_of_that_pipeline()
    {
        var pipelines = (await Client.Metadata.Pipelines.GetAsync()).Take(2).ToArray();
        var deal = await Client.Opportunities.CreateAsync(new JsonBody
        {
            ["name"] = "Deal",
            ["pipeline_id"] = pipelines[0].Id,
            ["pipeline_stage_id"] = pipelines[0].Stages[0].Id,
            ["primary_contact_id"] = 1,
        });
        var stage = pipelines[1].Stages[^1];

        var moved = await PlanAsync(ById("opportunity"), Row(("Id", deal.Id), ("Pipeline", pipelines[1].Name), ("Stage", stage.Name)));
        var lost = await PlanAsync(ById("opportunity"), Row(("Id", deal.Id), ("Pipeline", pipelines[1].Name), ("Stage", "No such stage")));

        Assert.Equal([pipelines[1].Id, stage.Id], moved.Steps[0].Body().Select(static member => (long)member.Value!));
        Assert.Equal(PlanAction.Hold, lost.Steps[0].Action);
    }

    [Theory]
    [InlineData("DateCreated", "2001-01-01 00:00:00")]
    [InlineData("ConvertedContactId", "4711")]
    public async Task Of_a_column_that_is_never_written_holds_the_row(string column, string value)
    {
        var row = With((await ExportAsync("lead", 1))[0], column, value);

        var step = (await PlanAsync(ById("lead"), row)).Steps[0];

        Assert.Equal(PlanAction.Hold, step.Action);
        Assert.Contains($"The column {column}: '{value}'", step.Reason);
    }

    /// <summary>A spreadsheet in the United States writes dates and flags in its own way, and leaves seconds out.</summary>
    [Fact]
    public async Task Is_none_where_a_spreadsheet_has_written_the_same_in_another_form()
    {
        var culture = CultureInfo.CurrentCulture;
        try
        {
            CultureInfo.CurrentCulture = CultureInfo.GetCultureInfo("en-US");
            foreach (var entity in All)
            {
                var rows = (await ExportAsync(entity)).Select(static row => new ImportRow(row.Headings.Select(heading =>
                    new KeyValuePair<string, object?>(heading, InUnitedStates((string?)row[heading])))));

                AssertSkipped(await PlanAsync(ById(entity), [.. rows]));
            }
        }
        finally
        {
            CultureInfo.CurrentCulture = culture;
        }
    }

    [Fact]
    public async Task Is_none_where_moments_are_exported_in_UTC_and_one_that_is_edited_is_in_UTC()
    {
        var rows = await ExportAsync("task", inUtc: true);
        AssertSkipped(await PlanAsync(ById("task"), [.. rows]));

        var plan = await PlanAsync(ById("task"), With(rows[0], "DueDate", "2027-03-04 05:06:07"));

        Assert.Equal(new DateTimeOffset(2027, 3, 4, 5, 6, 7, TimeSpan.Zero).ToUnixTimeSeconds(), plan.Steps[0].Body()["due_date"]);
    }

    private static string? InUnitedStates(string? cell) =>
        DateTime.TryParseExact(cell, "yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture, DateTimeStyles.None, out var time)
            ? time.ToString("M/d/yyyy H:mm", CultureInfo.InvariantCulture)
            : DateTime.TryParseExact(cell, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day)
                ? day.ToString("M/d/yyyy", CultureInfo.InvariantCulture)
                : cell is "True" or "False" ? cell.ToUpperInvariant() : cell?.Replace("\n", "\r\n");

    private static string OtherOf(CopperCustomFieldDefinition field, string present)
    {
        var labels = field.Options.Select(static option => option.Name!).Where(label => label != present).ToArray();
        return field.DataType switch
        {
            CustomFieldTypes.Dropdown => labels[0],
            CustomFieldTypes.MultiSelect => present == $"{labels[0]}; {labels[1]}" ? labels[0] : $"{labels[0]}; {labels[1]}",
            CustomFieldTypes.Date => "2027-03-04",
            CustomFieldTypes.Checkbox => present == "True" ? "no" : "x",
            CustomFieldTypes.Url => "https://edited.example",
            CustomFieldTypes.Number or CustomFieldTypes.Percentage or CustomFieldTypes.Currency => "12.5",
            _ => "Edited",
        };
    }

    private async Task AssertOneChangeAsync(string entity, ImportRow untouched, ImportRow edited, string column)
    {
        Account.Now = Account.Now.AddMinutes(10);
        var before = await RecordAccess.Of(Client, entity).GetAsync(IdOf(edited), default);

        var plan = await PlanAsync(ById(entity), untouched, edited);

        Assert.Equal(PlanAction.Skip, plan.Steps[0].Action);
        Assert.True(plan.Steps[1].Action == PlanAction.Update,
            $"{column} = '{edited[column]}': {plan.Steps[1].Action} {plan.Steps[1].Reason}");
        Assert.Equal([column], plan.Steps[1].Changes.Select(static change => change.Property));
        Assert.All(
            await RunAsync(Client, plan),
            result => Assert.True(result.Status is PlanStatus.Done or PlanStatus.Skipped,
                $"{column} = '{edited[column]}': {result.Status} {result.Reason}"));
        var again = await PlanAsync(ById(entity), untouched, edited);
        if ((entity, column) == (CopperEntityNames.Person, "Company"))
        {
            // The id beside it has become old; see Of_the_company_of_a_person.
            Assert.Equal([PlanAction.Skip, PlanAction.Hold], again.Steps.Select(static step => step.Action));
        }
        else
        {
            AssertSkipped(again);
        }

        var after = await RecordAccess.Of(Client, entity).GetAsync(IdOf(edited), default);

        // The service sets the probability with the stage.
        var written = plan.Steps[1].Body().Names.Concat(column is "Stage" or "Status" ? ["win_probability"] : []).ToArray();
        var one = RecordFields.WholeImageOf(before, "MM/dd/yyyy");
        var other = RecordFields.WholeImageOf(after, "MM/dd/yyyy");
        foreach (var name in one.Names.Union(other.Names).Except(written).Where(name => !(IsOfName(name) && written.Any(IsOfName))))
        {
            Assert.True(RecordFields.AreEqual(name, one[name], other[name]), $"{column} changed {name} too.");
        }
    }

    private static bool IsOfName(string field) => field is "name" or "prefix" or "first_name" or "middle_name" or "last_name" or "suffix";

    private static long IdOf(ImportRow row) => long.Parse((string)row["Id"]!, CultureInfo.InvariantCulture);

    private async Task<string> OtherAsync(Column column, string present, ImportRow row)
    {
        switch (column.Kind)
        {
            case ColumnKind.Number:
                return "12.5";
            case ColumnKind.Percentage:
                return present == "33" ? "34" : "33";
            case ColumnKind.Day:
                return "2027-03-04";
            case ColumnKind.Time:
                return "2027-03-04 05:06:07";
            case ColumnKind.Email:
                return "edited@address.example";
            case ColumnKind.Phone:
                return "+49 30 4711";
            case ColumnKind.Website or ColumnKind.Social:
                return "https://edited.example";
            case ColumnKind.Tags:
                return "edited; two";
            case ColumnKind.RecordName:
                await foreach (var company in Client.Companies.Search(new SearchQuery()))
                {
                    if (company.Name != present)
                    {
                        return company.Name!;
                    }
                }

                return string.Empty;
            case ColumnKind.RecordId:
                await foreach (var record in RecordAccess.Of(Client, column.Target!).Search(new SearchQuery()))
                {
                    if (record.Id.ToString(CultureInfo.InvariantCulture) is var id && id != present)
                    {
                        return id;
                    }
                }

                return string.Empty;
            case ColumnKind.ListName when column.List == NameList.PipelineStages:
                return (await Client.Metadata.Pipelines.GetAsync()).Single(pipeline => pipeline.Name == (string)row["Pipeline"]!)
                    .Stages.First(stage => stage.Name != present).Name!;
            case ColumnKind.ListName:
                var word = column.List switch
                {
                    NameList.Users => CopperEntityNames.User,
                    NameList.ContactTypes => CopperEntityNames.ContactType,
                    NameList.CustomerSources => CopperEntityNames.CustomerSource,
                    NameList.LossReasons => CopperEntityNames.LossReason,
                    _ => CopperEntityNames.LeadStatus,
                };
                return (await AccountList.Find(Client.Metadata, word)!.GetAsync(default)).First(item => item.Name != present).Name;
            default:
                return column.Name == "EmailDomain" ? "edited.example"
                    : column.Words.FirstOrDefault(word => word != present) ?? "Edited";
        }
    }
}
