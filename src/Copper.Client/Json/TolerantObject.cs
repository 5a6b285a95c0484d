using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;

namespace Copper.Client.Json;

/// <summary>
/// Reads a nested object. What points to nothing, such as <c>{"id":null,"type":null}</c> on a task without a relation, is none;
/// anything else that is no such object is none as well, and noted as a <see cref="UnconvertedValue"/>.
/// </summary>
internal static class TolerantObject
{
    public static T? Read<T>(ref Utf8JsonReader reader, JsonSerializerOptions options)
        where T : class
    {
        if (reader.TokenType != JsonTokenType.StartObject)
        {
            UnconvertedValue.Keep(ref reader);
            return null;
        }

        if (RecordId.IsNeededBy<T>() && !RecordId.IsReadable(reader, out _))
        {
            if (RecordId.IsNowhere(reader))
            {
                reader.Skip();
            }
            else
            {
                UnconvertedValue.Keep(ref reader);
            }

            return null;
        }

        var type = (JsonTypeInfo<T>)options.GetTypeInfo(typeof(T));
        return ((JsonConverter<T>)type.Converter).Read(ref reader, typeof(T), options);
    }
}

/// <summary><see cref="TolerantObject"/> for a property, which is written as the object that it is.</summary>
internal sealed class TolerantObjectConverter<T> : JsonConverter<T?>
    where T : class
{
    public override T? Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        TolerantObject.Read<T>(ref reader, options);

    public override void Write(Utf8JsonWriter writer, T? value, JsonSerializerOptions options)
    {
        if (value is null)
        {
            writer.WriteNullValue();
            return;
        }

        JsonSerializer.Serialize(writer, value, (JsonTypeInfo<T>)options.GetTypeInfo(typeof(T)));
    }
}
