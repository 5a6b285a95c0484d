using System.Collections;
using System.Globalization;
using Copper.Client;
using Copper.Client.Models;

namespace CopperPS.Cmdlets.Base;

/// <summary>Compares what is to be written with the record as it stands: a row that nobody edited writes nothing.</summary>
internal static class RecordDifferences
{
    private const double SecondsOfDay = 24 * 60 * 60;
    private const double HalfDay = SecondsOfDay / 2;
    private static readonly DateTime Epoch = new(1970, 1, 1);
    private static readonly string[] PartNames =
    [
        nameof(CopperAddress.Street), nameof(CopperAddress.City), nameof(CopperAddress.State), nameof(CopperAddress.PostalCode),
        nameof(CopperAddress.Country),
    ];


    /// <summary>Takes the fields away that the record has already.</summary>
    /// <param name="fields">The fields to write.</param>
    /// <param name="present">The record as it stands.</param>
    /// <param name="dateFormat">How a close date is written.</param>
    public static void RemoveEqual(JsonBody fields, ICopperRecord present, string dateFormat)
    {
        foreach (var name in fields.Names.ToArray())
        {
            if (name == "custom_fields" && present is ICustomFieldRecord record && fields[name] is IEnumerable<object> items)
            {
                var changed = items.Where(item => item is not JsonBody body || !IsPresent(body, record)).ToArray();
                fields[name] = changed;
                if (changed.Length == 0)
                {
                    fields.Remove(name);
                }
            }
            else if (RecordProperties.Find(present.GetType(), PropertyOf(name)) is { } property
                && AreEqual(fields[name], property.GetValue(present), dateFormat))
            {
                fields.Remove(name);
            }
        }
    }

    /// <summary>The property of the model that a member of the body stands for: pipeline_stage_id is PipelineStageId.</summary>
    public static string PropertyOf(string member) =>
        string.Concat(member.Split('_')
            .Where(static word => word.Length > 0)
            .Select(static word => char.ToUpperInvariant(word[0]) + word.Substring(1)));

    /// <summary>The parts of an address, by the names of their columns, that are not as the record has them.</summary>
    public static IEnumerable<string> PartsThatDiffer(CopperAddress written, CopperAddress? present) =>
        Parts(written).Zip(Parts(present ?? new CopperAddress()), static (one, other) => one == other)
            .Zip(PartNames, static (isSame, name) => isSame ? null : name)
            .OfType<string>();

    private static bool IsPresent(JsonBody item, ICustomFieldRecord record)
    {
        var id = Convert.ToInt64(item["custom_field_definition_id"], CultureInfo.InvariantCulture);
        return record.CustomFields.FirstOrDefault(field => field.DefinitionId == id) is { } field
            && (AreEqual(item["value"], field.Value, string.Empty)
                || (field.DisplayValue is DateTime day && IsOnDay(item["value"], day)));
    }

    /// <summary>Days before 1970 are sent as text.</summary>
    private static bool IsOnDay(object? written, DateTime day) => written is long seconds
        ? IsOnDay(seconds, day)
        : written is string text && text == day.ToString("MM/dd/yyyy", CultureInfo.InvariantCulture);

    /// <summary>
    /// The service has a day as midnight in some zone, the module writes a later hour: what counts is the day that both are read as.
    /// </summary>
    private static bool IsOnDay(long seconds, DateTime day) =>
        Math.Floor((seconds + HalfDay) / SecondsOfDay) == (day.Date - Epoch).TotalDays;

    private static bool AreEqual(object? written, object? present, string dateFormat) => (written, present) switch
    {
        _ when IsNothing(written) || IsNothing(present) => IsNothing(written) && IsNothing(present),
        (string text, DateTime day) => text == day.ToString(dateFormat, CultureInfo.InvariantCulture),
        (string text, string other) => text == other,
        (DateTimeOffset time, DateTimeOffset other) => time.ToUnixTimeSeconds() == other.ToUnixTimeSeconds(),
        (bool flag, bool other) => flag == other,
        (CopperAddress address, CopperAddress other) => Parts(address).SequenceEqual(Parts(other)),
        (JsonBody pointer, CopperRelatedResource other) => pointer.Contains("type") && AreEqual(pointer["type"], other.Type, dateFormat)
            && AreEqual(pointer["id"], other.Id, dateFormat),
        (JsonBody type, CopperActivityTypeKey other) => AreEqual(type["category"], other.Category, dateFormat)
            && AreEqual(type["id"], other.Id, dateFormat),
        (string or JsonBody, _) or (_, string) => false,
        (IEnumerable list, IEnumerable other) => list.Cast<object?>().SequenceEqual(other.Cast<object?>(), new ItemComparer()),
        (IConvertible number, IConvertible other) when IsNumber(number) && IsNumber(other) => ToDecimal(number) is { } value
            && value == ToDecimal(other),
        _ => false,
    };

    private static bool IsNothing(object? value) =>
        value is null or "" || (value is IEnumerable list and not (string or JsonBody) && !list.Cast<object?>().Any());

    private static string[] Parts(CopperAddress address) =>
        [address.Street ?? string.Empty, address.City ?? string.Empty, address.State ?? string.Empty, address.PostalCode
            ?? string.Empty, address.Country ?? string.Empty];

    private static bool IsNumber(IConvertible value) => value.GetTypeCode() is >= TypeCode.SByte and <= TypeCode.Decimal;

    private static decimal? ToDecimal(IConvertible number)
    {
        try
        {
            return number.ToDecimal(CultureInfo.InvariantCulture);
        }
        catch (OverflowException)
        {
            return null;
        }
    }

    /// <summary>Tags, or the ids of choices, whose numbers may be of different types.</summary>
    private sealed class ItemComparer : IEqualityComparer<object?>
    {
        bool IEqualityComparer<object?>.Equals(object? x, object? y) => AreEqual(x, y, string.Empty);

        int IEqualityComparer<object?>.GetHashCode(object? obj) => 0;
    }
}
