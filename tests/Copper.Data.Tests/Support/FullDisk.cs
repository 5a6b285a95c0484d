namespace Copper.Data.Tests.Support;

/// <summary>A file on a disk that becomes full: half of what does not fit any more is written.</summary>
internal sealed class FullDisk(string path) : Stream
{
    private readonly FileStream _file = new(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.Read, bufferSize: 0);

    /// <summary>So many writes still fit.</summary>
    public int Room { get; set; } = int.MaxValue;

    public override bool CanRead => true;

    public override bool CanSeek => true;

    public override bool CanWrite => true;

    public override long Length => _file.Length;

    public override long Position
    {
        get => _file.Position;
        set => _file.Position = value;
    }

    public override void Flush() => _file.Flush();

    public override int Read(byte[] buffer, int offset, int count) => _file.Read(buffer, offset, count);

    public override long Seek(long offset, SeekOrigin origin) => _file.Seek(offset, origin);

    public override void SetLength(long value) => _file.SetLength(value);

    public override void Write(byte[] buffer, int offset, int count)
    {
        if (Room-- > 0)
        {
            _file.Write(buffer, offset, count);
            return;
        }

        _file.Write(buffer, offset, count / 2);
        throw new IOException("No space left on device");
    }

    protected override void Dispose(bool disposing)
    {
        _file.Dispose();
        base.Dispose(disposing);
    }
}
