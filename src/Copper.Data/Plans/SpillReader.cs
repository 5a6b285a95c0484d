using System.Globalization;

namespace Copper.Data.Plans;

/// <summary>Reads what a <see cref="SpillWriter"/> wrote, in the same order.</summary>
/// <param name="bytes">The item.</param>
/// <param name="kept">The values that stayed in memory.</param>
internal sealed class SpillReader(byte[] bytes, List<object> kept)
{
    private int _place;

    public byte ReadByte() => bytes[_place++];

    public long ReadNumber()
    {
        var value = BitConverter.ToInt64(bytes, _place);
        _place += sizeof(long);
        return value;
    }

    public long? ReadOptionalNumber() => ReadByte() == 0 ? null : ReadNumber();

    public string? ReadText()
    {
        var length = (int)ReadNumber();
        if (length < 0)
        {
            return null;
        }

        var letters = new char[length];
        Buffer.BlockCopy(bytes, _place, letters, 0, length * sizeof(char));
        _place += length * sizeof(char);
        return new string(letters);
    }

    public object? ReadValue()
    {
        switch ((SpillWriter.ValueKind)ReadByte())
        {
            case SpillWriter.ValueKind.Nothing:
                return null;
            case SpillWriter.ValueKind.Text:
                return ReadText();
            case SpillWriter.ValueKind.No:
                return false;
            case SpillWriter.ValueKind.Yes:
                return true;
            case SpillWriter.ValueKind.Whole:
                return ReadNumber();
            case SpillWriter.ValueKind.Int:
                return (int)ReadNumber();
            case SpillWriter.ValueKind.Real:
                return BitConverter.Int64BitsToDouble(ReadNumber());
            case SpillWriter.ValueKind.Decimal:
                return decimal.Parse(ReadText()!, NumberStyles.Float, CultureInfo.InvariantCulture);
            case SpillWriter.ValueKind.LocalTime:
                return DateTime.FromBinary(ReadNumber());
            case SpillWriter.ValueKind.Time:
                return new DateTimeOffset(ReadNumber(), new TimeSpan(ReadNumber()));
            case SpillWriter.ValueKind.List:
                var list = new object?[ReadNumber()];
                for (var i = 0; i < list.Length; i++)
                {
                    list[i] = ReadValue();
                }

                return list;
            default:
                return kept[(int)ReadNumber()];
        }
    }
}
