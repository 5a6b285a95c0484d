using System.Globalization;
using System.Text.Json;
using Copper.Client;
using Copper.Data.Plans;

namespace Copper.Data.DataSubjects;

/// <summary>Reads members of records as the service sent them.</summary>
internal static class RecordText
{
    /// <summary>A member; null where there is none, or it is null.</summary>
    public static JsonElement? Member(this JsonElement record, string name) =>
        record.ValueKind == JsonValueKind.Object && record.TryGetProperty(name, out var member) && member.ValueKind != JsonValueKind.Null
            ? member
            : null;

    /// <summary>A text; null for anything else.</summary>
    public static string? Text(this JsonElement record, string name) =>
        record.Member(name) is { ValueKind: JsonValueKind.String } text ? text.GetString() : null;

    /// <summary>An id, also one that came as text; null for anything else.</summary>
    public static long? Id(this JsonElement record, string name) => record.Member(name) is not { } member ? null
        : member.ValueKind == JsonValueKind.Number && member.TryGetInt64(out var number) ? number
        : member.ValueKind == JsonValueKind.String
            && long.TryParse(member.GetString(), NumberStyles.None, CultureInfo.InvariantCulture, out number) ? number
        : null;

    /// <summary>The end that a member points to; null for none.</summary>
    /// <param name="record">The record.</param>
    /// <param name="name">The member.</param>
    /// <param name="typeMember">The member of the pointer that holds the entity.</param>
    public static RecordEnd? End(this JsonElement record, string name, string typeMember = "type") =>
        record.Member(name) is { ValueKind: JsonValueKind.Object } pointer ? pointer.AsEnd(typeMember) : null;

    /// <summary>The end that an object with id and type is; null for none.</summary>
    public static RecordEnd? AsEnd(this JsonElement pointer, string typeMember = "type") =>
        pointer.Text(typeMember) is { } type && pointer.Id("id") is { } id
            ? new RecordEnd(CopperEntities.FindPrimary(type)?.Name ?? type, id)
            : null;

    /// <summary>The addresses of a person or a lead, in their order and compared form.</summary>
    public static IReadOnlyList<string> Addresses(this JsonElement record)
    {
        var found = new List<string>();
        foreach (var item in record.Items("emails").Concat(record.Member("email") is { } one ? [one] : []))
        {
            if ((item.ValueKind == JsonValueKind.String ? item.GetString() : item.Text("email")) is { Length: > 0 } address)
            {
                found.Add(EmailText.Normalize(address));
            }
        }

        return found;
    }

    /// <summary>The telephone numbers of a person or a lead as they were written.</summary>
    public static IEnumerable<string> PhoneNumbers(this JsonElement record) => record.Items("phone_numbers")
        .Select(static item => item.ValueKind == JsonValueKind.String ? item.GetString() : item.Text("number"))
        .OfType<string>();

    /// <summary>The items of a list; none where it is no list.</summary>
    public static IEnumerable<JsonElement> Items(this JsonElement record, string name) =>
        record.Member(name) is { ValueKind: JsonValueKind.Array } list ? list.EnumerateArray() : [];
}
