using System.Reflection;
using Copper.Client;
using Copper.Client.Json;
using Copper.Client.Models;
using Copper.Data.Columns;

namespace Copper.Data.Plans;

/// <summary>
/// Whether the value of a field in a plan is of the type that the field has. A plan may come back from a spreadsheet or an editor, and
/// what does not fit is better found before the first step is sent than by the service, or by a conversion halfway.
/// </summary>
internal static class PlanFieldCheck
{
    private const string WholeNumber = "a whole number";

    /// <summary>What is wrong with the value; null when nothing is.</summary>
    /// <param name="entity">The entity, in the API's singular word.</param>
    /// <param name="field">The member of the body.</param>
    /// <param name="value">Its value, as <see cref="JsonBody.Parse"/> reads it.</param>
    public static string? ProblemOf(string entity, string field, object? value)
    {
        if (value is null)
        {
            return null;
        }

        return field switch
        {
            RecordFields.CustomFields => ProblemOfCustomFields(value),
            "related_resource" or "parent" => RecordEnd.From(value) is null
                ? Problem(field, value, $$"""{"id":7,"type":"{{CopperEntityNames.Person}}"}""")
                : null,
            "type" => value is AdditionalMembers ? null : Problem(field, value, $$"""{"category":"{{CopperEntityNames.User}}","id":0}"""),
            "email" => value is AdditionalMembers ? null : Problem(field, value, """{"email":"a@b.example","category":"work"}"""),
            _ => ProblemOfProperty(entity, field, value),
        };
    }

    private static string? ProblemOfCustomFields(object value)
    {
        const string Form = """a list such as [{"custom_field_definition_id":7,"value":"x"}]""";
        return value is JsonArray items
            && items.All(static item => item is AdditionalMembers members
                && members.TryGetValue("custom_field_definition_id", out var id) && id is long and > 0
                && members.ContainsKey("value"))
            ? null
            : Problem(RecordFields.CustomFields, value, Form);
    }

    private static string? ProblemOfProperty(string entity, string field, object value)
    {
        var type = CopperEntities.All.First(one => one.Name == entity).ModelType.GetProperty(
            RecordFields.PropertyOf(field), BindingFlags.Instance | BindingFlags.Public)?.PropertyType;
        var inner = type is null ? null : Nullable.GetUnderlyingType(type) ?? type;
        if (inner is null || Fits(inner, value))
        {
            return null;
        }

        return Problem(field, value, Form(inner));
    }

    private static bool Fits(Type type, object value) =>
        IsWhole(type) ? value is long
        : IsNumber(type) ? value is long or decimal or double
        : type == typeof(bool) ? value is bool
        : type == typeof(string) || type == typeof(DateTime) ? value is string
        : type == typeof(CopperAddress) ? value is AdditionalMembers
        : !typeof(System.Collections.IEnumerable).IsAssignableFrom(type) || (value is JsonArray items && items.All(item =>
            typeof(IEnumerable<string>).IsAssignableFrom(type) ? item is string : item is AdditionalMembers));

    private static string Form(Type type) =>
        IsWhole(type) ? WholeNumber
        : IsNumber(type) ? "a number"
        : type == typeof(bool) ? "true or false"
        : type == typeof(string) || type == typeof(DateTime) ? "a text in quotes"
        : type == typeof(CopperAddress) ? """an object such as {"city":"Rome"}"""
        : typeof(IEnumerable<string>).IsAssignableFrom(type) ? """a list of texts such as ["a","b"]"""
        : "a list of objects";

    private static bool IsWhole(Type type) => type == typeof(long) || type == typeof(int) || type == typeof(DateTimeOffset);

    private static bool IsNumber(Type type) => type == typeof(decimal) || type == typeof(double);

    private static string Problem(string field, object value, string form) =>
        $"the field '{field}' holds {Shown(value)}, where {form} belongs";

    private static string Shown(object value)
    {
        const int Longest = 60;
        var text = value as string ?? new JsonBody { ["v"] = value }.ToString().Substring(@"{""v"":".Length).TrimEnd('}');
        return $"'{(text.Length > Longest ? text.Substring(0, Longest) + " …" : text)}'";
    }
}
