using System.Collections;
using System.Collections.Specialized;
using System.Globalization;
using System.Text;
using System.Text.Json;
using Copper.Client.Json;
using Copper.Client.Models;

namespace Copper.Client.Tests.Json;

/// <summary>What is sent is exactly what was set.</summary>
public class JsonBodyTests
{
    private enum Colour
    {
        Red,
    }

    [Fact]
    public void Members_go_out_in_the_order_in_which_they_were_set()
    {
        var body = new JsonBody { ["z"] = 1, ["a"] = 2, ["m"] = 3 };
        body["z"] = 4;

        Assert.Equal("""{"z":4,"a":2,"m":3}""", body.ToString());
        Assert.Equal(["z", "a", "m"], body.Names);
        Assert.Equal(3, body.Count);
    }

    [Fact]
    public void A_member_that_is_null_is_sent_and_one_that_is_not_there_is_not()
    {
        var body = new JsonBody { ["title"] = null, ["name"] = "Ann", ["tags"] = Array.Empty<string>() };
        Assert.True(body.Remove("name"));
        Assert.False(body.Remove("name"));

        Assert.Equal("""{"title":null,"tags":[]}""", body.ToString());
        Assert.True(body.Contains("title"));
        Assert.False(body.Contains("name"));
    }

    [Fact]
    public void An_empty_body_is_an_empty_object() => Assert.Equal("{}", new JsonBody().ToString());

    [Fact]
    public void A_copy_is_changed_on_its_own()
    {
        var body = new JsonBody { ["a"] = 1 };
        var copy = body.Copy();
        copy["b"] = 2;

        Assert.Equal("""{"a":1}""", body.ToString());
        Assert.Equal("""{"a":1,"b":2}""", copy.ToString());
    }

    [Fact]
    public void Moments_go_out_as_unix_seconds() => Assert.Equal(
        """{"a":1518595200,"b":1518595200,"c":1518595200,"d":-1}""",
        new JsonBody
        {
            ["a"] = new DateTimeOffset(2018, 2, 14, 8, 0, 0, 999, TimeSpan.Zero),
            ["b"] = new DateTimeOffset(2018, 2, 14, 9, 0, 0, TimeSpan.FromHours(1)),
            ["c"] = new DateTime(2018, 2, 14, 8, 0, 0, DateTimeKind.Utc),
            ["d"] = new DateTimeOffset(1969, 12, 31, 23, 59, 59, TimeSpan.Zero),
        }.ToString());

    [Fact]
    public void A_date_without_a_zone_is_local_time()
    {
        var local = new DateTime(2018, 2, 14, 8, 0, 0, DateTimeKind.Local);

        Assert.Equal(
            $$"""{"a":{{new DateTimeOffset(local).ToUnixTimeSeconds()}}}""",
            new JsonBody { ["a"] = DateTime.SpecifyKind(local, DateTimeKind.Unspecified) }.ToString());
    }

    [Fact]
    public void Numbers_keep_their_digits_in_every_culture()
    {
        var culture = CultureInfo.CurrentCulture;
        try
        {
            CultureInfo.CurrentCulture = new CultureInfo("de-DE");
            Assert.Equal(
                """{"a":12.50,"b":0.1,"c":1000000,"d":9223372036854775807,"e":18446744073709551615,"f":-7,"g":0.1,"h":1E+300,"i":255}""",
                new JsonBody
                {
                    ["a"] = 12.50m,
                    ["b"] = 0.1,
                    ["c"] = 1_000_000,
                    ["d"] = long.MaxValue,
                    ["e"] = ulong.MaxValue,
                    ["f"] = (short)-7,
                    ["g"] = 0.1f,
                    ["h"] = 1e300,
                    ["i"] = byte.MaxValue,
                }.ToString());
        }
        finally
        {
            CultureInfo.CurrentCulture = culture;
        }
    }

    [Fact]
    public void Nested_values_of_every_kind_are_written() => Assert.Equal(
        """{"list":[1,"b",null,true,[2]],"body":{"x":{"y":null}},"map":{"k":[{"z":1}]},"table":{"7":"seven"}"""
        + ""","guid":"00000000-0000-0000-0000-000000000000","uri":"https://a.example/","enum":"Red"}""",
        new JsonBody
        {
            ["list"] = new object?[] { 1, "b", null, true, new List<int> { 2 } },
            ["body"] = new JsonBody { ["x"] = new JsonBody { ["y"] = null } },
            ["map"] = new OrderedDictionary { ["k"] = new ArrayList { new Hashtable { ["z"] = 1 } } },
            ["table"] = new Hashtable { [7] = "seven" },
            ["guid"] = Guid.Empty,
            ["uri"] = new Uri("https://a.example/"),
            ["enum"] = Colour.Red,
        }.ToString());

    [Fact]
    public void The_models_value_objects_go_out_without_what_the_service_would_reject()
    {
        var body = new JsonBody
        {
            ["emails"] = new CopperList<CopperEmail> {
                new() { Email = "a@b.example", Category = "work", AdditionalMembers = new() { ["verified"] = true } } },
            ["phone_numbers"] = new[] { new CopperPhoneNumber { Number = "1", Category = "mobile" } },
            ["socials"] = new[] { new CopperSocial { Url = "x.example", Category = "other" } },
            ["websites"] = new[] { new CopperWebsite { Url = "y.example", Category = null } },
            ["address"] = new CopperAddress { City = "Rome", AdditionalMembers = new() { ["geo"] = 1 } },
        };

        Assert.Equal(
            """{"emails":[{"email":"a@b.example","category":"work"}],"phone_numbers":[{"number":"1","category":"mobile"}]"""
            + ""","socials":[{"url":"x.example","category":"other"}],"websites":[{"url":"y.example","category":null}]"""
            + ""","address":{"street":null,"city":"Rome","state":null,"postal_code":null,"country":null}}""",
            body.ToString());
    }

    [Fact]
    public void Custom_field_values_of_all_ten_kinds_are_written_as_documented()
    {
        object?[] values =
        [
            "String", "Text\nlines", 262641L, new[] { 262644L, 262645L }, new DateTimeOffset(2018, 2, 14, 0, 0, 0, TimeSpan.Zero), true,
                42.0m, "https://a.example", 50, 1000.10m, null, Array.Empty<long>(),
        ];
        var body = new JsonBody {
            ["custom_fields"] =
                values.Select(static (value, index) => new CopperCustomFieldValue { DefinitionId = index + 1, Value = value }).ToArray() };

        Assert.Equal(
            """[{"1":"String"},{"2":"Text\nlines"},{"3":262641},{"4":[262644,262645]},{"5":1518566400},{"6":true},"""
            + """{"7":42.0},{"8":"https://a.example"},{"9":50},{"10":1000.10},{"11":null},{"12":[]}]""",
            body.ToString().Replace("{\"custom_fields\":", string.Empty, StringComparison.Ordinal)[..^1]
                .Replace("\"custom_field_definition_id\":", "\"", StringComparison.Ordinal)
                    .Replace(",\"value\"", "\"", StringComparison.Ordinal));
    }

    [Fact]
    public void Letters_of_every_script_go_out_as_themselves_and_are_valid_json()
    {
        const string Text = "Zoë 😀 👩‍👩‍👧 שלום مرحبا 中文 <b>&'\"\\ \r\n\t\u0001";

        var json = new JsonBody { [Text] = Text }.ToString();

        Assert.Contains("Zoë ", json, StringComparison.Ordinal);
        Assert.Contains("שלום مرحبا 中文 <b>&'", json, StringComparison.Ordinal);
        using var document = JsonDocument.Parse(json);
        Assert.Equal(
            (Text, Text),
            (document.RootElement.EnumerateObject().Single().Name, document.RootElement.EnumerateObject().Single().Value.GetString()));
    }

    [Fact]
    public void An_emoji_goes_out_as_itself_or_escaped_but_whole()
    {
        using var document = JsonDocument.Parse(new JsonBody { ["a"] = "😀" }.ToString());

        Assert.Equal("😀", document.RootElement.GetProperty("a").GetString());
    }

    [Fact]
    public void Half_a_surrogate_pair_becomes_a_replacement_character()
    {
        var bytes = Encoding.UTF8.GetBytes(new JsonBody { ["a"] = "x\ud83dy" }.ToString());

        using var document = JsonDocument.Parse(bytes);
        Assert.Equal("x\ufffdy", document.RootElement.GetProperty("a").GetString());
    }

    [Theory]
    [InlineData(double.NaN)]
    [InlineData(double.PositiveInfinity)]
    [InlineData(double.NegativeInfinity)]
    [InlineData(float.NaN)]
    public void A_number_that_is_none_is_rejected_with_the_members_name(object number)
    {
        Assert.Contains(
            "'win_probability'", Assert.Throws<ArgumentException>(() => new JsonBody { ["win_probability"] = number })
            .Message, StringComparison.Ordinal);
        Assert.Contains(
            "'values'", Assert.Throws<ArgumentException>(() => new JsonBody { ["values"] = new[] { 1, number } })
            .Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_kind_without_a_json_form_is_rejected_with_the_members_name()
    {
        foreach (var value in new object[] { new object(), TimeSpan.Zero, new StringBuilder(), new Version(1, 0) })
        {
            var failure =
                Assert.Throws<ArgumentException>(() => new JsonBody { ["outer"] = new Hashtable { ["details"] = new[] { value } } });

            Assert.Contains("'details'", failure.Message, StringComparison.Ordinal);
            Assert.Contains(value.GetType().Name, failure.Message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void A_list_that_holds_itself_is_rejected()
    {
        var list = new ArrayList();
        list.Add(list);

        Assert.Throws<ArgumentException>(() => new JsonBody { ["a"] = list });
    }

    [Theory]
    [InlineData("")]
    [InlineData(null)]
    public void A_member_without_a_name_is_rejected(string? name) => Assert.Throws<ArgumentException>(() => new JsonBody { [name!] = 1 });

    [Fact]
    public void Json_text_comes_back_as_it_went_in()
    {
        const string Json = """{"a":12.50,"b":[1,"x",null,true,{"c":{}}],"d":9223372036854775807,"e":"😀","f":-0.001}""";

        using var document = JsonDocument.Parse(JsonBody.Parse(Json).ToString());
        Assert.Equal("12.50", document.RootElement.GetProperty("a").GetRawText());
        Assert.Equal("""[1,"x",null,true,{"c":{}}]""", document.RootElement.GetProperty("b").GetRawText());
        Assert.Equal(long.MaxValue, document.RootElement.GetProperty("d").GetInt64());
        Assert.Equal("😀", document.RootElement.GetProperty("e").GetString());
        Assert.Equal("-0.001", document.RootElement.GetProperty("f").GetRawText());
    }

    [Theory]
    [InlineData("")]
    [InlineData("null")]
    [InlineData("[]")]
    [InlineData("7")]
    [InlineData("{\"a\":1")]
    [InlineData("{\"a\":1}}")]
    [InlineData("{\"\":1}")]
    [InlineData("{\"a\":1e400}")]
    [InlineData("{a:1}")]
    public void Text_that_is_no_json_object_is_rejected(string json) => Assert.Throws<ArgumentException>(() => JsonBody.Parse(json));
}
