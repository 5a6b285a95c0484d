using System.Text.Json;
using System.Text.Json.Serialization;
using Copper.Client.Crm.Models;

namespace Copper.Client.Json;

/// <summary>All types of activities in one list.</summary>
[JsonConverter(typeof(ActivityTypeListConverter))]
internal sealed class ActivityTypeList : List<CopperActivityType>;

/// <summary>
/// Reads the one reference list that is no array but an object of two, <c>{ "user": [...], "system": [...] }</c>
/// (developer.copper.com/activities/list-activity-types). A category may come that is not known yet.
/// </summary>
internal sealed class ActivityTypeListConverter : JsonConverter<ActivityTypeList>
{
    public override ActivityTypeList Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        var types = new ActivityTypeList();
        if (reader.TokenType == JsonTokenType.StartArray)
        {
            ReadCategory(types, null, ref reader, options);
            return types;
        }

        if (reader.TokenType != JsonTokenType.StartObject)
        {
            throw new JsonException("The activity types are no object.");
        }

        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var category = LenientText.ReadString(ref reader);
            reader.Read();
            ReadCategory(types, category, ref reader, options);
        }

        return types;
    }

    public override void Write(Utf8JsonWriter writer, ActivityTypeList value, JsonSerializerOptions options) => throw new NotSupportedException();

    private static void ReadCategory(ActivityTypeList types, string? category, ref Utf8JsonReader reader, JsonSerializerOptions options)
    {
        if (reader.TokenType != JsonTokenType.StartArray)
        {
            reader.Skip();
            return;
        }

        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            if (LenientObject.Read<CopperActivityType>(ref reader, options) is { } type)
            {
                type.Category ??= category;
                types.Add(type);
            }
        }
    }
}
