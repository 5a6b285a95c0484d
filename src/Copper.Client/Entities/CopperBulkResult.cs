using Copper.Client.Models;

namespace Copper.Client;

/// <summary>The result of one item of a bulk request, whatever its model is.</summary>
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
    private CopperBulkResult(T? record, CopperException? error)
    {
        Record = record;
        Error = error;
    }

    /// <summary>The record as the service keeps it; null when there is an <see cref="Error"/>.</summary>
    public T? Record { get; }

    /// <summary>
    /// Why the item has no record; null when it has one. A <see cref="CopperValidationException"/> is the service's rejection, with
    /// the status 422 where it names none; a <see cref="CopperOutcomeUnknownException"/> leaves open whether it was carried out.
    /// </summary>
    public CopperException? Error { get; }

    ICopperRecord? ICopperBulkResult.Record => Record;

    CopperException? ICopperBulkResult.Failure => Error;

    internal static CopperBulkResult<T> Of(T record) => new(record, null);

    internal static CopperBulkResult<T> Of(CopperException error) => new(null, error);
}
