using System.Text.Json;
using Copper.Sandbox.Values;

namespace Copper.Sandbox.Accounts;

/// <summary>An object of a value and a category, for example <c>{"number":"415-123-45678","category":"mobile"}</c>.</summary>
/// <remarks>
/// Categories: Copper API introduction. A category that is missing, null or empty is accepted by a live account; that such
/// an address then counts as work (a social profile as other) is inferred. That an e-mail address has to look like one is the
/// strict reading of the examples.
/// </remarks>
internal sealed class ContactPointType(string member, params string[] categories) : AttributeType
{
    public static ContactPointType Email { get; } = new("email", "work", "personal", "other");

    public static ContactPointType PhoneNumber { get; } = new("number", "mobile", "work", "home", "other");

    public static ContactPointType Website { get; } = new("url", "work", "personal", "other");

    public static ContactPointType Social { get; } = new(
        "url", "linkedin", "twitter", "googleplus", "facebook", "youtube", "quora", "foursquare", "klout", "gravatar", "other");

    private string DefaultCategory => categories.Contains("work") ? "work" : "other";

    public override object? Read(JsonElement json, AttributeReading reading)
    {
        if (json.ValueKind != JsonValueKind.Object)
        {
            return reading.Fail("must be an object");
        }

        string? text = null, category = null;
        var unrecognized = new List<string>();
        foreach (var part in json.EnumerateObject())
        {
            if (part.Name != member && part.Name != "category")
            {
                unrecognized.Add(part.Name);
            }
            else if (part.Value.ValueKind != JsonValueKind.String && (part.Name == member || part.Value.ValueKind != JsonValueKind.Null))
            {
                return reading.Fail(part.Name + " must be a string");
            }
            else if (part.Name == member)
            {
                text = part.Value.GetString();
            }
            else
            {
                category = part.Value.GetString();
            }
        }

        reading.FailUnrecognized(unrecognized);
        return Check(text, category, reading);
    }

    public override void Write(Utf8JsonWriter writer, object value)
    {
        var point = (ContactPoint)value;
        writer.WriteStartObject();
        writer.WriteString(member, point.Value);
        writer.WriteString("category", point.Category);
        writer.WriteEndObject();
    }

    private object? Check(string? text, string? category, AttributeReading reading)
    {
        if (string.IsNullOrWhiteSpace(text))
        {
            return reading.Fail(member + " can't be blank");
        }

        if (member == "email" && !EmailAddress.IsValid(text!))
        {
            return reading.Fail("email is invalid");
        }

        string wanted = string.IsNullOrEmpty(category) ? DefaultCategory : category!;
        string? known = categories.FirstOrDefault(word => word == wanted);
        return known is null
            ? reading.Fail("category must be one of " + string.Join(", ", categories))
            : new ContactPoint(text!, known);
    }
}
