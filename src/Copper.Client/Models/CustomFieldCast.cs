using System.Globalization;
using Copper.Client.Json;

namespace Copper.Client.Models;

/// <summary>Gives the value of a custom field as the type that a program asks for.</summary>
internal static class CustomFieldCast
{
    /// <exception cref="InvalidCastException">The value is none of the type.</exception>
    public static T? To<T>(string name, object? value)
    {
        if (value is null or T)
        {
            return value is null ? default : (T)value;
        }

        var type = Nullable.GetUnderlyingType(typeof(T)) ?? typeof(T);
        object? converted = value switch
        {
            _ when type == typeof(string) => TextOf(value),
            decimal number => NumberOf(number, type),
            DateTime day when type == typeof(DateTimeOffset) => new DateTimeOffset(day, TimeSpan.Zero),
#if NET
            DateTime day when type == typeof(DateOnly) => DateOnly.FromDateTime(day),
#endif
            IEnumerable<string> labels when type == typeof(string[]) => labels.ToArray(),
            _ => null,
        };
        return converted is T result ? result : throw new InvalidCastException(
            $"The custom field '{name}' holds {TextOf(value)} ({value.GetType().Name}), which is no {type.Name}.");
    }

    /// <summary>The number as another type of numbers, where it is the same; null where it is not.</summary>
    private static object? NumberOf(decimal number, Type type)
    {
        try
        {
            return Type.GetTypeCode(type) switch
            {
                TypeCode.Int32 when number == decimal.Truncate(number) => decimal.ToInt32(number),
                TypeCode.Int64 when number == decimal.Truncate(number) => decimal.ToInt64(number),
                TypeCode.Double => decimal.ToDouble(number),
                _ => null,
            };
        }
        catch (OverflowException)
        {
            return null;
        }
    }

    private static string TextOf(object value) => value switch
    {
        DateTime day => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
        _ => AdditionalMembers.Text(value),
    };
}
