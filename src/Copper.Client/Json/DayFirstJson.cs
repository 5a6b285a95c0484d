using System.Text.Json;

namespace Copper.Client.Json;

/// <summary>How the answers for an account that writes the day before the month are read: only close dates differ.</summary>
internal static class DayFirstJson
{
    /// <summary>The readers of <see cref="CopperJsonContext"/> but for that.</summary>
    public static JsonSerializerOptions Options { get; } = Create();

    private static JsonSerializerOptions Create()
    {
        var options = new JsonSerializerOptions(CopperJsonContext.Default.Options);
        for (var i = 0; i < options.Converters.Count; i++)
        {
            if (options.Converters[i] is CalendarDateConverter)
            {
                options.Converters[i] = new CalendarDateConverter(isDayFirst: true);
            }
        }

        return options;
    }
}
