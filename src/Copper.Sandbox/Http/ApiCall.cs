using System.Globalization;
using System.Text.Json;
using Copper.Sandbox.Accounts;
using Copper.Sandbox.Errors;
using Copper.Sandbox.Json;
using Copper.Sandbox.Search;

namespace Copper.Sandbox.Http;

/// <summary>A request on its way through an endpoint.</summary>
internal sealed class ApiCall(SandboxState state, SandboxRequest request, DateTimeOffset now, IReadOnlyList<string> arguments, Route route)
{
    private static readonly JsonElement EmptyObject = JsonDocument.Parse("{}").RootElement;

    private JsonElement? _body;

    public SandboxState State { get; } = state;

    public Account Account => State.Account;

    public SandboxOptions Options => State.Options;

    public DateTimeOffset Now { get; } = now;

    public RecordEditor Editor => new(Account, Now);

    /// <summary>Whether custom fields are to be shown with their computed values.</summary>
    public bool ComputedValues => BooleanQuery("custom_field_computed_values");

    /// <summary>The JSON object sent; an empty one if there was no body.</summary>
    public JsonElement Body => _body ??= route.TakesMembersFromQuery ? AddQueryMembers(ParseBody()) : ParseBody();

    /// <summary>A path segment matched by a placeholder.</summary>
    public string Argument(int index) => arguments[index];

    /// <summary>A path segment that has to be an id.</summary>
    /// <remarks>Reported by a client author: 422 for what is not a number, 500 for -1, 404 for an unknown id.</remarks>
    public long IdArgument(int index)
    {
        string text = arguments[index];
        if (!long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out long id))
        {
            throw ApiException.Invalid("id", "Invalid value for Id: IDs must be positive integers: " + text);
        }

        return id >= 0 ? id : throw ApiException.InternalError();
    }

    public string? Query(string name) => request.Query.TryGetValue(name, out string? value) ? value : null;

    /// <summary>A query parameter that is true or false, and false when missing.</summary>
    public bool BooleanQuery(string name) => Query(name) switch
    {
        null or "false" => false,
        "true" => true,
        _ => throw ApiException.Invalid(name, "must be true or false"),
    };

    /// <summary>Rejects members the endpoint does not know.</summary>
    public void AllowOnly(params string[] members)
    {
        var errors = new ValidationErrors();
        errors.AddUnrecognized([.. Body.EnumerateObject().Select(member => member.Name).Where(name => !members.Contains(name))]);
        errors.ThrowIfAny();
    }

    /// <summary>Reads the page wanted by an endpoint whose body holds nothing else but the members given.</summary>
    public Paging ReadPaging(params string[] otherMembers)
    {
        AllowOnly([.. Paging.Members, .. otherMembers]);
        var errors = new ValidationErrors();
        var page = Paging.Read(Body, errors);
        errors.ThrowIfAny();
        return page;
    }

    /// <summary>Adds what the query says to the body; if both say it, the body counts (not settled).</summary>
    private JsonElement AddQueryMembers(JsonElement body)
    {
        var added = request.Query.Where(parameter =>
            !route.QueryParameters.Contains(parameter.Key) && !body.TryGetProperty(parameter.Key, out _)).ToArray();
        if (added.Length == 0)
        {
            return body;
        }

        using var document = JsonDocument.Parse(JsonText.Bytes(writer =>
        {
            writer.WriteStartObject();
            foreach (var member in body.EnumerateObject())
            {
                member.WriteTo(writer);
            }

            foreach (var parameter in added)
            {
                writer.WriteString(parameter.Key, parameter.Value);
            }

            writer.WriteEndObject();
        }));
        return document.RootElement.Clone();
    }

    private JsonElement ParseBody()
    {
        if (string.IsNullOrWhiteSpace(request.Body))
        {
            return EmptyObject;
        }

        // A body that is not announced as JSON would not be parsed by the service; rejecting it is clearer than ignoring it.
        string? contentType = request.Header("Content-Type");
        if (contentType is null || contentType.IndexOf("application/json", StringComparison.OrdinalIgnoreCase) < 0)
        {
            throw ApiException.BadRequest("Content-Type must be application/json");
        }

        try
        {
            using var document = JsonDocument.Parse(request.Body!);
            bool isEmptyArray = document.RootElement.ValueKind == JsonValueKind.Array && document.RootElement.GetArrayLength() == 0;
            return document.RootElement.ValueKind == JsonValueKind.Object ? document.RootElement.Clone()
                : isEmptyArray && route.TakesMembersFromQuery ? EmptyObject
                : throw ApiException.BadRequest("The body must be a JSON object");
        }
        catch (JsonException)
        {
            throw ApiException.BadRequest("The body is not valid JSON");
        }
    }
}
