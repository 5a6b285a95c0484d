using System.Text.Json;
using System.Text.Json.Nodes;
using Copper.Client.Bench;

namespace Copper.Client.Tests.Sandbox;

/// <summary>Real accounts have odd records, and recipes need something to find: so has the demo account.</summary>
public class DemoVarietyTests
{
    private static readonly TestAccount Account = new(options =>
    {
        options.People = 1000;
        options.Companies = 300;
        options.Leads = 450;
        options.Opportunities = 250;
        options.Projects = 60;
        options.Tasks = 400;
    });

    public static TheoryData<string, string> TypesOnEntities
    {
        get
        {
            var pairs = new TheoryData<string, string>();
            foreach (string path in new[] { "people", "companies", "leads", "opportunities", "projects", "tasks" })
            {
                foreach (string type in new[] {
                    "String", "Text", "Dropdown", "MultiSelect", "Date", "Checkbox", "Float", "URL", "Percentage", "Currency" })
                {
                    pairs.Add(path, type);
                }
            }

            return pairs;
        }
    }

    [Theory]
    [InlineData("people", "address", "country", "")]
    [InlineData("people", "address", "country", null)]
    [InlineData("people", "address", null, null)]
    [InlineData("people", "last_name", null, null)]
    [InlineData("people", "details", null, "")]
    [InlineData("leads", "monetary_value", null, null)]
    [InlineData("leads", "details", null, "")]
    [InlineData("companies", "primary_contact_id", null, null)]
    [InlineData("companies", "email_domain", null, null)]
    [InlineData("opportunities", "priority", null, null)]
    [InlineData("opportunities", "primary_contact_id", null, null)]
    [InlineData("opportunities", "monetary_value", null, null)]
    [InlineData("tasks", "due_date", null, null)]
    [InlineData("tasks", "related_resource", "id", null)]
    [InlineData("projects", "related_resource", null, null)]
    public void Some_records_have(string path, string member, string? part, string? value)
    {
        Assert.Contains(All(path), record => part is null
            ? (record[member] is null ? value is null : value is not null && record[member]!.ToString() == value)
            : record[member] is JsonObject whole && whole[part]?.ToString() == value);
    }

    [Theory]
    [InlineData("people", "suffix")]
    [InlineData("people", "websites")]
    [InlineData("people", "leads_converted_from")]
    [InlineData("leads", "suffix")]
    [InlineData("leads", "websites")]
    [InlineData("opportunities", "leads_converted_from")]
    public void Some_records_have_filled(string path, string member) =>
        Assert.Contains(All(path), record => record[member] is JsonArray { Count: > 0 } or JsonValue);

    [Theory]
    [MemberData(nameof(TypesOnEntities))]
    public void Some_records_have_a_value_of_every_type_of_custom_field(string path, string type)
    {
        long[] fields =
            [.. Account.Get("/custom_field_definitions").Items.Where(field => (string?)field!["data_type"] == type)
                .Select(field => (long)field!["id"]!)];

        Assert.Contains(All(path), record => record["custom_fields"]!.AsArray().Any(field =>
            fields.Contains((long)field!["custom_field_definition_id"]!) && field["value"] is JsonArray { Count: > 0 } or JsonValue
            && (type != "Checkbox" || (bool)field!["value"]!)));
    }

    [Fact]
    public void There_are_duplicates_to_find()
    {
        Assert.Equal(
            3, All("people")
            .Count(person => string.Equals((string?)person["name"], "Martha Lindqvist", StringComparison.OrdinalIgnoreCase)));
        Assert.Equal(
            2, All("leads")
            .Count(lead =>
                string.Equals((string?)lead["email"]?["email"], "nadia.osei@letters.example", StringComparison.OrdinalIgnoreCase)));
        Assert.Equal(
            2, All("companies")
            .Count(company => ((string)company["name"]!).StartsWith("Larkspur Ceramics", StringComparison.OrdinalIgnoreCase)));
    }

    [Theory]
    [InlineData("people")]
    [InlineData("companies")]
    [InlineData("leads")]
    public void The_owner_of_the_key_has_important_ones_in_Florida(string path) => Assert.NotEmpty(Account.Post(
        $"/{path}/search", new { assignee_ids = new[] { 1001 }, country = "US", state = "FL", tags = new[] { "vip" } }).Ok().Items);

    [Fact]
    public void Dates_in_custom_fields_are_midnights_of_the_account()
    {
        long[] fields =
            [.. Account.Get("/custom_field_definitions").Items.Where(field => (string?)field!["data_type"] == "Date")
                .Select(field => (long)field!["id"]!)];
        var dates = All("people").Concat(All("opportunities")).SelectMany(record => record["custom_fields"]!.AsArray())
            .Where(field => fields.Contains((long)field!["custom_field_definition_id"]!) && field["value"] is not null)
            .Select(field => DateTimeOffset.FromUnixTimeSeconds((long)field!["value"]!).TimeOfDay).Distinct().Order();

        Assert.Equal([TimeSpan.FromHours(7), TimeSpan.FromHours(8)], dates);
    }

    [Fact]
    public void Two_fields_have_one_name() =>
        Assert.Equal(2, Account.Get("/custom_field_definitions").Items.Count(field => (string?)field!["name"] == "Region"));

    // Elsewhere every measurement of reading would end with an exception.
    [Fact]
    public void What_the_bench_reads_without_the_library_can_be_read()
    {
        var options = new JsonSerializerOptions { PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower };

        Assert.All(All("people"), person => Assert.Equal((long)person["id"]!, person.Deserialize<BarePerson>(options)!.Id));
    }

    private static IEnumerable<JsonObject> All(string path) => Enumerable.Range(1, 5)
        .SelectMany(page => Account.Post($"/{path}/search", new { page_size = 200, page_number = page }).Ok().Items)
        .Select(record => record!.AsObject());
}
