using System.Globalization;
using System.Text;

namespace Copper.Client.Webhooks.Listening;

/// <summary>Reads requests from a connection, one after the other, none larger than allowed.</summary>
internal sealed class HttpReader(Stream stream)
{
    private const int LargestHead = 16 * 1024;
    private const int LongestLine = 256;

    /// <summary>
    /// A body in so many chunks is rejected, unless they are at least of <see cref="FewestBytes"/> on average: each costs more than its
    /// bytes.
    /// </summary>
    private const int MostChunks = 10_000;
    private const int FewestBytes = 256;

    private static readonly byte[] EndOfLine = [(byte)'\r', (byte)'\n'];
    private static readonly byte[] EndOfHead = [(byte)'\r', (byte)'\n', (byte)'\r', (byte)'\n'];

    // One byte is one letter, whatever the bytes: a header may hold more than ASCII.
    private static readonly Encoding Latin1 = Encoding.GetEncoding(28591);

    private byte[] _buffer = new byte[1024];
    private int _start;
    private int _end;

    /// <summary>Waits for the first byte of a request; false when the client has closed the connection instead.</summary>
    public async Task<bool> WaitAsync()
    {
        while (true)
        {
            // Empty lines before a request are allowed, and sent by some.
            while (_end - _start >= 2 && _buffer[_start] == '\r' && _buffer[_start + 1] == '\n')
            {
                _start += 2;
            }

            if (_start < _end && (_buffer[_start] != '\r' || _end - _start >= 2))
            {
                return true;
            }

            if (!await FillAsync().ConfigureAwait(false))
            {
                return false;
            }
        }
    }

    /// <exception cref="HttpRefusalException">It is no request, or its headers are too long.</exception>
    public async Task<HttpHead> ReadHeadAsync()
    {
        var text = await ReadUntilAsync(EndOfHead, LargestHead).ConfigureAwait(false) ?? throw HttpRefusalException.HeadTooLarge();
        return HttpHead.Parse(text);
    }

    /// <exception cref="HttpRefusalException">The body is larger than allowed, or not as its head states.</exception>
    public async Task<byte[]> ReadBodyAsync(HttpHead head, int limit)
    {
        if (head.Length is { } length)
        {
            var body = new byte[length <= limit ? length : throw HttpRefusalException.BodyTooLarge(limit)];
            await ReadExactlyAsync(body, body.Length).ConfigureAwait(false);
            return body;
        }

        return await ReadChunksAsync(limit).ConfigureAwait(false);
    }

    /// <summary>Discards all input until the client closes the connection.</summary>
    public async Task DrainAsync()
    {
        do
        {
            _start = _end = 0;
        }
        while (await FillAsync().ConfigureAwait(false));
    }

    private async Task<byte[]> ReadChunksAsync(int limit)
    {
        using var body = new MemoryStream();
        var most = Math.Max(MostChunks, limit / FewestBytes);
        for (var count = 0; ; count++)
        {
            var line = await ReadLineAsync().ConfigureAwait(false);
            var size = line.Split(';')[0].Trim();
            if (!int.TryParse(size, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var length) || length < 0)
            {
                throw HttpRefusalException.Malformed("a chunk without a length");
            }

            if (length == 0)
            {
                break;
            }

            if (length > limit - body.Length)
            {
                throw HttpRefusalException.BodyTooLarge(limit);
            }

            if (count == most)
            {
                throw HttpRefusalException.TooManyChunks(most);
            }

            var chunk = new byte[length];
            await ReadExactlyAsync(chunk, length).ConfigureAwait(false);
            body.Write(chunk, 0, length);
            if ((await ReadLineAsync().ConfigureAwait(false)).Length > 0)
            {
                throw HttpRefusalException.Malformed("a chunk that is longer than its length");
            }
        }

        // Headers may follow the last chunk.
        for (var left = LargestHead; (await ReadLineAsync().ConfigureAwait(false)).Length > 0;)
        {
            left -= LongestLine;
            if (left < 0)
            {
                throw HttpRefusalException.HeadTooLarge();
            }
        }

        return body.ToArray();
    }

    private async Task<string> ReadLineAsync()
    {
        var line = await ReadUntilAsync(EndOfLine, LongestLine).ConfigureAwait(false)
            ?? throw HttpRefusalException.Malformed("an overlong line");
        return line.Any(HttpHead.IsControl) ? throw HttpRefusalException.Malformed("a control character between chunks") : line;
    }

    /// <summary>The text up to an end mark, which is taken away; null when it is longer than allowed.</summary>
    private async Task<string?> ReadUntilAsync(byte[] mark, int limit)
    {
        for (var seen = 0; ;)
        {
            // Only what is new is searched, and the mark may have begun at the end of what was there before.
            var begin = _start + Math.Max(0, seen - mark.Length + 1);
            var place = _buffer.AsSpan(begin, _end - begin).IndexOf(mark);
            if (place >= 0)
            {
                var length = begin + place - _start;
                var text = length > limit ? null : Latin1.GetString(_buffer, _start, length);
                _start += length + mark.Length;
                return text;
            }

            seen = _end - _start;
            if (seen > limit)
            {
                return null;
            }

            if (!await FillAsync().ConfigureAwait(false))
            {
                throw new EndOfStreamException();
            }
        }
    }

    private async Task ReadExactlyAsync(byte[] target, int length)
    {
        var read = Math.Min(length, _end - _start);
        Buffer.BlockCopy(_buffer, _start, target, 0, read);
        _start += read;
        while (read < length)
        {
            var more = await ReadAsync(target, read, length - read).ConfigureAwait(false);
            read += more > 0 ? more : throw new EndOfStreamException();
        }
    }

    private async Task<bool> FillAsync()
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

        var read = await ReadAsync(_buffer, _end, _buffer.Length - _end).ConfigureAwait(false);
        _end += read;
        return read > 0;
    }

#if NET
    private ValueTask<int> ReadAsync(byte[] buffer, int offset, int count) => stream.ReadAsync(buffer.AsMemory(offset, count));
#else
    private Task<int> ReadAsync(byte[] buffer, int offset, int count) => stream.ReadAsync(buffer, offset, count);
#endif
}
