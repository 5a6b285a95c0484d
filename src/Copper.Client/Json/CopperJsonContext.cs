using System.Text.Json.Serialization;
using Copper.Client.Crm.Models;

namespace Copper.Client.Json;

/// <summary>The roster of what is read from the service. The readers are made at compile time.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    GenerationMode = JsonSourceGenerationMode.Metadata,
    Converters = [typeof(TextConverter), typeof(WholeNumberConverter), typeof(NumberConverter), typeof(TimestampConverter), typeof(ClrValueConverter)])]
[JsonSerializable(typeof(CopperPerson))]
[JsonSerializable(typeof(List<CopperPerson>))]
[JsonSerializable(typeof(CopperUser))]
[JsonSerializable(typeof(List<CopperUser>))]
[JsonSerializable(typeof(CopperAccount))]
[JsonSerializable(typeof(List<CopperTag>))]
[JsonSerializable(typeof(AdditionalMembers))]
[JsonSerializable(typeof(List<AdditionalMembers>))]
[JsonSerializable(typeof(object))]
internal sealed partial class CopperJsonContext : JsonSerializerContext;
