using System.ComponentModel;
using Copper.Client.Models;

namespace Copper.Client;

/// <summary>The result of one item of a bulk request, whatever its model is.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public interface ICopperBulkResult
{
    /// <summary>The record as the service keeps it; null when there is a <see cref="Failure"/>.</summary>
    ICopperRecord? Record { get; }

    /// <summary>Why the item has no record; null when it has one.</summary>
    CopperException? Failure { get; }
}

/// <summary>The result of one item of a bulk request: a record, or the error.</summary>
/// <typeparam name="T">The model.</typeparam>
public sealed class CopperBulkResult<T> : ICopperBulkResult
    where T : class, ICopperRecord
{
    /// <summary>A record that was written.</summary>
    /// <param name="record">The record as the service keeps it.</param>
    public CopperBulkResult(T record) => Record = record ?? throw new ArgumentNullException(nameof(record));

    /// <summary>An item that failed.</summary>
    /// <param name="failure">Why it did.</param>
    public CopperBulkResult(CopperException failure) => Failure = failure ?? throw new ArgumentNullException(nameof(failure));

    /// <summary>The record as the service keeps it; null when there is a <see cref="Failure"/>.</summary>
    public T? Record { get; }

    /// <summary>
    /// Why the item has no record; null when it has one. A <see cref="CopperValidationException"/> is the service's rejection, with
    /// the status 422 where it names none; a <see cref="CopperOutcomeUnknownException"/> leaves open whether it was carried out.
    /// </summary>
    public CopperException? Failure { get; }

    ICopperRecord? ICopperBulkResult.Record => Record;
}
