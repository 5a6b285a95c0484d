using System.Globalization;

namespace Copper.Data.Plans;

/// <summary>
/// Writes the values of an item for a <see cref="SpillFile"/>. Texts are kept as they are in memory, halves of characters included. A
/// value of a type that it does not know stays in memory.
/// </summary>
internal sealed class SpillWriter
{
    private byte[] _bytes = new byte[1024];

    /// <summary>The kinds of values that <see cref="WriteValue"/> writes.</summary>
    internal enum ValueKind : byte
    {
        Nothing,
        Text,
        No,
        Yes,
        Whole,
        Int,
        Real,
        Decimal,
        LocalTime,
        Time,
        List,
        Kept,
    }

    /// <summary>What was written so far; only the first <see cref="Length"/> bytes count.</summary>
    public byte[] Bytes => _bytes;

    public int Length { get; private set; }

    /// <summary>The values that have no written form.</summary>
    public List<object> Kept { get; } = [];

    /// <summary>Begins the next item.</summary>
    public void Clear() => Length = 0;

    public void WriteByte(byte value)
    {
        Reserve(1);
        _bytes[Length++] = value;
    }

    public void WriteNumber(long value)
    {
        Reserve(sizeof(long));
        for (var shift = 0; shift < 64; shift += 8)
        {
            _bytes[Length++] = (byte)(value >> shift);
        }
    }

    public void WriteNumber(long? value)
    {
        WriteByte(value is null ? (byte)0 : (byte)1);
        if (value is { } number)
        {
            WriteNumber(number);
        }
    }

    public void WriteText(string? text)
    {
        WriteNumber(text?.Length ?? -1);
        if (text is null)
        {
            return;
        }

        Reserve(text.Length * 2);
        foreach (var letter in text)
        {
            _bytes[Length++] = (byte)letter;
            _bytes[Length++] = (byte)(letter >> 8);
        }
    }

    /// <summary>Writes a value of any type.</summary>
    public void WriteValue(object? value)
    {
        switch (value)
        {
            case null:
                WriteByte((byte)ValueKind.Nothing);
                break;
            case string text:
                WriteByte((byte)ValueKind.Text);
                WriteText(text);
                break;
            case bool flag:
                WriteByte((byte)(flag ? ValueKind.Yes : ValueKind.No));
                break;
            case long number:
                WriteByte((byte)ValueKind.Whole);
                WriteNumber(number);
                break;
            case int number:
                WriteByte((byte)ValueKind.Int);
                WriteNumber(number);
                break;
            case double number:
                WriteByte((byte)ValueKind.Real);
                WriteNumber(BitConverter.DoubleToInt64Bits(number));
                break;
            case decimal number:
                WriteByte((byte)ValueKind.Decimal);
                WriteText(number.ToString(CultureInfo.InvariantCulture));
                break;
            case DateTime time:
                WriteByte((byte)ValueKind.LocalTime);
                WriteNumber(time.ToBinary());
                break;
            case DateTimeOffset time:
                WriteByte((byte)ValueKind.Time);
                WriteNumber(time.Ticks);
                WriteNumber(time.Offset.Ticks);
                break;
            case object?[] list:
                WriteByte((byte)ValueKind.List);
                WriteNumber(list.Length);
                foreach (var item in list)
                {
                    WriteValue(item);
                }

                break;
            default:
                WriteByte((byte)ValueKind.Kept);
                WriteNumber(Kept.Count);
                Kept.Add(value);
                break;
        }
    }

    private void Reserve(int count)
    {
        if (Length + count > _bytes.Length)
        {
            Array.Resize(ref _bytes, Math.Max(Length + count, _bytes.Length * 2));
        }
    }
}
