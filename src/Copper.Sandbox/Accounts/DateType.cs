using System.Text.Json;
using Copper.Sandbox.Json;
using Copper.Sandbox.Values;

namespace Copper.Sandbox.Accounts;

/// <summary>
/// A date that clients may write: Unix seconds, or a day such as 12/31/2026, which the API introduction promises for all dates.
/// Replies have seconds. A custom date field keeps the day alone: midnight in the account's zone, whatever hour was sent; that
/// the service cuts off the hour is inferred from the published responses, which show no other hour.
/// </summary>
internal sealed class DateType(bool isDay) : AttributeType
{
    /// <summary>A moment, such as the due date of a task.</summary>
    public static DateType Moment { get; } = new(isDay: false);

    /// <summary>A day, as custom date fields hold it.</summary>
    public static DateType Day { get; } = new(isDay: true);

    public override object? Read(JsonElement json, AttributeReading reading)
    {
        if (json.ValueKind == JsonValueKind.String
            && CloseDateType.TryParse(json.GetString()!, reading.Account.DayFirstDates, out var day))
        {
            return Boxed.Integer(PacificTime.Midnight(day.Date));
        }

        return JsonValues.TryGetInteger(json, out long moment) && moment is >= 0 and <= IntegerType.MaximumTimestamp
            ? Boxed.Integer(isDay ? PacificTime.MidnightBefore(moment) : moment)
            : reading.Fail("must be a Unix timestamp in seconds or a date such as "
                + (reading.Account.DayFirstDates ? "31/12/2026" : "12/31/2026"));
    }

    public override void Write(Utf8JsonWriter writer, object value) => writer.WriteNumberValue((long)value);
}
