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
    public CopperBulkResult(T record)
    {
        Record = record ?? throw new ArgumentNullException(nameof(record));
        Id = record.Id;
    }

    /// <summary>An item that failed.</summary>
    /// <param name="failure">Why it did.</param>
    /// <param name="id">The record that was to be updated; null for one that was to be created.</param>
    public CopperBulkResult(CopperException failure, long? id = null)
    {
        Failure = failure ?? throw new ArgumentNullException(nameof(failure));
        Id = id;
    }

    /// <summary>The id of the record, of one that could not be updated too; null for one that was not created.</summary>
    public long? Id { get; }

    /// <summary>The record as the service keeps it; null when there is a <see cref="Failure"/>.</summary>
    public T? Record { get; }

    /// <summary>
    /// Why the item has no record; null when it has one. A <see cref="CopperValidationException"/> is the service's rejection, with
    /// the status 422 where it names none; a <see cref="CopperOutcomeUnknownException"/> leaves open whether it was carried out.
    /// </summary>
    public CopperException? Failure { get; }

    ICopperRecord? ICopperBulkResult.Record => Record;

    /// <summary>The id with the record or with the failure, for example <c>7 Ada Lovelace</c>.</summary>
    public override string ToString() => $"{Id} {Record?.ToString() ?? Failure?.Message}".Trim();
}
