using System.Buffers;

namespace Copper.Client.Http;

/// <summary>A growing byte buffer on rented memory: a page of 200 records is some hundred kilobytes, again and again.</summary>
internal sealed class PooledBuffer(int capacity) : IDisposable
{
    private byte[]? _bytes = ArrayPool<byte>.Shared.Rent(Math.Max(capacity, 4096));
    private int _length;

    public ReadOnlyMemory<byte> Written => new(Bytes, 0, _length);

    private byte[] Bytes => _bytes ?? throw new ObjectDisposedException(nameof(PooledBuffer));

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
        }
    }

    public void Dispose()
    {
        if (Interlocked.Exchange(ref _bytes, null) is { } bytes)
        {
            ArrayPool<byte>.Shared.Return(bytes);
        }
    }

    private void Grow()
    {
        var bigger = ArrayPool<byte>.Shared.Rent(checked(Bytes.Length * 2));
        Buffer.BlockCopy(Bytes, 0, bigger, 0, _length);
        ArrayPool<byte>.Shared.Return(Bytes);
        _bytes = bigger;
    }
}
