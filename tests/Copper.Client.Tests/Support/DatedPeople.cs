using System.Globalization;
using System.Text.Json;

namespace Copper.Client.Tests.Support;

/// <summary>People with dates of creation, of whom a search hands out no more than its cap: those without a date come last.</summary>
internal sealed class DatedPeople(int cap, IEnumerable<(long Id, long? Created)> people)
{
    private readonly List<(long Id, long? Created)> _people = [.. people];

    /// <summary>So far X-PW-TOTAL exceeds the real count.</summary>
    public int Surplus { get; set; }

    public HttpResponseMessage Respond(ReceivedRequest request)
    {
        using var json = JsonDocument.Parse(request.Body);
        var body = json.RootElement;
        var (number, size) = (Number("page_number") ?? 1, Number("page_size") ?? 20);
        var (minimum, maximum) = (Number("minimum_created_date"), Number("maximum_created_date"));
        var found = _people.Where(
            person => (minimum is null || person.Created >= minimum) && (maximum is null || person.Created <= maximum)).ToList();
        var sign = body.GetProperty("sort_direction").GetString() == "desc" ? -1 : 1;
        var sorted = body.GetProperty("sort_by").GetString() == "date_created"
            ? found.OrderBy(static person => person.Created is null).ThenBy(person => sign * person.Created)
                .ThenBy(static person => person.Id)
            : found.OrderBy(person => sign * person.Id);
        var items = sorted.Take(cap).Skip((int)((number - 1) * size)).Take((int)size)
            .Select(static person => $$"""{"id":{{person.Id}},"date_created":{{Text(person.Created)}}}""");
        return ScriptedService.Response(200, "[" + string.Join(",", items) + "]", ("X-PW-TOTAL", Text(found.Count + Surplus)));

        long? Number(string name) => body.TryGetProperty(name, out var value) ? value.GetInt64() : null;
    }

    private static string Text(long? value) => value?.ToString(CultureInfo.InvariantCulture) ?? "null";
}
