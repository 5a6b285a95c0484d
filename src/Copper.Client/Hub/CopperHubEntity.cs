using System.Text.Json;
using Copper.Client.Hub.Json;
using Copper.Client.Hub.Models;
using Copper.Client.Json;
using Copper.Client.Models;

namespace Copper.Client.Hub;

/// <summary>A kind of record of the CopperHub with its model.</summary>
/// <typeparam name="T">The model.</typeparam>
public sealed class CopperHubEntity<T>
    where T : class, ICopperRecord
{
    private readonly Action<T, long> _identify;
    private readonly Action<T>? _complete;

    internal CopperHubEntity(string name, string noun, Action<T, long> identify, Action<T>? complete = null)
    {
        Name = name;
        Noun = noun;
        _identify = identify;
        _complete = complete;
    }

    /// <summary>The kind in words. It begins with hub: a project of the CRM is no hub project.</summary>
    public string Name { get; }

    /// <summary>The API's word in actions, for example project in read_project.</summary>
    public string Noun { get; }

    /// <inheritdoc/>
    public override string ToString() => Name;

    /// <summary>
    /// Creates the record from what the service sent. A member that it did not send is taken from what is known besides. What is wrong is
    /// the end of a sentence: is no object.
    /// </summary>
    internal T Read(JsonElement sent, JsonBody? known, long id)
    {
        if (sent.ValueKind is not JsonValueKind.Object && known is null)
        {
            throw new JsonException("is no object");
        }

        var record = Deserialize(sent, known);
        _complete?.Invoke(record);
        if (record.Id == 0)
        {
            _identify(record, id > 0 ? id : throw new JsonException("has no ID that is a whole number"));
        }

        return record;
    }

    private static T Deserialize(JsonElement sent, JsonBody? known)
    {
        if (known is null)
        {
            return JsonSerializer.Deserialize(sent, HubJson.TypeOf<T>())!;
        }

        using var stream = new MemoryStream();
        using (var writer = new Utf8JsonWriter(stream, JsonValueWriter.Options))
        {
            writer.WriteStartObject();
            foreach (var member in known)
            {
                if (sent.ValueKind != JsonValueKind.Object || !sent.TryGetProperty(member.Key, out _))
                {
                    writer.WritePropertyName(member.Key);
                    JsonValueWriter.Write(writer, HubText.Of(member.Value));
                }
            }

            if (sent.ValueKind == JsonValueKind.Object)
            {
                foreach (var member in sent.EnumerateObject())
                {
                    member.WriteTo(writer);
                }
            }

            writer.WriteEndObject();
        }

        return JsonSerializer.Deserialize(stream.GetBuffer().AsSpan(0, (int)stream.Length), HubJson.TypeOf<T>())!;
    }
}
