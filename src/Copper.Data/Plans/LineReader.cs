namespace Copper.Data.Plans;

/// <summary>Reads the lines of a stream as bytes, without keeping more than one of them.</summary>
/// <param name="stream">The stream.</param>
internal sealed class LineReader(Stream stream)
{
    private const int FirstSize = 64 * 1024;

    private byte[] _buffer = new byte[FirstSize];
    private int _start;
    private int _end;
    private long _read;

    /// <summary>Where the line that was read last begins in the stream.</summary>
    public long Offset { get; private set; }

    /// <summary>Where the next line begins.</summary>
    public long Next => _read - (_end - _start);

    /// <summary>After the last line: bytes follow that no line end closes, for the process ended while they were written.</summary>
    public bool IsTorn => _end > _start;

    /// <summary>Reads a line without its end; it is valid until the next one is read.</summary>
    public bool TryRead(out ArraySegment<byte> line)
    {
        Offset = Next;
        for (var searched = _start; ;)
        {
            var end = Array.IndexOf(_buffer, (byte)'\n', searched, _end - searched);
            if (end >= 0)
            {
                line = new ArraySegment<byte>(_buffer, _start, end - _start);
                _start = end + 1;
                return true;
            }

            var length = _end - _start;
            if (!Fill())
            {
                line = default;
                return false;
            }

            searched = _start + length;
        }
    }

    private bool Fill()
    {
        if (_start > 0)
        {
            Buffer.BlockCopy(_buffer, _start, _buffer, 0, _end - _start);
            _end -= _start;
            _start = 0;
        }

        if (_end == _buffer.Length)
        {
            Array.Resize(ref _buffer, _buffer.Length * 2);
        }

        var count = stream.Read(_buffer, _end, _buffer.Length - _end);
        _end += count;
        _read += count;
        return count > 0;
    }
}
