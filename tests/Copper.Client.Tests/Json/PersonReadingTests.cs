using System.Text.Json;
using Copper.Client.Json;
using Copper.Client.Models;
using Copper.Client.Tests.Support;

namespace Copper.Client.Tests.Json;

/// <summary>People are read as the service sends them today, and may send them tomorrow.</summary>
public class PersonReadingTests : ScriptedTest
{
    /// <summary>The documented example with all ten kinds of custom fields (developer.copper.com/people/fetch-a-person-by-id).</summary>
    private const string Documented = """
        {
          "id": 27140359, "name": "My Contact", "prefix": null, "first_name": "My", "middle_name": null, "last_name": "Contact",
          "suffix": null,
          "address": {
            "street": "123 Main Street", "city": "Savannah", "state": "Georgia", "postal_code": "31410", "country": "United States"
          },
          "assignee_id": 137658, "company_id": 9607580, "company_name": "Dunder Mifflin", "contact_type_id": 451490,
          "details": "Line 1\nLine 2",
          "emails": [
            { "email": "mycontact_1233@noemail.com", "category": "work" }, { "email": "my@home.example", "category": "personal" }
          ],
          "phone_numbers": [ { "number": "415-123-45678", "category": "mobile" } ],
          "socials": [ { "url": "facebook.com/test_lead", "category": "facebook" } ],
          "tags": ["a", "b"], "title": "CEO",
          "websites": [ { "url": "https://example.com", "category": "work" } ],
          "custom_fields": [
            { "custom_field_definition_id": 1, "value": "Text fields are 255 characters or less!" },
            { "custom_field_definition_id": 2, "value": "Text area fields can have\nnew lines" },
            { "custom_field_definition_id": 3, "value": 262641, "computed_value": "Gold" },
            { "custom_field_definition_id": 4, "value": [262644, 262645], "computed_value": ["Red", "Blue"] },
            { "custom_field_definition_id": 5, "value": 1518595200 },
            { "custom_field_definition_id": 6, "value": true },
            { "custom_field_definition_id": 7, "value": 42.5 },
            { "custom_field_definition_id": 8, "value": "https://www.copper.com" },
            { "custom_field_definition_id": 9, "value": 50 },
            { "custom_field_definition_id": 10, "value": 1000.10 },
            { "custom_field_definition_id": 11, "value": null },
            { "custom_field_definition_id": 12, "value": [] }
          ],
          "date_created": 1490045162, "date_modified": 1490045237, "date_last_contacted": null, "date_lead_created": null,
          "interaction_count": 3, "leads_converted_from": [ { "lead_id": 8894157, "converted_timestamp": 1490045162 } ],
          "monetary_unit": "USD", "monetary_value": 2500, "converted_unit": "EUR", "converted_value": "2500.50"
        }
        """;

    [Fact]
    public async Task Every_documented_member_is_read()
    {
        var person = await ReadAsync(Documented);

        Assert.Equal(
            (27140359, "My Contact", "My", "Contact", "CEO"), (person.Id, person.Name, person.FirstName, person.LastName, person.Title));
        Assert.Null(person.Prefix);
        Assert.Equal((137658, 9607580, 451490, 3), (person.AssigneeId, person.CompanyId, person.ContactTypeId, person.InteractionCount));
        Assert.Equal("Dunder Mifflin", person.CompanyName);
        Assert.Equal("Line 1\nLine 2", person.Details);
        Assert.Equal("123 Main Street, Savannah, Georgia, 31410, United States", person.Address!.ToString());
        Assert.Equal("mycontact_1233@noemail.com", person.Email);
        Assert.Equal(["work", "personal"], person.Emails.Select(static email => email.Category));
        Assert.Equal("415-123-45678", Assert.Single(person.PhoneNumbers).Number);
        Assert.Equal("facebook.com/test_lead", Assert.Single(person.Socials).Url);
        Assert.Equal("https://example.com", Assert.Single(person.Websites).Url);
        Assert.Equal(["a", "b"], person.Tags);
        Assert.Equal(new DateTimeOffset(2017, 3, 20, 21, 26, 2, TimeSpan.Zero), person.DateCreated);
        Assert.Null(person.DateLastContacted);
        Assert.Equal(
            (2500m, "USD", 2500.50m, "EUR"), (person.MonetaryValue, person.MonetaryUnit, person.ConvertedValue, person.ConvertedUnit));
        Assert.Equal(8894157L, Assert.Single(person.LeadsConvertedFrom)["lead_id"]);
        Assert.Null(person.AdditionalMembers);
    }

    [Fact]
    public async Task Custom_fields_of_all_kinds_are_plain_values()
    {
        var list = (await ReadAsync(Documented)).CustomFields;
        var fields = list.ToDictionary(static field => field.DefinitionId!.Value);

        Assert.Equal("Text fields are 255 characters or less!", fields[1].Value);
        Assert.Equal("Text area fields can have\nnew lines", fields[2].Value);
        Assert.Equal((262641L, "Gold"), (fields[3].Value, fields[3].ComputedValue));
        Assert.Equal([262644L, 262645L], Assert.IsType<JsonArray>(fields[4].Value));
        Assert.Equal(["Red", "Blue"], Assert.IsType<JsonArray>(fields[4].ComputedValue));
        Assert.Equal(1518595200L, fields[5].Value);
        Assert.Equal(true, fields[6].Value);
        Assert.Equal(42.5m, fields[7].Value);
        Assert.Equal("https://www.copper.com", fields[8].Value);
        Assert.Equal(50L, fields[9].Value);
        Assert.Equal("1000.10", Convert.ToString(fields[10].Value, System.Globalization.CultureInfo.InvariantCulture));
        Assert.DoesNotContain(list, static field => field.IsEmpty);
        Assert.Equal([11, 12], list.WithoutValue.Select(static field => field.DefinitionId!.Value));
        Assert.Equal("3=Gold", fields[3].ToString());
        Assert.Equal("4=Red; Blue", fields[4].ToString());
    }

    [Fact]
    public async Task Unknown_members_are_kept_at_every_depth_as_plain_values()
    {
        var person = await ReadAsync("""
            {"id":7,"new_text":"a","new_number":12.50,"new_flag":true,"new_null":null,
             "new_list":[1,"b",null,[2]],"new_object":{"deep":{"deeper":[{"x":1}]}},
             "emails":[{"email":"a@b.example","category":"work","verified":true}],
             "address":{"city":"Rome","geo":{"lat":41.9}},
             "custom_fields":[{"custom_field_definition_id":1,"value":"x","source":{"by":"import"}}]}
            """);

        var more = person.AdditionalMembers!;
        Assert.Equal(["new_text", "new_number", "new_flag", "new_null", "new_list", "new_object"], more.Keys);
        Assert.Equal(("a", 12.50m, true, null), (more["new_text"], more["new_number"], more["new_flag"], more["new_null"]));
        var list = Assert.IsType<JsonArray>(more["new_list"]);
        Assert.Equal((1L, "b", null, 2L), (list[0], list[1], list[2], ((JsonArray)list[3]!)[0]));
        var deep = (AdditionalMembers)((AdditionalMembers)more["new_object"]!)["deep"]!;
        Assert.Equal(1L, ((AdditionalMembers)((JsonArray)deep["deeper"]!)[0]!)["x"]);
        Assert.Equal(true, person.Emails[0].AdditionalMembers!["verified"]);
        Assert.Equal(41.9m, ((AdditionalMembers)person.Address!.AdditionalMembers!["geo"]!)["lat"]);
        Assert.Equal("import", ((AdditionalMembers)person.CustomFields.First().AdditionalMembers!["source"]!)["by"]);
    }

    [Fact]
    public async Task No_public_value_is_of_a_type_of_the_json_library()
    {
        var person = await ReadAsync("""{"id":7,"a":{"b":[1]},"custom_fields":[{"value":{"c":1}}],"leads_converted_from":[{"d":[{}]}]}""");

        Assert.All(Values(person.AdditionalMembers).Concat(Values(person.CustomFields.First().Value))
            .Concat(Values(person.LeadsConvertedFrom)), static value =>
            Assert.False(value?.GetType().Namespace!.StartsWith("System.Text.Json", StringComparison.Ordinal) ?? false));
    }

    [Fact]
    public async Task Nothing_but_an_id_is_needed_and_every_member_may_be_null()
    {
        var names = new[]
        {
            "name", "prefix", "first_name", "middle_name", "last_name", "suffix", "address", "assignee_id", "company_id", "company_name",
                "contact_type_id", "details",
            "emails", "phone_numbers", "socials", "websites", "tags", "title", "custom_fields", "date_created", "date_modified",
                "date_last_contacted",
            "date_lead_created", "interaction_count", "leads_converted_from", "monetary_unit", "monetary_value", "converted_unit",
                "converted_value",
        };
        foreach (var json in new[] {
            """{"id":7}""", """{"id":7,""" + string.Join(",", names.Select(static name => $"\"{name}\":null")) + "}" })
        {
            var person = await ReadAsync(json);

            Assert.Equal(7, person.Id);
            Assert.Null(person.AdditionalMembers);
            Assert.Null(person.Email);
            Assert.Null(person.Address);
            foreach (var property in typeof(CopperPerson).GetProperties()
                .Where(static property => typeof(System.Collections.IList).IsAssignableFrom(property.PropertyType)))
            {
                Assert.Empty(Assert.IsAssignableFrom<System.Collections.IList>(property.GetValue(person)));
            }
        }
    }

    [Theory]
    [InlineData("name", "5", "5")]
    [InlineData("name", "true", "true")]
    [InlineData("name", "12.50", "12.50")]
    [InlineData("title", """{"a":1}""", """{"a":1}""")]
    public async Task Text_may_come_as_something_else(string member, string json, string expected)
    {
        var person = await ReadAsync($$"""{"id":7,"{{member}}":{{json}}}""");

        Assert.Equal(expected, member == "name" ? person.Name : person.Title);
    }

    [Theory]
    [InlineData("42", 42L)]
    [InlineData("\"42\"", 42L)]
    [InlineData("42.0", 42L)]
    [InlineData("\"42.0\"", 42L)]
    [InlineData("4.2e1", 42L)]
    [InlineData("9007199254740993", 9007199254740993L)]
    [InlineData("\"9007199254740993\"", 9007199254740993L)]
    [InlineData("42.5", null)]
    [InlineData("\"\"", null)]
    [InlineData("\"many\"", null)]
    [InlineData("1e40", null)]
    [InlineData("true", null)]
    [InlineData("[42]", null)]
    [InlineData("""{"id":42}""", null)]
    public async Task Whole_numbers_are_read_from_what_makes_sense_and_else_null(string json, long? expected)
    {
        var person = await ReadAsync($$"""{"id":7,"company_id":{{json}},"name":"Ann"}""");

        Assert.Equal(expected, person.CompanyId);
        Assert.Equal("Ann", person.Name);
    }

    [Theory]
    [InlineData("250000.0", "250000.0")]
    [InlineData("\"250000.0\"", "250000.0")]
    [InlineData("12.50", "12.50")]
    [InlineData("\"-1e3\"", "-1000")]
    [InlineData("0.1", "0.1")]
    [InlineData("1e40", "")]
    [InlineData("\"1,5\"", "")]
    [InlineData("\"a lot\"", "")]
    [InlineData("{}", "")]
    public async Task Money_keeps_its_digits(string json, string expected)
    {
        var person = await ReadAsync($$"""{"id":7,"monetary_value":{{json}},"name":"Ann"}""");

        Assert.Equal(expected, Convert.ToString(person.MonetaryValue, System.Globalization.CultureInfo.InvariantCulture));
        Assert.Equal("Ann", person.Name);
    }

    [Theory]
    [InlineData("27140359")]
    [InlineData("9223372036854775807")]
    [InlineData("4294967297")]
    [InlineData("\"4294967297\"")]
    public async Task Ids_may_be_of_any_size(string json) =>
        Assert.Equal(
            long.Parse(json.Trim('"'), System.Globalization.CultureInfo.InvariantCulture), (await ReadAsync($$"""{"id":{{json}}}""")).Id);

    [Theory]
    [InlineData("1518595200", "2018-02-14T08:00:00Z")]
    [InlineData("\"1518595200\"", "2018-02-14T08:00:00Z")]
    [InlineData("1518595200.75", "2018-02-14T08:00:00.75Z")]
    [InlineData("\"2018-02-14T08:00:00Z\"", "2018-02-14T08:00:00Z")]
    [InlineData("\"2018-02-14T09:00:00+01:00\"", "2018-02-14T08:00:00Z")]
    [InlineData("\"2018-02-14\"", "2018-02-14T00:00:00Z")]
    [InlineData("-86400", "1969-12-31T00:00:00Z")]
    [InlineData("4102444800", "2100-01-01T00:00:00Z")]
    [InlineData("\"\"", null)]
    [InlineData("\"soon\"", null)]
    [InlineData("1e300", null)]
    [InlineData("[]", null)]
    [InlineData("{}", null)]
    [InlineData("true", null)]
    public async Task Moments_are_read_from_seconds_and_text_and_are_utc(string json, string? expected)
    {
        var person = await ReadAsync($$"""{"id":7,"date_created":{{json}},"name":"Ann"}""");

        Assert.Equal(
            expected is null ? null
            : DateTimeOffset.Parse(expected, System.Globalization.CultureInfo.InvariantCulture), person.DateCreated);
        Assert.Equal(expected is null ? null : TimeSpan.Zero, person.DateCreated?.Offset);
        Assert.Equal("Ann", person.Name);
    }

    [Theory]
    [InlineData("""{"email":"a@b.example"}""", 1)]
    [InlineData("""[{"email":"a@b.example"},null,"x",7,[{"email":"c"}],{"email":"d@b.example"}]""", 2)]
    [InlineData("null", 0)]
    [InlineData("\"a@b.example\"", 0)]
    [InlineData("7", 0)]
    [InlineData("false", 0)]
    [InlineData("[]", 0)]
    public async Task A_list_of_objects_may_come_as_a_single_one_or_as_nonsense(string json, int count)
    {
        var person = await ReadAsync($$"""{"id":7,"emails":{{json}},"name":"Ann"}""");

        Assert.Equal(count, person.Emails.Count);
        Assert.Equal("Ann", person.Name);
    }

    [Theory]
    [InlineData("\"vip\"", "vip")]
    [InlineData("""["vip",null,7,true]""", "vip; 7; true")]
    [InlineData("null", "")]
    public async Task Tags_are_text_whatever_comes(string json, string expected) =>
        Assert.Equal(expected, (await ReadAsync($$"""{"id":7,"tags":{{json}}}""")).Tags.ToString());

    [Theory]
    [InlineData("\"Main Street\"")]
    [InlineData("7")]
    [InlineData("[]")]
    [InlineData("""[{"city":"Rome"}]""")]
    [InlineData("false")]
    public async Task An_address_of_another_shape_costs_only_the_address(string json)
    {
        var person = await ReadAsync($$"""{"id":7,"address":{{json}},"name":"Ann","new":1}""");

        Assert.Null(person.Address);
        Assert.Equal("Ann", person.Name);
        Assert.Equal(1L, person.AdditionalMembers!["new"]);
    }

    [Fact]
    public async Task An_address_of_empty_text_is_read_and_shows_nothing() =>
        Assert.Equal(string.Empty, (await ReadAsync("""{"id":7,"address":{"street":"","city":null,"state":" "}}""")).Address!.ToString());

    [Fact]
    public async Task Every_member_may_have_every_wrong_shape_and_the_record_survives()
    {
        var names = typeof(CopperPerson).GetProperties()
            .Where(static property => property.Name is not ("Id" or "Email" or "AdditionalMembers"))
            .Select(static property => JsonNamingPolicy.SnakeCaseLower.ConvertName(property.Name)).ToArray();
        Assert.True(names.Length > 25);
        string[] shapes =
            ["7", "-1.5e300", "\"x\"", "true", "null", "[]", "{}", "[[]]", "[{}]", "[7]", "[null]", """{"a":{"b":[]}}""",
                """[{"email":7,"number":[],"url":{},"category":[1],"value":{},"custom_field_definition_id":"x"}]"""];
        foreach (var name in names)
        {
            foreach (var shape in shapes)
            {
                var person = await ReadAsync($$"""{"{{name}}":{{shape}},"id":7,"last":"kept"}""");

                Assert.Equal(7, person.Id);
                Assert.Equal("kept", person.AdditionalMembers!["last"]);
            }
        }
    }

    [Theory]
    [InlineData("""{"id":7,"name":"Bad \ud83d end\n\"q\" \u00e4 \ud83d\ude00"}""", "Bad \ufffd end\n\"q\" ä 😀")]
    [InlineData("""{"id":7,"name":"\ude00"}""", "\ufffd")]
    public async Task Half_a_surrogate_pair_costs_only_that_character(string json, string expected) =>
        Assert.Equal(expected, (await ReadAsync(json)).Name);

    [Fact]
    public async Task Half_a_surrogate_pair_in_an_unknown_member_does_no_harm()
    {
        var person = await ReadAsync("""{"id":7,"new":{"\ud83d":"\ud83d","list":["\ude00"]},"name":"Ann"}""");

        Assert.Equal("Ann", person.Name);
        Assert.Equal("\ufffd", ((AdditionalMembers)person.AdditionalMembers!["new"]!)["\ufffd"]);
    }

    [Fact]
    public async Task Text_of_every_script_survives()
    {
        const string Name = "Zoë 😀 👩‍👩‍👧 שלום مرحبا 中文 \u2028 \u0001";
        var json = JsonSerializer.Serialize(Name);

        Assert.Equal(Name, (await ReadAsync($$"""{"id":7,"name":{{json}}}""")).Name);
    }

    [Theory]
    [InlineData("""{"name":"Ann"}""")]
    [InlineData("""{"id":null,"name":"Ann"}""")]
    [InlineData("""{"id":"x","name":"Ann"}""")]
    public async Task Something_without_an_id_is_no_person(string json) =>
        await Assert.ThrowsAsync<Copper.Client.CopperProtocolException>(() => ReadAsync(json));

    private static IEnumerable<object?> Values(object? value) => value switch
    {
        AdditionalMembers members => members.Values.SelectMany(Values).Append(value),
        System.Collections.IEnumerable items and not string => items.Cast<object?>().SelectMany(Values).Append(value),
        _ => [value],
    };

    private async Task<CopperPerson> ReadAsync(string json)
    {
        Service.StartOver().Then(200, json);
        var sent = System.Text.RegularExpressions.Regex.Match(json, @"""id"":\s*""?(\d{1,19})");
        var id = long.TryParse(sent.Groups[1].Value, out var number) ? number : 7;
        return await Client(static options => options.MaxRetries = 0).People.GetAsync(id);
    }
}
