using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Copper.Client.Json;

namespace Copper.Client.Models;

/// <summary>
/// How the responses are read: with the readers of <see cref="CopperJsonContext"/>, which keep what does not fit.
/// </summary>
internal static class CopperJson
{
    private static readonly JsonSerializerOptions MonthFirst = Create(isDayFirst: false);
    private static readonly JsonSerializerOptions DayFirst = Create(isDayFirst: true);

    /// <summary>The reader of a type.</summary>
    /// <param name="isDayFirst">The account writes the day before the month. Only close dates differ.</param>
    public static JsonTypeInfo<T> TypeOf<T>(bool isDayFirst = false) =>
        (JsonTypeInfo<T>)(isDayFirst ? DayFirst : MonthFirst).GetTypeInfo(typeof(T));

    private static JsonSerializerOptions Create(bool isDayFirst)
    {
        var options = new JsonSerializerOptions(CopperJsonContext.Default.Options)
        {
            TypeInfoResolver = CopperJsonContext.Default.WithAddedModifier(UnconvertedValue.KeepIn),
        };
        for (var i = 0; isDayFirst && i < options.Converters.Count; i++)
        {
            if (options.Converters[i] is CalendarDateConverter)
            {
                options.Converters[i] = new CalendarDateConverter(isDayFirst: true);
            }
        }

        options.MakeReadOnly();
        return options;
    }
}
