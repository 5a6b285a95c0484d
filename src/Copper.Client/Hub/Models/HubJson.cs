using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Copper.Client.Json;

namespace Copper.Client.Hub.Models;

/// <summary>
/// How the CopperHub's responses are read: with the readers of <see cref="HubJsonContext"/>, which keep what does not fit.
/// </summary>
internal static class HubJson
{
    private static readonly JsonSerializerOptions Options = Create();

    /// <summary>The reader of a type.</summary>
    public static JsonTypeInfo<T> TypeOf<T>() => (JsonTypeInfo<T>)Options.GetTypeInfo(typeof(T));

    private static JsonSerializerOptions Create()
    {
        var options = new JsonSerializerOptions(HubJsonContext.Default.Options)
        {
            TypeInfoResolver = HubJsonContext.Default.WithAddedModifier(UnconvertedValue.KeepIn),
        };
        options.MakeReadOnly();
        return options;
    }
}
