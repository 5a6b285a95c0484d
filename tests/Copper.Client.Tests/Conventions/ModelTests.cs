using System.Reflection;
using System.Text.Json.Serialization;
using Copper.Client.Json;
using Copper.Client.Models;

namespace Copper.Client.Tests.Conventions;

/// <summary>What every model has, so that nothing that the service sends is lost.</summary>
public sealed class ModelTests
{
    public static TheoryData<string> Models => [.. typeof(CopperPerson).Assembly.GetTypes()
        .Where(static type => type.Namespace == typeof(CopperPerson).Namespace
            && type is { IsClass: true, IsAbstract: false }
            && type.GetProperties().Any(static property => property.PropertyType == typeof(AdditionalMembers)))
        .Select(static type => type.Name)];

    [Theory]
    [MemberData(nameof(Models))]
    public void The_json_context_reads_the_model(string name) => Assert.True(
        CopperJsonContext.Default.GetTypeInfo(Type(name)) is not null,
        $"CopperJsonContext does not know {name}. Add [JsonSerializable(typeof({name}))] "
        + "in src/Copper.Client/Models/CopperJsonContext.cs.");

    [Theory]
    [MemberData(nameof(Models))]
    public void Members_that_nobody_knows_yet_are_kept(string name) => Assert.True(
        Type(name).GetProperty("AdditionalMembers")?.IsDefined(typeof(JsonExtensionDataAttribute)) == true,
        $"{name}.AdditionalMembers lacks [JsonExtensionData], so that unknown members would be lost.");

    [Theory]
    [MemberData(nameof(Models))]
    public void The_id_of_a_record_is_required_and_read_in_every_form(string name)
    {
        var id = Type(name).GetProperty("Id");
        Assert.True(
            !typeof(ICopperRecord).IsAssignableFrom(Type(name))
            || (id is not null && id.IsDefined(typeof(JsonRequiredAttribute))
                && id.GetCustomAttribute<JsonConverterAttribute>()?.ConverterType == typeof(IdConverter)),
            $"{name}.Id lacks [JsonRequired] and [JsonConverter(typeof(IdConverter))]: "
            + "a record without an id must be reported, not read as record 0.");
    }

    /// <summary>Types for which the context has a converter that takes whatever form the service sends.</summary>
    [Theory]
    [MemberData(nameof(Models))]
    public void Every_property_is_read_by_a_converter_that_keeps_what_it_cannot_convert(string name)
    {
        Type[] tolerant = [typeof(string), typeof(long?), typeof(decimal?), typeof(bool?), typeof(DateTimeOffset?), typeof(DateTime?)];
        var others = Type(name).GetProperties().Where(property => property.SetMethod is { IsPublic: true }
            && !property.IsDefined(typeof(JsonIgnoreAttribute))
            && !property.IsDefined(typeof(JsonExtensionDataAttribute))
            && !property.IsDefined(typeof(JsonConverterAttribute))
            && !tolerant.Contains(property.PropertyType));

        Assert.All(others, property => Assert.Fail(
            $"{name}.{property.Name} is a {property.PropertyType.Name} without a converter: "
            + "one odd value would make the whole record unreadable. "
            + "Use string?, long?, decimal?, bool?, DateTimeOffset? or DateTime?, or a [JsonConverter] of src/Copper.Client/Json."));
    }

    private static Type Type(string name) =>
        typeof(CopperPerson).Assembly.GetType($"{typeof(CopperPerson).Namespace}.{name}", throwOnError: true)!;
}
