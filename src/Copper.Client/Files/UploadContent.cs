using System.Net;
using System.Net.Http.Headers;
using System.Text;
using Copper.Client.Models;

namespace Copper.Client.Files;

/// <summary>The form that the storage takes: fields first, the file last, read from its stream while it is sent.</summary>
internal sealed class UploadContent : HttpContent
{
    private const int ChunkLength = 64 * 1024;

    private readonly Stream _file;
    private readonly long _length;
    private readonly Action<long> _sent;
    private readonly byte[] _head;
    private readonly byte[] _tail;

    /// <param name="ticket">The fields.</param>
    /// <param name="file">The file's bytes; this content does not close it.</param>
    /// <param name="length">Their number.</param>
    /// <param name="fileName">The file's name.</param>
    /// <param name="sent">Is called with the bytes sent so far.</param>
    public UploadContent(UploadTicket ticket, Stream file, long length, string fileName, Action<long> sent)
    {
        _file = file;
        _length = length;
        _sent = sent;
        var boundary = "copper-" + Guid.NewGuid().ToString("N");
        var head = new StringBuilder();
        foreach (var field in ticket.Fields())
        {
            head.Append("--").Append(boundary).Append("\r\nContent-Disposition: form-data; name=\"").Append(field.Key)
                .Append("\"\r\n\r\n").Append(field.Value).Append("\r\n");
        }

        head.Append("--").Append(boundary).Append("\r\nContent-Disposition: form-data; name=\"file\"; filename=\"").Append(Plain(fileName))
            .Append("\"\r\nContent-Type: application/octet-stream\r\n\r\n");
        _head = Encoding.UTF8.GetBytes(head.ToString());
        _tail = Encoding.ASCII.GetBytes($"\r\n--{boundary}--\r\n");
        Headers.ContentType = new MediaTypeHeaderValue("multipart/form-data");
        Headers.ContentType.Parameters.Add(new NameValueHeaderValue("boundary", boundary));
    }

#if NET
    protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context) => WriteAsync(stream, CancellationToken.None);

    protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context, CancellationToken cancellationToken) =>
        WriteAsync(stream, cancellationToken);
#else
    protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context) => WriteAsync(stream, CancellationToken.None);
#endif

    protected override bool TryComputeLength(out long length)
    {
        length = _head.Length + _length + _tail.Length;
        return true;
    }

    /// <summary>The real name is given when the file is attached; here it only must not break the form.</summary>
    private static string Plain(string fileName) =>
        new(fileName.Select(static c => c is > '\u001f' and < '\u007f' and not '"' and not '\\' ? c : '_').ToArray());

#if NET
    private static ValueTask PutAsync(Stream stream, byte[] bytes, int count, CancellationToken cancellationToken) =>
        stream.WriteAsync(bytes.AsMemory(0, count), cancellationToken);

    private static ValueTask<int> TakeAsync(Stream stream, byte[] bytes, int count, CancellationToken cancellationToken) =>
        stream.ReadAsync(bytes.AsMemory(0, count), cancellationToken);
#else
    private static Task PutAsync(Stream stream, byte[] bytes, int count, CancellationToken cancellationToken) =>
        stream.WriteAsync(bytes, 0, count, cancellationToken);

    private static Task<int> TakeAsync(Stream stream, byte[] bytes, int count, CancellationToken cancellationToken) =>
        stream.ReadAsync(bytes, 0, count, cancellationToken);
#endif

    private async Task WriteAsync(Stream stream, CancellationToken cancellationToken)
    {
        await PutAsync(stream, _head, _head.Length, cancellationToken).ConfigureAwait(false);
        var chunk = new byte[ChunkLength];
        long done = 0;
        while (done < _length)
        {
            var count = await TakeAsync(_file, chunk, (int)Math.Min(chunk.Length, _length - done), cancellationToken).ConfigureAwait(false);
            if (count == 0)
            {
                throw new InvalidDataException($"The file became shorter while it was sent: {done} of {_length} bytes could be read.");
            }

            await PutAsync(stream, chunk, count, cancellationToken).ConfigureAwait(false);
            done += count;
            _sent(done);
        }

        await PutAsync(stream, _tail, _tail.Length, cancellationToken).ConfigureAwait(false);
    }
}
