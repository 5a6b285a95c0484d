using System.Text.Json;

namespace Copper.Sandbox.Accounts;

/// <summary>
/// The tags of a record. The list sent replaces the one stored. They are kept as they are sent, or, if the options say so, in
/// lower case and cut at 50 characters, as the code of one client says that the service does it.
/// </summary>
internal sealed class TagsType : AttributeType
{
    private const int MaximumLength = 50;

    public override object? Empty => Array.Empty<string>();

    public override object? Read(JsonElement json, AttributeReading reading)
    {
        object? tags = Attributes.Strings.Read(json, reading);
        return tags is string[] items && reading.Account.LowerCasesTags ? items.Select(Normalize).Distinct().ToArray() : tags;
    }

    public override void Write(Utf8JsonWriter writer, object value) => Attributes.Strings.Write(writer, value);

    private static string Normalize(string tag)
    {
        string lower = tag.ToLowerInvariant();
        return lower.Length <= MaximumLength ? lower : lower.Substring(0, MaximumLength);
    }
}
