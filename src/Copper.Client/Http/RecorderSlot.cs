namespace Copper.Client;

/// <summary>Holds the recorder of a client; all views of the client share it.</summary>
internal sealed class RecorderSlot
{
    private IChangeRecorder? _recorder;

    /// <summary>Who is told of changes; null for nobody.</summary>
    public IChangeRecorder? Recorder
    {
        get => Volatile.Read(ref _recorder);
        set => Volatile.Write(ref _recorder, value);
    }
}
