using System.Text.Json;
using Copper.Sandbox.Values;

namespace Copper.Sandbox.Accounts;

/// <summary>
/// A postal address. An update replaces the whole address: whether the service merges single parts is not documented,
/// and a client that counts on merging would lose data if it does not.
/// </summary>
internal sealed class AddressType : AttributeType
{
    public override object? Read(JsonElement json, AttributeReading reading)
    {
        if (json.ValueKind != JsonValueKind.Object)
        {
            return reading.Fail("must be an object");
        }

        string? street = null, city = null, state = null, postalCode = null, country = null;
        var unrecognized = new List<string>();
        foreach (var part in json.EnumerateObject())
        {
            // Postal codes come as numbers from clients that read them so.
            bool isNumericCode = part.Name == "postal_code" && part.Value.ValueKind == JsonValueKind.Number;
            if (!isNumericCode && part.Value.ValueKind is not (JsonValueKind.String or JsonValueKind.Null))
            {
                return reading.Fail(part.Name + " must be a string");
            }

            string? text = isNumericCode ? part.Value.GetRawText() : part.Value.GetString();
            switch (part.Name)
            {
                case "street": street = text; break;
                case "city": city = text; break;
                case "state": state = text; break;
                case "postal_code": postalCode = text; break;
                case "country": country = Countries.ToCode(text); break;
                default: unrecognized.Add(part.Name); break;
            }
        }

        reading.FailUnrecognized(unrecognized);
        return new Address(street, city, state, postalCode, country);
    }

    public override void Write(Utf8JsonWriter writer, object value)
    {
        var address = (Address)value;
        writer.WriteStartObject();
        writer.WriteString("street", address.Street);
        writer.WriteString("city", address.City);
        writer.WriteString("state", address.State);
        writer.WriteString("postal_code", address.PostalCode);
        writer.WriteString("country", address.Country);
        writer.WriteEndObject();
    }
}
