using System.Globalization;
using System.Net;
using System.Text.Json;
using Copper.Client.Json;
using Copper.Client.Models;

namespace Copper.Client;

/// <summary>
/// Reads the response of a bulk endpoint: an array in the order of the request, of records and of failures
/// <c>{"success":false,"message":{field:[{error}]}}</c>, which carry the id too when it was an update. The status is 200 even
/// when every item failed.
/// </summary>
/// <param name="request">The request.</param>
/// <param name="items">What it held.</param>
/// <param name="member">The member under which a wrapped list would stand.</param>
/// <param name="read">Reads a record.</param>
/// <param name="redact">Removes secrets from the text of the service.</param>
internal sealed class BulkResponse<T>(
    CopperRequest request, IReadOnlyList<JsonBody> items, string member, Func<JsonElement, T?> read, Func<string, string> redact)
    where T : class, ICopperRecord
{
    /// <summary>The status of a rejected item that names none: what the same item is rejected with on its own.</summary>
    private const int Rejected = 422;

    public IReadOnlyList<CopperBulkResult<T>> Read(ServiceResponse response)
    {
        if (response.Body.IsEmpty)
        {
            // Carried out, presumably: to fail as a whole would have it retried.
            return [.. items.Select((_, place) => Unknown(place, response, [], 0))];
        }

        using var document = JsonDocument.Parse(response.Body, JsonDepth.AnyDepth);
        var outcomes = ListOf(document.RootElement).Select(item => Read(item, response)).ToArray();
        var placed = Place(outcomes);
        var unplaced = outcomes.Except(placed).OfType<Outcome>().Select(static outcome => outcome.Record?.Id).OfType<long>().ToArray();
        var tooMany = outcomes.Length > items.Count ? outcomes.Length : 0;
        return [.. placed.Select((outcome, place) => outcome switch
        {
            { Record: { } record } => new CopperBulkResult<T>(record),
            { Error: { } error } => new CopperBulkResult<T>(error, IdOf(items[place])),
            _ => Unknown(place, response, unplaced, tooMany),
        })];
    }

    private JsonElement.ArrayEnumerator ListOf(JsonElement root)
    {
        var list = root.ValueKind == JsonValueKind.Object && root.TryGetProperty(member, out var wrapped) ? wrapped : root;
        return list.ValueKind == JsonValueKind.Array
            ? list.EnumerateArray()
            : throw new JsonException("it is not the list of what became of the items.");
    }

    private Outcome? Read(JsonElement item, ServiceResponse response)
    {
        if (item.ValueKind != JsonValueKind.Object)
        {
            return null;
        }

        // A failed update names its record too; an error beside a whole record is none of the record.
        var id = StatedError.Number(item, "id");
        if (StatedError.IsOne(item, mayHaveId: request.Effect == RequestEffect.Update && !item.TryGetProperty("name", out _)))
        {
            var status = StatedError.Number(item, "status") is { } named and >= 400 and < 600 ? (int)named : Rejected;
            var lead = status == Rejected ? "Copper rejected this record." : null;
            var error = ErrorReader.ReadItem(item, (HttpStatusCode)status, lead, response.RequestId, redact);
            return new Outcome(id, null, null, CopperApiException.Create(request, error));
        }

        var name = item.TryGetProperty("name", out var text) && text.ValueKind == JsonValueKind.String ? text.GetString() : null;
        return id is not null && read(item) is { } record ? new Outcome(id, name, record, null) : null;
    }

    /// <summary>
    /// One outcome for each item; null where the response does not mention it. When as many came as were sent, the order tells; else
    /// only what shows beyond doubt to which item it belongs is taken: a wrong guess would hide a record that was created, or not created.
    /// </summary>
    private Outcome?[] Place(Outcome?[] outcomes)
    {
        if (items[0].Contains("id"))
        {
            return PlaceById(outcomes);
        }

        if (outcomes.Length == items.Count)
        {
            return InOrderOfNames(outcomes);
        }

        var placed = new Outcome?[items.Count];
        for (var place = 0; place < Math.Min(outcomes.Length, items.Count) && IsAbout(outcomes[place], items[place]); place++)
        {
            placed[place] = outcomes[place];
        }

        return placed;
    }

    /// <summary>
    /// The order tells, unless the names of the records show another one: then they do, and what they do not tell stays unknown. A
    /// record that is named twice is that of one item at most.
    /// </summary>
    private Outcome?[] InOrderOfNames(Outcome?[] outcomes)
    {
        var twice = outcomes.Select(static outcome => outcome?.Record?.Id).OfType<long>()
            .GroupBy(static id => id).Where(static ids => ids.Count() > 1).Select(static ids => ids.Key).ToArray();
        var isMixed = twice.Length > 0 || outcomes.Select((outcome, place) => outcome?.Record is not null
            && !IsAbout(outcome, items[place]) && items.Any(item => IsAbout(outcome, item))).Any(static other => other);
        return isMixed
            ? [.. items.Select(item => OnlyOne(outcomes, item) is { Record: { } record } only && !twice.Contains(record.Id)
                && items.Count(other => IsAbout(only, other)) == 1 ? only : null)]
            : outcomes;
    }

    private static Outcome? OnlyOne(Outcome?[] outcomes, JsonBody item)
    {
        var about = outcomes.Where(outcome => IsAbout(outcome, item)).ToArray();
        return about.Length == 1 ? about[0] : null;
    }

    private Outcome?[] PlaceById(Outcome?[] outcomes)
    {
        var left = outcomes.ToList();
        var sameLength = left.Count == items.Count;
        return [.. items.Select((item, place) =>
        {
            var id = Convert.ToInt64(item["id"], CultureInfo.InvariantCulture);
            var found = left.FindIndex(outcome => outcome?.Id == id);
            if (found >= 0)
            {
                var outcome = left[found];
                left[found] = null;
                return outcome;
            }

            // A failure without an id.
            return sameLength && outcomes[place] is { Id: null } nameless ? nameless : null;
        })];
    }

    private static bool IsAbout(Outcome? outcome, JsonBody item) =>
        outcome?.Name is { } created && item.Contains("name") && item["name"] is string name
        && string.Equals(created.Trim(), name.Trim(), StringComparison.OrdinalIgnoreCase);

    /// <summary>The outcome of an item that the response does not tell.</summary>
    /// <param name="place">The item's place, from 0.</param>
    /// <param name="response">The response.</param>
    /// <param name="unplaced">The ids of records that the response names without telling of which item they came.</param>
    /// <param name="tooMany">The number of results, when it is larger than that of the items; else 0.</param>
    private CopperBulkResult<T> Unknown(int place, ServiceResponse response, long[] unplaced, int tooMany)
    {
        var problem = tooMany > 0
            ? $"it lists {tooMany} results for {items.Count} items, so that it does not tell which one is that of item {place + 1}."
            : $"it does not say what became of item {place + 1} of {items.Count}.";
        if (unplaced.Length > 0)
        {
            problem += $" Records that it does name, without telling of which item they came: {string.Join(", ", unplaced)}.";
        }

        return new CopperBulkResult<T>(new CopperOutcomeUnknownException(
            request, new CopperProtocolException(request, response.StatusCode, response.RequestId, problem)), IdOf(items[place]));
    }

    /// <summary>The record that an item is to update; null for one that is to be created.</summary>
    internal static long? IdOf(JsonBody item) =>
        item.Contains("id") ? Convert.ToInt64(item["id"], CultureInfo.InvariantCulture) : null;

    private sealed record Outcome(long? Id, string? Name, T? Record, CopperApiException? Error);
}
