using Copper.Client;
using Copper.Client.CustomFields;
using Copper.Data.Import;
using Copper.Data.Plans;

namespace Copper.Data.Tests.Import;

/// <summary>What the headings of a file stand for.</summary>
public sealed class HeadingTests : ImportTest
{
    private static readonly ImportOptions ByName = new() { Entity = "person", MatchOn = ["Name"] };

    [Fact]
    public async Task Numbers_and_types_of_an_export_of_the_web_application_are_known()
    {
        var plan = await PlanAsync(ByName, Row(
            ("Full Name", "Ada New"),
            ("Email 1", "a@new.example"),
            ("Email 1 Type", "Personal"),
            ("Email 4", "d@new.example"),
            ("Phone Number 2", "123456789"),
            ("Phone Number 2 Type", "mobile"),
            ("Website 1", "https://one.example"),
            ("Website 2", "https://two.example"),
            ("Social 1", "https://linkedin.com/in/ada")));

        var body = plan.Steps[0].Body();
        Assert.Equal(
            """[{"email":"a@new.example","category":"personal"},{"email":"d@new.example","category":"work"}]""", Json(body, "emails"));
        Assert.Equal("""[{"number":"123456789","category":"mobile"}]""", Json(body, "phone_numbers"));
        Assert.Equal(
            """[{"url":"https://one.example","category":"work"},{"url":"https://two.example","category":"work"}]""",
            Json(body, "websites"));
        Assert.Equal("""[{"url":"https://linkedin.com/in/ada","category":"linkedin"}]""", Json(body, "socials"));
    }

    [Fact]
    public async Task A_type_alone_changes_the_category_and_an_unknown_one_holds_the_row()
    {
        var ada = await Client.People.CreateAsync(new JsonBody { ["name"] = "Ada King", ["emails"] = new[] { Email("a@ada.example") } });

        await ImportAsync(ById("person"), Row(("Id", ada.Id), ("Email", "a@ada.example"), ("Email Type", "Personal")));
        var held = await PlanAsync(ById("person"), Row(("Id", ada.Id), ("Email", "a@ada.example"), ("Email Type", "Private")));

        Assert.Equal("personal", (await Client.People.GetAsync(ada.Id)).Emails.Single().Category);
        Assert.Contains("'Private' is not one of: work, personal, other", held.Steps[0].Reason);
    }

    [Fact]
    public async Task A_custom_field_comes_before_another_word_for_a_column()
    {
        var field = await Client.CustomFieldDefinitions.CreateAsync(
            new JsonBody { ["name"] = "Source", ["data_type"] = CustomFieldTypes.ShortText, ["available_on"] = new[] { "lead" } });

        var plan = await PlanAsync(new ImportOptions { Entity = "lead", MatchOn = ["Name"] }, Row(("Name", "Ada New"), ("Source", "Fair")));

        Assert.Equal($$"""[{"custom_field_definition_id":{{field.Id}},"value":"Fair"}]""", Json(plan.Steps[0].Body(), "custom_fields"));
    }

    [Fact]
    public async Task A_custom_field_that_is_newer_than_what_is_cached_is_found()
    {
        await Client.Metadata.CustomFieldDefinitions.GetAsync();
        using var other = Account.Connect();
        await other.CustomFieldDefinitions.CreateAsync(
            new JsonBody { ["name"] = "Shoe size", ["data_type"] = CustomFieldTypes.Number, ["available_on"] = new[] { "person" } });

        var plan = await PlanAsync(ByName, Row(("Name", "Ada New"), ("Shoe size", "38")));

        Assert.Equal(["Name", "Shoe size"], plan.Steps[0].Changes.Select(static change => change.Property));
    }

    [Fact]
    public async Task The_id_of_a_field_that_is_gone_is_a_column_from_which_nothing_is_written()
    {
        var ada = await Client.People.CreateAsync(new JsonBody { ["name"] = "Ada King" });

        AssertSkipped(await PlanAsync(ById("person"), Row(("Id", ada.Id), ("4711", ""))));
        var held = await PlanAsync(ById("person"), Row(("Id", ada.Id), ("4711", "x")));

        Assert.Contains("no custom field 4711", held.Steps[0].Reason);
    }

    [Theory]
    [InlineData("Name,Full Name", "stand for one column")]
    [InlineData("Name,Email Type", "which the file does not have")]
    [InlineData("Name,,", "has no heading")]
    public async Task Headings_that_cannot_be_used_are_one_error(string headings, string because)
    {
        var row = new ImportRow(headings.Split(',').Select(static heading => new KeyValuePair<string, object?>(heading, "x")));

        Assert.Contains(because, (await Assert.ThrowsAsync<ImportException>(() => PlanAsync(ByName, row))).Message);
    }

    [Fact]
    public async Task A_map_and_protected_columns_that_name_nothing_are_one_error()
    {
        var stray = new ImportOptions { Entity = "person", MatchOn = ["Name"], ColumnMap = Map("Kunde", "Name") };
        var target = new ImportOptions { Entity = "person", MatchOn = ["Name"], ColumnMap = Map("Name", "Nme") };
        var guarded = new ImportOptions { Entity = "person", MatchOn = ["Name"], Protect = ["Kunde"] };

        Assert.Contains("'Kunde', which is no heading", await MessageAsync(stray));
        Assert.Contains("did you mean Name", await MessageAsync(target));
        Assert.Contains("'Kunde', which is to be protected", await MessageAsync(guarded));

        async Task<string> MessageAsync(ImportOptions options) =>
            (await Assert.ThrowsAsync<ImportException>(() => PlanAsync(options, Row(("Name", "Ada"))))).Message;
    }

    [Fact]
    public async Task A_connect_field_is_said_to_hold_no_values()
    {
        var field = (await Client.Metadata.CustomFieldDefinitions.GetAsync())
            .First(static field => field.DataType == CustomFieldTypes.Connect && field.IsAvailableOn("person"));

        var failure = await Assert.ThrowsAsync<ImportException>(() => PlanAsync(ByName, Row(("Name", "Ada"), (field.Name!, "x"))));

        Assert.Contains("holds connections to other records", failure.Message);
    }

    [Fact]
    public async Task No_rows_are_an_empty_plan() => Assert.Empty((await PlanAsync(ByName)).Steps);

    private static Dictionary<string, string?> Map(string heading, string? column) => new() { [heading] = column };

    private static string Json(JsonBody body, string member) => new JsonBody { ["v"] = body[member] }.ToString()[5..^1];

    [Theory]
    [InlineData("H2")]
    [InlineData("")]
    [InlineData(" ")]
    public async Task A_column_without_a_heading_is_none_unless_it_holds_something(string heading)
    {
        var plan = await PlanAsync(ByName, Row(("Name", "Ada New"), (heading, "")), Row(("Name", "Bob New"), (heading, null)));
        Assert.All(plan.Steps, static step => Assert.Equal(PlanAction.Create, step.Action));

        var rejection = await Assert.ThrowsAsync<ImportException>(
            () => PlanAsync(ByName, Row(("Name", "Ada New"), (heading, "")), Row(("Name", "Bob New"), (heading, "x"))));
        Assert.Contains("has no heading", rejection.Message, StringComparison.Ordinal);
        Assert.Contains("'x' in row 2", rejection.Message, StringComparison.Ordinal);

        var options = new ImportOptions
        {
            Entity = "person", MatchOn = ["Name"], ColumnMap = new Dictionary<string, string?> { [heading] = null },
        };
        Assert.Equal(PlanAction.Create, (await PlanAsync(options, Row(("Name", "Ada New"), (heading, "x")))).Steps[0].Action);
    }

    [Theory]
    [InlineData("\uFEFFName")]
    [InlineData("\uFEFF\"Name\"")]
    public async Task The_mark_of_an_encoding_is_no_part_of_a_heading(string heading) =>
        Assert.Equal("Ada New", (await PlanAsync(ByName, Row((heading, "Ada New")))).Steps[0].Body()["name"]);

    [Fact]
    public async Task Words_fit_the_entity()
    {
        var options = new ImportOptions { Entity = "opportunity", MatchOn = ["Name"] };
        var rejection = await Assert.ThrowsAsync<ImportException>(() => PlanAsync(options, Row(("Name", "Deal"), ("Kunde", "x"))));
        Assert.Contains("no field of an opportunity", rejection.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("person", "Mail,Surname", "Email,LastName")]
    [InlineData("person", "Mail,E-mail 2,First,Family name", "Email,FirstName,LastName")]
    [InlineData("person", "Mobile,Organisation,Zip/Postcode,Given name", "Phone,Company,PostalCode,FirstName")]
    [InlineData("person", "Phone,Mobile,Mail (privat)", "Phone2,Email")]
    [InlineData("company", "Firma,PLZ,Homepage", "Name,PostalCode,Website")]
    [InlineData("person", "Compnay,Emial,Frist name,Assigne,Detials,Countrry", "Company,Email,FirstName,Assignee,Details,Country")]
    [InlineData("opportunity", "Deal name,Amount,Organisation,Standnummer", "Name,MonetaryValue,Company,")]
    public async Task An_unknown_heading_comes_with_the_column_that_is_likeliest(string entity, string headings, string columns)
    {
        var cells = headings.Split(',').Select(static heading => (heading, (object?)"x")).Append(("Id", "1")).ToArray();

        var failure = await Assert.ThrowsAsync<ImportException>(() => PlanAsync(ById(entity), Row(cells)));

        Assert.Equal(failure.Headings.Count, failure.Columns.Count);
        Assert.Equal(columns, string.Join(',', failure.Columns));
        var map = failure.Headings.Zip(failure.Columns).ToDictionary(static pair => pair.First, static pair => pair.Second);
        map[headings.Split(',')[0]] = failure.Columns[0];
        if (failure.Headings.Count == headings.Split(',').Length)
        {
            // The map as it is offered is one that works.
            var options = new ImportOptions { Entity = entity, MatchOn = ["Id"], ColumnMap = map };
            Assert.Single((await PlanAsync(options, Row(cells))).Steps);
        }
    }

    [Theory]
    [InlineData("CustomFields,Name")]
    [InlineData("Id,Name,AdditionalMembers,AssigneeId")]
    public async Task Records_that_were_written_as_they_are_come_with_the_command_that_makes_rows(string headings)
    {
        var cells = headings.Split(',').Select(static heading => (heading, (object?)"x")).ToArray();
        var failure = await Assert.ThrowsAsync<ImportException>(() => PlanAsync(ByName, Row(cells)));
        Assert.Contains("FlatRecordConverter makes the rows", failure.Message, StringComparison.Ordinal);
        Assert.Empty(failure.Headings);
    }

    [Theory]
    [InlineData("System.Object[]")]
    [InlineData("System.String[]")]
    [InlineData("System.Collections.Hashtable")]
    [InlineData("System.Collections.Generic.List`1[System.String]")]
    [InlineData("Copper.Client.Models.CopperAddress")]
    [InlineData("CopperPS.Core.CopperSession")]
    [InlineData("@{Street=1 High Street; City=London}")]
    public async Task A_cell_that_is_the_name_of_a_type_is_an_error_of_the_file(string cell)
    {
        var failure = await Assert.ThrowsAsync<ImportException>(
            () => PlanAsync(ByName, Row(("Name", "Ada"), ("Tags", "x")), Row(("Name", "Bob"), ("Tags", cell))));
        Assert.Contains($"Row 2 holds '{cell}' in the column Tags", failure.Message, StringComparison.Ordinal);
        Assert.Contains("FlatRecordConverter", failure.Message, StringComparison.Ordinal);

        var options = new ImportOptions { Entity = "person", MatchOn = ["Name"], ColumnMap = Map("Tags", null) };
        Assert.Equal(PlanAction.Create, (await PlanAsync(options, Row(("Name", "Ada New"), ("Tags", cell)))).Steps[0].Action);
    }

    [Theory]
    [InlineData("System.Object is a class")]
    [InlineData("System administrator")]
    [InlineData("CopperPS")]
    public async Task Words_alike_are_no_names_of_types(string cell) => Assert.Equal(
        PlanAction.Create, (await PlanAsync(ByName, Row(("Name", "Ada New"), ("Title", cell)))).Steps[0].Action);

    [Fact]
    public async Task Lists_that_were_written_as_texts_are_read_where_nothing_is_lost()
    {
        var person = await Client.People.GetAsync(1);
        var row = Row(("Id", "1"), ("Emails", person.Emails.ToString()), ("PhoneNumbers", person.PhoneNumbers.ToString()),
            ("Websites", person.Websites.ToString()), ("Socials", person.Socials.ToString()));
        AssertSkipped(await PlanAsync(ById("person"), row));
    }
}
