using System.Text.Json.Serialization;
using Copper.Client.Hub.Json;
using Copper.Client.Json;

namespace Copper.Client.Hub.Models;

/// <summary>
/// What is read from the CopperHub. Names are as they stand: PascalCase, with exceptions, and case matters (URL is the web
/// site, url the page).
/// </summary>
[JsonSourceGenerationOptions(
    GenerationMode = JsonSourceGenerationMode.Metadata,
    Converters =
    [
        typeof(TextConverter), typeof(WholeNumberConverter), typeof(NumberConverter), typeof(ClrValueConverter),
        typeof(HubDateConverter), typeof(HubFlagConverter), typeof(HubUriConverter),
    ])]
[JsonSerializable(typeof(CopperHubOrganisation))]
[JsonSerializable(typeof(CopperHubProject))]
[JsonSerializable(typeof(CopperHubTask))]
[JsonSerializable(typeof(CopperHubTaskComment))]
[JsonSerializable(typeof(CopperHubUser))]
[JsonSerializable(typeof(object))]
internal sealed partial class HubJsonContext : JsonSerializerContext;
