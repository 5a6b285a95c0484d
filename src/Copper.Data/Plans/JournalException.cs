namespace Copper.Data.Plans;

/// <summary>
/// The file of a journal can be written no more: the disk is full, the file is gone, or the journal was stopped. What the journal does not
/// hold is not sent.
/// </summary>
public sealed class JournalException : IOException
{
    /// <param name="path">The journal.</param>
    /// <param name="problem">What is wrong with it.</param>
    /// <param name="inner">What happened below.</param>
    public JournalException(string path, string problem, Exception? inner = null)
        : base($"The journal '{path}' cannot be written: {problem}", inner)
    {
        Path = path;
    }

    /// <summary>The file.</summary>
    public string Path { get; }
}
