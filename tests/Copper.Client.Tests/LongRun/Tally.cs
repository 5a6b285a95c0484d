namespace Copper.Client.Tests.LongRun;

/// <summary>What a worker has asked for, and what he met.</summary>
internal sealed class Tally
{
    private int _failures;

    public int Creations { get; set; }

    public int Groups { get; set; }

    public int Updates { get; set; }

    public int Deletions { get; set; }

    public int TaskUpdates { get; set; }

    public int Reads { get; set; }

    public int Cancellations { get; set; }

    public int Interruptions { get; set; }

    /// <summary>Creations whose outcome was unknown.</summary>
    public int Unknown { get; set; }

    /// <summary>Those among them, record by record, that the service had carried out.</summary>
    public int Found { get; set; }

    /// <summary>Calls that ended in an error.</summary>
    public int Failures => _failures;

    public void Failure() => Interlocked.Increment(ref _failures);
}
