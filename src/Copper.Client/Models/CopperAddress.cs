using System.Text.Json;
using System.Text.Json.Serialization;
using Copper.Client.Json;

namespace Copper.Client.Models;

/// <summary>A postal address. Any part may be null.</summary>
public sealed class CopperAddress : IJsonWritable
{
    /// <summary>Street and number.</summary>
    public string? Street { get; set; }

    /// <summary>City.</summary>
    public string? City { get; set; }

    /// <summary>State or region.</summary>
    public string? State { get; set; }

    /// <summary>Postal code.</summary>
    public string? PostalCode { get; set; }

    /// <summary>Two-letter country code as the service returns it, for example US.</summary>
    public string? Country { get; set; }

    /// <summary>What the service sends besides.</summary>
    [JsonExtensionData]
    public AdditionalMembers? AdditionalMembers { get; set; }

    /// <summary>The parts that are filled, joined by commas.</summary>
    public override string ToString() =>
        string.Join(", ", new[] { Street, City, State, PostalCode, Country }.Where(static part => !string.IsNullOrWhiteSpace(part)));

    void IJsonWritable.WriteTo(Utf8JsonWriter writer)
    {
        writer.WriteStartObject();
        JsonValueWriter.WriteText(writer, "street", Street);
        JsonValueWriter.WriteText(writer, "city", City);
        JsonValueWriter.WriteText(writer, "state", State);
        JsonValueWriter.WriteText(writer, "postal_code", PostalCode);
        JsonValueWriter.WriteText(writer, "country", Country);
        writer.WriteEndObject();
    }
}
