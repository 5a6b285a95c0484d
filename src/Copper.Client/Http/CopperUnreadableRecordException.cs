using System.Globalization;
using System.Net;
using Copper.Client.Json;

namespace Copper.Client;

/// <summary>
/// An item of a list cannot be read as a record: it has no id that is a whole number, or is no object at all. Only the item is
/// left out; the others of the list are there.
/// </summary>
public sealed class CopperUnreadableRecordException : CopperException
{
    /// <summary>As the client reports it.</summary>
    /// <param name="request">The request that returned the list.</param>
    /// <param name="statusCode">The status of the response.</param>
    /// <param name="requestId">The service's own name for the request; null when unknown.</param>
    /// <param name="entity">What the item should be, in the API's singular word.</param>
    /// <param name="problem">What is wrong with it, as half a sentence: has no id.</param>
    /// <param name="page">The number of the page, from 1; null for a list that comes whole.</param>
    /// <param name="place">The item's place in the page or list, from 1.</param>
    /// <param name="recordId">What the item has in place of an id; null when it has none.</param>
    public CopperUnreadableRecordException(
        CopperRequest request,
        HttpStatusCode statusCode,
        string? requestId,
        string entity,
        string problem,
        long? page,
        int place,
        string? recordId)
        : base(request, Describe(request, entity, problem, page, place))
    {
        StatusCode = statusCode;
        RequestId = requestId;
        Entity = entity;
        Page = page;
        Place = place;
        RecordId = recordId is null ? null : ErrorText.Tidy(request.Redact(recordId));
    }

    /// <inheritdoc/>
    public override HttpStatusCode? StatusCode { get; }

    /// <inheritdoc/>
    public override string? RequestId { get; }

    /// <summary>What the item should be, in the API's singular word: person, pipeline …</summary>
    public string Entity { get; }

    /// <summary>The number of the page, from 1; null for a list that comes whole.</summary>
    public long? Page { get; }

    /// <summary>The item's place in the page or list, from 1.</summary>
    public int Place { get; }

    /// <summary>What the item has in place of an id; null when it has none.</summary>
    public string? RecordId { get; }

    private static string Describe(CopperRequest request, string entity, string problem, long? page, int place) => string.Format(
        CultureInfo.InvariantCulture,
        "Item {0} of {1} that Copper returned for {2} {3} cannot be read as {4} {5}: it {6}. It is left out; the others are not affected.",
        place,
        page is null ? "the list" : string.Format(CultureInfo.InvariantCulture, "page {0}", page),
        request.Method,
        request.PathAndQuery,
        entity[0] is 'a' or 'e' or 'i' or 'o' ? "an" : "a",
        entity,
        ErrorText.Tidy(problem));
}
