using System.Buffers;

namespace Copper.Client;

/// <summary>A growing byte buffer on rented memory: a page of 200 records is some hundred kilobytes, again and again.</summary>
/// <param name="capacity">The bytes that are expected.</param>
/// <param name="limit">The most bytes that it takes.</param>
internal sealed class PooledBuffer(long capacity, long limit) : IDisposable
{
    private const int Smallest = 4096;

    /// <summary>What is larger is seldom, and a pool would keep it for the rest of the process.</summary>
    private const int LargestRented = 4 * 1024 * 1024;

    private byte[]? _bytes = Rent((int)Math.Min(Math.Max(capacity, Smallest), LargestRented));
    private int _length;

    public ReadOnlyMemory<byte> Written => new(Bytes, 0, _length);

    private byte[] Bytes => _bytes ?? throw new ObjectDisposedException(nameof(PooledBuffer));

    /// <summary>Reads the stream to its end.</summary>
    /// <exception cref="ResponseTooLargeException">It holds more than the limit; no more than that was read and kept.</exception>
    public async Task FillAsync(Stream stream, CancellationToken cancellationToken)
    {
        while (true)
        {
            if (_length == Bytes.Length)
            {
                Grow();
            }

#if NET
            var read = await stream.ReadAsync(Bytes.AsMemory(_length), cancellationToken).ConfigureAwait(false);
#else
            var read = await stream.ReadAsync(Bytes, _length, Bytes.Length - _length, cancellationToken).ConfigureAwait(false);
#endif
            if (read == 0)
            {
                return;
            }

            _length += read;
            if (_length > limit)
            {
                throw new ResponseTooLargeException(limit);
            }
        }
    }

    /// <summary>Replaces what was read.</summary>
    public void Replace(byte[] bytes)
    {
        Return(Bytes);
        _bytes = Rent(bytes.Length);
        _length = bytes.Length;
        Buffer.BlockCopy(bytes, 0, _bytes, 0, bytes.Length);
    }

    public void Dispose()
    {
        if (Interlocked.Exchange(ref _bytes, null) is { } bytes)
        {
            Return(bytes);
        }
    }

    private static byte[] Rent(int length) => length <= LargestRented ? ArrayPool<byte>.Shared.Rent(length) : new byte[length];

    private static void Return(byte[] bytes)
    {
        if (bytes.Length <= LargestRented)
        {
            ArrayPool<byte>.Shared.Return(bytes);
        }
    }

    private void Grow()
    {
        // One byte beyond the limit shows that there is more.
        var room = Math.Min(Bytes.Length * 2L, Math.Max(limit, Bytes.Length) + 1);
        var bigger = Rent((int)Math.Min(room, int.MaxValue - 64));
        Buffer.BlockCopy(Bytes, 0, bigger, 0, _length);
        Return(Bytes);
        _bytes = bigger;
    }
}
