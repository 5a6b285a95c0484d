using System.Text.Json.Serialization;

namespace Copper.Client.Json;

/// <summary>The JSON contracts of plain values, which belong to no model.</summary>
[JsonSourceGenerationOptions(GenerationMode = JsonSourceGenerationMode.Metadata, Converters = [typeof(ClrValueConverter)])]
[JsonSerializable(typeof(AdditionalMembers))]
internal sealed partial class PlainJsonContext : JsonSerializerContext;
