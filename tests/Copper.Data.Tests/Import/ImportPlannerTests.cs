using Copper.Client;
using Copper.Client.Models;
using Copper.Data.Import;
using Copper.Data.Plans;

namespace Copper.Data.Tests.Import;

/// <summary>Rows become steps: what is meant is written, what is not certain is held, and an unchanged file changes nothing.</summary>
public sealed class ImportPlannerTests : ImportTest
{
    public static TheoryData<string> Entities => ["person", "company", "lead", "opportunity", "project", "task"];

    [Theory]
    [MemberData(nameof(Entities))]
    public async Task An_exported_file_that_nobody_edited_changes_nothing(string entity)
    {
        var rows = await ExportAsync(entity);
        Account.Sandbox.ClearJournal();

        var plan = await new ImportPlanner(Client, new ImportOptions { Entity = entity, MatchOn = ["Id"] }).PlanAsync(rows);

        Assert.All(plan.Steps, static step => Assert.True(step.Action == PlanAction.Skip, $"{step}: {step.Reason} {step.Changes}"));
        Assert.Equal(rows.Count, plan.Steps.Count);
        Assert.Empty(Account.Writes);
    }

    [Theory]
    [MemberData(nameof(Entities))]
    public async Task The_same_with_what_a_spreadsheet_must_not_run_and_with_blank_cells_that_clear(string entity)
    {
        var rows = await ExportAsync(entity, spreadsheetSafe: true);

        var plan = await new ImportPlanner(Client, new ImportOptions { Entity = entity, MatchOn = ["Id"], EmptyClears = true })
            .PlanAsync(rows);

        Assert.All(plan.Steps, static step => Assert.True(step.Action == PlanAction.Skip, $"{step}: {step.Reason} {step.Changes}"));
    }

    [Theory]
    [InlineData("person", "Title", "Countess", "title")]
    [InlineData("person", "City", "Ockham", "address")]
    [InlineData("person", "Email", "new@address.example", "emails")]
    [InlineData("person", "Tags", "one; two", "tags")]
    [InlineData("company", "EmailDomain", "new.example", "email_domain")]
    [InlineData("opportunity", "MonetaryValue", "12.5", "monetary_value")]
    [InlineData("opportunity", "CloseDate", "2027-03-04", "close_date")]
    [InlineData("opportunity", "WinProbability", "33", "win_probability")]
    [InlineData("task", "DueDate", "2027-03-04 05:06:07", "due_date")]
    [InlineData("lead", "Company", "Engines", "company_name")]
    [InlineData("project", "Details", "one\ntwo", "details")]
    public async Task An_edited_cell_changes_that_value_only(string entity, string column, string value, string field)
    {
        var rows = await ExportAsync(entity, 3);
        rows[1] = With(rows[1], column, value);

        var plan = await new ImportPlanner(Client, new ImportOptions { Entity = entity, MatchOn = ["Id"] }).PlanAsync(rows);

        Assert.Equal([PlanAction.Skip, PlanAction.Update, PlanAction.Skip], plan.Steps.Select(static step => step.Action));
        Assert.Equal([field], plan.Steps[1].Body().Names);
        Assert.Equal([column], plan.Steps[1].Changes.Select(static change => change.Property));
        Assert.All(await RunAsync(Client, plan), static result => Assert.NotEqual(PlanStatus.Failed, result.Status));
        var again = await new ImportPlanner(Client, new ImportOptions { Entity = entity, MatchOn = ["Id"] }).PlanAsync(rows);
        Assert.All(again.Steps, static step => Assert.True(step.Action == PlanAction.Skip, $"{step}: {step.Changes}"));
    }

    [Fact]
    public async Task The_other_addresses_and_all_categories_stay()
    {
        var person = await Client.People.CreateAsync(new JsonBody
        {
            ["name"] = "Ada",
            ["emails"] = new[] { new CopperEmail { Email = "a@ada.example", Category = "personal" },
                new CopperEmail { Email = "b@ada.example", Category = "other" } },
            ["address"] = new CopperAddress { Street = "1 Mill Lane", City = "London" },
        });

        await ImportAsync(new ImportOptions { Entity = "person", MatchOn = ["Id"] },
            Row(("Id", person.Id), ("Email", "new@ada.example"), ("City", "Ockham")));

        var after = await Client.People.GetAsync(person.Id);
        Assert.Equal(["new@ada.example personal", "b@ada.example other"],
            after.Emails.Select(static email => $"{email.Email} {email.Category}"));
        Assert.Equal("1 Mill Lane, Ockham", after.Address!.ToString());
    }

    [Fact]
    public async Task The_first_rule_that_finds_a_record_counts()
    {
        var ada = await Client.People.CreateAsync(
            new JsonBody { ["name"] = "Ada King", ["emails"] = new[] { Email("ada@x.example"), Email("ada@y.example") } });
        var bob = await Client.People.CreateAsync(new JsonBody { ["name"] = "Bob Stone" });
        var options = new ImportOptions { Entity = "person", MatchOn = ["Email", "Name"] };

        var plan = await new ImportPlanner(Client, options).PlanAsync(
        [
            Row(("Name", "Countess"), ("Email", "ADA@Y.example"), ("Title", "t")),
            Row(("Name", "bob  stone"), ("Email", "bob@new.example"), ("Title", "t")),
            Row(("Name", "Carl New"), ("Email", "carl@new.example"), ("Title", "t")),
        ]);

        Assert.Equal([(PlanAction.Update, ada.Id, "Email"), (PlanAction.Update, bob.Id, "Name"), (PlanAction.Create, null, null)],
            plan.Steps.Select(static step => (step.Action, step.Id, step.MatchedBy)));
    }

    [Fact]
    public async Task What_is_not_certain_is_held()
    {
        await Client.People.CreateAsync(new JsonBody { ["name"] = "John Twin" });
        await Client.People.CreateAsync(new JsonBody { ["name"] = "John Twin" });
        var options = new ImportOptions { Entity = "person", MatchOn = ["Id", "Email", "Name"] };

        var plan = await new ImportPlanner(Client, options).PlanAsync(
        [
            Row(("Id", ""), ("Email", ""), ("Name", "John Twin"), ("Title", "a")),
            Row(("Id", "999999"), ("Email", ""), ("Name", "Ada"), ("Title", "a")),
            Row(("Id", ""), ("Email", ""), ("Name", ""), ("Title", "a")),
            Row(("Id", ""), ("Email", "no address"), ("Name", "Eve"), ("Title", "a")),
            Row(("Id", ""), ("Email", "f@f.example"), ("Name", "Fay"), ("Title", "a")),
            Row(("Id", ""), ("Email", "f@f.example"), ("Name", "Fay"), ("Title", "a")),
            Row(("Id", ""), ("Email", "f@f.example"), ("Name", "Fay"), ("Title", "b")),
        ]);

        Assert.Equal(
            [PlanAction.Hold, PlanAction.Hold, PlanAction.Hold, PlanAction.Hold, PlanAction.Create, PlanAction.Skip, PlanAction.Hold],
                plan.Steps.Select(static step => step.Action));
        Assert.Contains("Several people match", plan.Steps[0].Reason);
        Assert.Contains("no person with the id 999999", plan.Steps[1].Reason);
        Assert.Contains("nothing to match on", plan.Steps[2].Reason);
        Assert.Contains("not an e-mail address", plan.Steps[3].Reason);
        Assert.Contains("Row 5 says the same", plan.Steps[5].Reason);
        Assert.Contains("Row 5 means the same", plan.Steps[6].Reason);
    }

    /// <summary>Lists of fairs name a person twice, with less the second time.</summary>
    [Theory]
    [InlineData("FAY@F.example", "", "1", false, PlanAction.Skip)]
    [InlineData("f@f.example", " ", "2", false, PlanAction.Skip)]
    [InlineData("f@f.example", "", "1", true, PlanAction.Hold)]
    [InlineData("f@f.example", "CTO", "1", false, PlanAction.Hold)]
    public async Task A_second_row_of_one_person_waits_only_if_it_says_something_else(
        string email, string title, string note, bool emptyClears, PlanAction action)
    {
        var options = new ImportOptions
        {
            Entity = "person",
            MatchOn = ["Email"],
            EmptyClears = emptyClears,
            ColumnMap = new Dictionary<string, string?> { ["Booth"] = null },
        };

        var plan = await new ImportPlanner(Client, options).PlanAsync(
        [
            Row(("Email", email.ToLowerInvariant()), ("Name", "Fay"), ("Title", "CEO"), ("Booth", "1")),
            Row(("Email", email), ("Name", "Fay"), ("Title", title), ("Booth", note)),
        ]);

        Assert.Equal([PlanAction.Create, action], plan.Steps.Select(static step => step.Action));
    }

    [Fact]
    public async Task FillEmpty_Protect_and_Skip_leave_what_is_there()
    {
        var person = await Client.People.CreateAsync(new JsonBody { ["name"] = "Ada", ["title"] = "CEO" });
        var row = Row(("Id", person.Id), ("Title", "CTO"), ("Details", "new"), ("City", "London"));

        var filled = await PlanAsync(new ImportOptions { Entity = "person", MatchOn = ["Id"], OnMatch = ImportMatchAction.FillEmpty }, row);
        var guarded = await PlanAsync(new ImportOptions { Entity = "person", MatchOn = ["Id"], Protect = ["Details"] }, row);
        var skipped = await PlanAsync(new ImportOptions { Entity = "person", MatchOn = ["Id"], OnMatch = ImportMatchAction.Skip }, row);
        var absent = await PlanAsync(new ImportOptions { Entity = "person", MatchOn = ["Name"], CreatesMissing = false },
            Row(("Name", "Nobody Here")));

        Assert.Equal(["details", "address"], filled.Steps[0].Body().Names);
        Assert.Equal(["title", "address"], guarded.Steps[0].Body().Names);
        Assert.Equal(PlanAction.Skip, skipped.Steps[0].Action);
        Assert.Equal(PlanAction.Skip, absent.Steps[0].Action);
    }

    [Fact]
    public async Task A_blank_cell_says_nothing_unless_it_clears()
    {
        var person = await Client.People.CreateAsync(new JsonBody { ["name"] = "Ada", ["title"] = "CEO", ["tags"] = new[] { "x" } });
        var row = Row(("Id", person.Id), ("Title", ""), ("Tags", " "));

        Assert.Equal(PlanAction.Skip, (await PlanAsync(new ImportOptions { Entity = "person", MatchOn = ["Id"] }, row)).Steps[0].Action);
        await ImportAsync(new ImportOptions { Entity = "person", MatchOn = ["Id"], EmptyClears = true }, row);

        var after = await Client.People.GetAsync(person.Id);
        Assert.Null(after.Title);
        Assert.Empty(after.Tags);
    }

    [Fact]
    public async Task Headings_of_other_files_are_known_or_mapped()
    {
        var options = new ImportOptions
        {
            Entity = "person",
            MatchOn = ["Email"],
            ColumnMap = new Dictionary<string, string?> { ["Kunde"] = "Title", ["Notiz intern"] = null },
        };

        var plan = await PlanAsync(options, Row(
            ("Full Name", "Ada King"), ("Email 1", "ada@new.example"), ("Email 1 Type", "Personal"), ("Email 2", "b@new.example"),
                ("Zip Code", "12345"), ("Kunde", "Boss"), ("Notiz intern", "x")));

        var body = plan.Steps[0].Body();
        Assert.Equal(["address", "emails", "name", "title"], body.Names.Order());
        Assert.Contains("personal", body["emails"]!.ToString());
    }

    [Theory]
    [InlineData("Titel", "did you mean Title")]
    [InlineData("Shoe size", "'Shoe size'")]
    public async Task An_unknown_column_is_rejected_before_a_record_is_read(string heading, string because)
    {
        Account.Sandbox.ClearJournal();

        var failure = await Assert.ThrowsAsync<ImportException>(
            () => PlanAsync(new ImportOptions { Entity = "person", MatchOn = ["Name"] }, Row(("Name", "Ada"), (heading, "x"))));

        Assert.Contains(because, failure.Message);
        Assert.DoesNotContain(Account.Requests, static request => request.Contains("search", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("person", "Email", "needs a column Email")]
    [InlineData("person", "Shoe", "no rule for a person")]
    [InlineData("person", "CustomField:Shoe", "needs a column of the custom field")]
    [InlineData("activity", "Id", "cannot be imported")]
    public async Task A_rule_that_cannot_work_is_rejected(string entity, string rule, string because) => Assert.Contains(
        because, (await Assert.ThrowsAsync<ImportException>(
            () => PlanAsync(new ImportOptions { Entity = entity, MatchOn = [rule] }, Row(("Name", "Ada"))))).Message);

    [Theory]
    [InlineData("opportunity", "WinProbability", "50%", "no whole number")]
    [InlineData("opportunity", "WinProbability", "150", "0 to 100")]
    [InlineData("opportunity", "MonetaryValue", "much", "not a number")]
    [InlineData("opportunity", "CloseDate", "46022", "no date")]
    [InlineData("opportunity", "Stage", "Nowhere", "There are:")]
    [InlineData("person", "Assignee", "Nobody", "There are:")]
    [InlineData("person", "Company", "No such company", "no company")]
    [InlineData("task", "RelatedId", "seven", "RelatedType: '' is not one of")]
    public async Task A_cell_that_cannot_be_taken_holds_its_row(string entity, string column, string value, string because)
    {
        var rows = await ExportAsync(entity, 2);
        rows[0] = With(rows[0], column, value);

        var plan = await new ImportPlanner(Client, new ImportOptions { Entity = entity, MatchOn = ["Id"] }).PlanAsync(rows);

        Assert.Equal(PlanAction.Hold, plan.Steps[0].Action);
        Assert.Contains(because, plan.Steps[0].Reason);
        Assert.Equal(PlanAction.Skip, plan.Steps[1].Action);
    }

    [Fact]
    public async Task Custom_fields_are_written_by_their_labels()
    {
        var rows = await ExportAsync("person", 2);
        var definitions = (await Client.Metadata.CustomFieldDefinitions.GetAsync()).Where(static field => field.IsAvailableOn("person"))
            .ToArray();
        foreach (var field in definitions.Where(static field => field.DataType != "Connect"))
        {
            var value = field.DataType switch
            {
                "Dropdown" => field.Options[^1].Name!,
                "MultiSelect" => $"{field.Options[0].Name}; {field.Options[1].Name}",
                "Date" => "2027-03-04",
                "Checkbox" => "x",
                "URL" => "https://x.example",
                "String" or "Text" => "Text",
                _ => "12.5",
            };
            rows[0] = With(rows[0], field.Name!, value);
        }

        var options = new ImportOptions { Entity = "person", MatchOn = ["Id"] };
        Assert.All(await RunAsync(Client, await new ImportPlanner(Client, options).PlanAsync(rows)), static result =>
            Assert.True(result.Status is PlanStatus.Done or PlanStatus.Skipped, result.Reason));

        var again = await new ImportPlanner(Client, options).PlanAsync(rows);
        Assert.All(again.Steps, static step => Assert.True(step.Action == PlanAction.Skip, $"{step.Reason} {step.Changes}"));
    }

    [Fact]
    public async Task A_company_is_named_by_its_name()
    {
        var company = await Client.Companies.CreateAsync(new JsonBody { ["name"] = "Analytical Engines" });

        await ImportAsync(new ImportOptions { Entity = "person", MatchOn = ["Name"] },
            Row(("Name", "Ada New"), ("Company", "analytical engines")));
        var person = await FirstAsync("Ada New");
        Assert.Equal(company.Id, person.CompanyId);
    }

    private async Task<CopperPerson> FirstAsync(string name)
    {
        await foreach (var person in Client.People.Search(new SearchQuery { Filter = new JsonBody { ["name"] = name } }))
        {
            return person;
        }

        throw new InvalidOperationException(name);
    }
}
