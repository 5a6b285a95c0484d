using Copper.Client.Models;
using Copper.Client.Tests.Support;

namespace Copper.Client.Tests.Records;

public class CustomFieldReadingTests : ScriptedTest
{
    private const string Definitions = """
        [{"id":1,"name":"Level","data_type":"Dropdown","available_on":["person"],"options":[{"id":11,"name":"Gold","rank":0}]},
         {"id":2,"name":"Topics","data_type":"MultiSelect","available_on":["person"],"options":[{"id":21,"name":"A"},{"id":22,"name":"B"}]},
         {"id":3,"name":"Since","data_type":"Date","available_on":["person"]},
         {"id":4,"name":"Share","data_type":"Percentage","available_on":["person"]},
         {"id":5,"name":"Level","data_type":"String","available_on":["lead"]},
         {"id":6,"name":"Tomorrow","data_type":"Hologram","available_on":["person"]},
         {"id":7,"name":"Ready","data_type":"Checkbox","available_on":["person"]}]
        """;

    [Theory]
    [InlineData("Level", "11", "Gold")]
    [InlineData("Level", "[11]", "Gold")]
    [InlineData("Level", "99", "99")]
    [InlineData("Level", "null", null)]
    [InlineData("Share", "50", "50")]
    [InlineData("Share", "\"12.5\"", "12.5")]
    [InlineData("Since", "1518566400", "02/14/2018 00:00:00")]
    [InlineData("Since", "\"2/14/2018\"", "02/14/2018 00:00:00")]
    [InlineData("Since", "\"1518566400\"", "02/14/2018 00:00:00")]
    [InlineData("Since", "99999999999999", "99999999999999")]
    [InlineData("Since", "\"soon\"", "soon")]
    [InlineData("Since", "1518595200", "02/14/2018 00:00:00")]
    [InlineData("Since", "1754031600", "08/01/2025 00:00:00")]
    [InlineData("Since", "\"2025-08-01T07:00:00Z\"", "08/01/2025 00:00:00")]
    [InlineData("Since", "\"2025-08-01T00:00:00\"", "08/01/2025 00:00:00")]
    [InlineData("Level", "\"11\"", "Gold")]
    [InlineData("Level", "11.0", "Gold")]
    [InlineData("Ready", "\"false\"", "False")]
    [InlineData("Ready", "0", "False")]
    [InlineData("Ready", "1", "True")]
    [InlineData("Ready", "\"perhaps\"", "perhaps")]
    [InlineData("Topics", "[21,99]", "A; 99")]
    [InlineData("Topics", "22", "B")]
    [InlineData("Topics", "null", "")]
    [InlineData("Tomorrow", "\"x\"", "x")]
    public async Task A_value_reads_as_what_people_know_it_by(string name, string json, string? expected)
    {
        var person = await ReadAsync(Client(), name, json);

        Assert.Equal(
            expected, Convert.ToString(person.CustomFields[name], System.Globalization.CultureInfo.InvariantCulture) is { } text
            && person.CustomFields[name] is not null ? text : null);
    }

    [Fact]
    public async Task The_list_has_the_fields_with_a_value_and_the_others_aside()
    {
        var client = Client();
        Service.ThenJson(Definitions).ThenJson("""
            {"id":1,"custom_fields":[{"custom_field_definition_id":1,"value":null},{"custom_field_definition_id":2,"value":[]},
             {"custom_field_definition_id":4,"value":50},{"custom_field_definition_id":6,"value":""},
             {"custom_field_definition_id":7,"value":false}]}
            """);
        await RunAsync(client.Metadata.CustomFieldDefinitions.GetAsync());
        var person = await RunAsync(client.People.GetAsync(1));

        Assert.Equal([4, 7], person.CustomFields.Select(static field => field.DefinitionId!.Value));
        Assert.Equal([1, 2, 6], person.CustomFields.WithoutValue.Select(static field => field.DefinitionId!.Value));
        Assert.Null(person.CustomFields["Level"]);
        Assert.Empty(Assert.IsAssignableFrom<System.Collections.ICollection>(person.CustomFields["Topics"]));
        Assert.Equal("Level", person.CustomFields.WithoutValue[0].Name);

        // Nothing is lost on the way back.
        var json = System.Text.Json.JsonSerializer.SerializeToElement(person, CopperJsonContext.Default.CopperPerson)
            .GetProperty("custom_fields");
        Assert.Equal(5, json.GetArrayLength());
        Assert.Contains(json.EnumerateArray(), static field => field.GetProperty("custom_field_definition_id").GetInt64() == 1);
    }

    [Fact]
    public async Task Of_fields_of_one_name_the_one_that_the_record_has_counts()
    {
        var client = Client();
        Service.ThenJson(Definitions).ThenJson("""{"id":1,"custom_fields":[{"custom_field_definition_id":5,"value":"high"}]}""");
        await RunAsync(client.Metadata.CustomFieldDefinitions.GetAsync());

        var lead = await RunAsync(client.Leads.GetAsync(1));

        Assert.Equal("high", lead.CustomFields["level"]);
    }

    [Fact]
    public async Task An_account_that_writes_the_day_first_is_read_so()
    {
        var person = await ReadAsync(Client(static options => options.DayFirstDates = true), "Since", "\"3/2/2018\"");

        Assert.Equal(new DateTime(2018, 2, 3), person.CustomFields["Since"]);
    }

    [Fact]
    public async Task A_property_sends_nothing_and_says_that_no_name_is_known()
    {
        var client = Client();
        Service.ThenJson("""{"id":1,"custom_fields":[{"custom_field_definition_id":1,"value":11}]}""");
        var person = await RunAsync(client.People.GetAsync(1));

        Assert.Throws<InvalidOperationException>(() => person.CustomFields["Level"]);
        Assert.Equal("1=11", person.CustomFields.ToString());
        Assert.Equal(11L, person.CustomFields["1"]);
        Assert.Single(Service.Requests);
    }

    [Fact]
    public async Task Definitions_that_come_later_name_the_fields_of_a_record_that_came_before()
    {
        var client = Client();
        Service.ThenJson("""{"id":1,"custom_fields":[{"custom_field_definition_id":1,"value":11}]}""").ThenJson(Definitions);
        var person = await RunAsync(client.People.GetAsync(1));

        await RunAsync(client.Metadata.CustomFieldDefinitions.GetAsync());
        client.Dispose();

        Assert.Equal("Gold", person.CustomFields["Level"]);
    }

    [Fact]
    public async Task Every_record_of_a_page_and_of_a_conversion_knows_its_fields()
    {
        var client = Client();
        Service.ThenJson(Definitions)
            .ThenJson("""
                [{"id":1,"custom_fields":[{"custom_field_definition_id":1,"value":11}]},
                {"id":2,"custom_fields":[{"custom_field_definition_id":1,"value":11}]}]
                """)
            .ThenJson("""{"person":{"id":1,"custom_fields":[{"custom_field_definition_id":1,"value":11}]}}""");
        await RunAsync(client.Metadata.CustomFieldDefinitions.GetAsync());

        var people = await RunAsync(client.People.Search(new Copper.Client.SearchQuery()).ToListAsync());
        var conversion = await RunAsync(client.LeadActions.ConvertAsync(7));

        Assert.All(people, static person => Assert.Equal("Level=Gold", person.CustomFields.ToString()));
        Assert.Equal("Gold", conversion.Person!.CustomFields["Level"]);
    }

    [Theory]
    [InlineData("Sinse", "Did you mean 'Since'? ")]
    [InlineData("", "There is no custom field '' on people. ")]
    [InlineData("99", "There is no custom field '99' on people. ")]
    public async Task A_name_that_no_field_has_is_an_error_with_the_nearest(string name, string message)
    {
        var person = await ReadAsync(Client(), "Share", "50");

        Assert.Contains(message, Assert.ThrowsAny<ArgumentException>(() => person.CustomFields[name]).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_field_of_other_records_is_an_error_and_one_that_the_record_lacks_is_null()
    {
        var client = Client();
        Service.ThenJson(Definitions).ThenJson("""{"id":1,"custom_fields":[]}""");
        await RunAsync(client.Metadata.CustomFieldDefinitions.GetAsync());

        var lead = await RunAsync(client.Leads.GetAsync(1));

        Assert.Null(lead.CustomFields["Level"]);
        var failure = Assert.ThrowsAny<ArgumentException>(() => lead.CustomFields["Since"]);
        Assert.Contains("'Since' (3) is not available on leads; it is on: person", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Dynamic_members_are_the_fields_by_name()
    {
        dynamic fields = (await ReadAsync(Client(), "Share", "50")).CustomFields;

        Assert.Equal(50m, fields.Share);
        Assert.Equal(50m, fields.share);
        Assert.Equal(50m, fields["Share"]);
        Assert.Equal(1, fields.Count);
        Assert.Contains(
            "Share", Assert.ThrowsAny<ArgumentException>((Func<object?>)(() => fields.Shere)).Message, StringComparison.Ordinal);
        Assert.ThrowsAny<ArgumentException>((Func<object?>)(() => fields["Shere"]));
        var provider = (System.Dynamic.IDynamicMetaObjectProvider)fields;
        var names = provider.GetMetaObject(System.Linq.Expressions.Expression.Constant(provider)).GetDynamicMemberNames();
        Assert.Equal(["Share"], names);
    }

    private async Task<CopperPerson> ReadAsync(CopperClient client, string name, string json)
    {
        Service.ThenJson(Definitions);
        var definitions = await RunAsync(client.Metadata.CustomFieldDefinitions.GetAsync());
        var id = definitions.First(definition => definition.Name == name).Id;
        Service.StartOver().ThenJson($$"""{"id":1,"custom_fields":[{"custom_field_definition_id":{{id}},"value":{{json}}}]}""");
        return await RunAsync(client.People.GetAsync(1));
    }

    [Theory]
    [InlineData("""{"custom_field_definition_id":"abc","value":"x"}""", "abc=x")]
    [InlineData("""{"custom_field_definition_id":1.5,"value":"x"}""", "1.5=x")]
    [InlineData("""{"value":"x"}""", "custom field=x")]
    [InlineData("""{"custom_field_definition_id":404,"value":"x"}""", "404=x")]
    [InlineData("""{"custom_field_definition_id":5,"value":"x"}""", "Level=x")]
    public async Task A_field_without_a_definition_of_the_record_is_kept_in_the_list(string field, string text)
    {
        Service.ThenJson(Definitions)
            .ThenJson($$"""
                {"id":1,"custom_fields":[{{field}},
                {"custom_field_definition_id":6,"value":"a"},{"custom_field_definition_id":6,"value":"b"}]}
                """);
        var client = Client();
        await RunAsync(client.Metadata.CustomFieldDefinitions.GetAsync());

        var person = await RunAsync(client.People.GetAsync(1));

        Assert.Equal($"{text}; Tomorrow=a; Tomorrow=b", person.CustomFields.ToString());
    }
}
