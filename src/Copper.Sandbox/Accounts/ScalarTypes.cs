using System.Text.Json;
using Copper.Sandbox.Json;
using Copper.Sandbox.Values;

namespace Copper.Sandbox.Accounts;

internal sealed class StringType : AttributeType
{
    public override object? Read(JsonElement json, AttributeReading reading) =>
        json.ValueKind == JsonValueKind.String ? json.GetString() : reading.Fail("must be a string");

    public override void Write(Utf8JsonWriter writer, object value) => writer.WriteStringValue((string)value);
}

internal sealed class BooleanType : AttributeType
{
    public override object? Empty => Boxed.False;

    public override object? Read(JsonElement json, AttributeReading reading) =>
        JsonValues.TryGetFlag(json, out bool flag) ? flag ? Boxed.True : Boxed.False : reading.Fail("must be true or false");

    public override void Write(Utf8JsonWriter writer, object value) => writer.WriteBooleanValue((bool)value);
}

/// <summary>An amount: kept as decimal so that it is returned digit by digit.</summary>
internal sealed class NumberType : AttributeType
{
    public override object? Read(JsonElement json, AttributeReading reading) =>
        JsonValues.TryGetNumber(json, out decimal number) ? number : reading.Fail("must be a number");

    public override void Write(Utf8JsonWriter writer, object value) => writer.WriteNumberValue((decimal)value);
}

/// <summary>A whole number between two bounds.</summary>
internal sealed class IntegerType(long minimum, long maximum, string complaint) : AttributeType
{
    /// <summary>Ten digits at most, so that milliseconds are noticed.</summary>
    public const long MaximumTimestamp = 9_999_999_999;

    /// <summary>Unix seconds.</summary>
    public static IntegerType Timestamp { get; } = new(0, MaximumTimestamp, "must be a Unix timestamp in seconds");

    public static IntegerType Percent { get; } = new(0, 100, "must be an integer between 0 and 100");

    public static IntegerType Any { get; } = new(long.MinValue, long.MaxValue, "must be an integer");

    public override object? Read(JsonElement json, AttributeReading reading) =>
        JsonValues.TryGetInteger(json, out long number) && number >= minimum && number <= maximum
            ? Boxed.Integer(number)
            : reading.Fail(complaint);

    public override void Write(Utf8JsonWriter writer, object value) => writer.WriteNumberValue((long)value);
}

/// <summary>One of a fixed list of words, written exactly so.</summary>
internal sealed class WordType(params string[] words) : AttributeType
{
    public IReadOnlyList<string> Words { get; } = words;

    public override object? Read(JsonElement json, AttributeReading reading)
    {
        string? text = json.ValueKind == JsonValueKind.String ? json.GetString() : null;
        return Words.FirstOrDefault(word => word == text) ?? reading.Fail("must be one of " + string.Join(", ", Words));
    }

    public override void Write(Utf8JsonWriter writer, object value) => writer.WriteStringValue((string)value);
}
