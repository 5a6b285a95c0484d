using Copper.Client.Models;

namespace Copper.Client.Hub;

/// <summary>Tells the records of a CopperHub which installation they were read from. It has no names behind ids.</summary>
/// <param name="account">The installation.</param>
internal sealed class HubRecords(RecordAccount account) : INameSource
{
    /// <inheritdoc cref="INameSource.Account"/>
    public RecordAccount Account => account;

    RecordAccount? INameSource.Account => account;

    /// <summary>Tells a record where it is from.</summary>
    public T Attach<T>(T value)
        where T : class, ICopperRecord
    {
        (value as CopperRecord)?.Attach(this);
        return value;
    }

    string? INameSource.NameOf(NameReference reference) => null;
}
