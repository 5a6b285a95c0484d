using System.Text.Json;

namespace Copper.Data.Configuration;

/// <summary>A value of the file of a configuration, which knows where it stands.</summary>
/// <param name="file">The file.</param>
/// <param name="place">Where in the file, for example customFields[3].name; empty for the whole.</param>
/// <param name="value">The value.</param>
internal sealed class ConfigurationNode(string file, string place, JsonElement value)
{
    public string File => file;

    /// <summary>A member of the object; null when there is none, or it is null.</summary>
    public ConfigurationNode? Member(string name)
    {
        CheckObject();
        return value.TryGetProperty(name, out var member) && member.ValueKind != JsonValueKind.Null
            ? new ConfigurationNode(file, place.Length == 0 ? name : $"{place}.{name}", member)
            : null;
    }

    public ConfigurationNode Needed(string name) => Member(name) ?? throw Wrong($"it has no member '{name}'");

    /// <summary>A member that nobody reads is one that was spelled wrongly. Those that begin with $ are for editors.</summary>
    public void CheckMembers(params string[] names)
    {
        CheckObject();
        foreach (var member in value.EnumerateObject())
        {
            if (!names.Contains(member.Name) && !member.Name.StartsWith("$", StringComparison.Ordinal))
            {
                throw Wrong($"it has a member '{member.Name}', which is none of {string.Join(", ", names)}");
            }
        }
    }

    public IEnumerable<ConfigurationNode> Items() => value.ValueKind == JsonValueKind.Array
        ? value.EnumerateArray().Select((item, number) => new ConfigurationNode(file, $"{place}[{number}]", item))
        : throw Wrong("it is no list, such as [ ]");

    public string Text() => value.ValueKind == JsonValueKind.String && value.GetString()!.Trim() is { Length: > 0 } text
        ? text
        : throw Wrong("it is no text, or an empty one");

    public bool Flag() => value.ValueKind is JsonValueKind.True or JsonValueKind.False
        ? value.GetBoolean()
        : throw Wrong("it is neither true nor false");

    public long Whole() => value.ValueKind == JsonValueKind.Number && value.TryGetInt64(out var whole)
        ? whole
        : throw Wrong("it is no whole number");

    /// <summary>One of these words, in any case.</summary>
    public string Word(IReadOnlyList<string> words)
    {
        var text = Text();
        return words.FirstOrDefault(word => string.Equals(word, text, StringComparison.OrdinalIgnoreCase))
            ?? throw Wrong($"'{text}' is none of {string.Join(", ", words)}");
    }

    public ConfigurationException Wrong(string problem) =>
        new($"'{file}' is no valid configuration: {(place.Length == 0 ? string.Empty : place + ": ")}{problem}.");

    private void CheckObject()
    {
        if (value.ValueKind != JsonValueKind.Object)
        {
            throw Wrong("it is no object, such as { }");
        }
    }
}
