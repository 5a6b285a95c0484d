using System.Collections;
using System.Globalization;
using Copper.Client.Hub.Json;
using Copper.Client.Json;

namespace Copper.Client.Hub;

/// <summary>One request to the CopperHub, before the session has its part in it. Every request is a POST of form fields.</summary>
public sealed class CopperHubRequest
{
    /// <summary>The page of the installation that serves the API.</summary>
    internal const string Page = "index.php";

    private static readonly string[] OwnFields = ["module", "action", "v", "session_id"];

    private readonly long? _id;

    /// <summary>A request for an action.</summary>
    /// <param name="action">The API's word for it, for example <c>read_project</c>.</param>
    /// <exception cref="ArgumentException">This cannot be an action.</exception>
    public CopperHubRequest(string action)
    {
        Action = (action ?? throw new ArgumentNullException(nameof(action))).Trim();
        if (Action.Length == 0 || !Action.All(static c => c is (>= 'a' and <= 'z') or (>= 'A' and <= 'Z') or (>= '0' and <= '9') or '_'))
        {
            throw new ArgumentException($"'{action}' is not an action of the CopperHub. Actions are words such as read_project.");
        }

        Effect = InferEffect(Action);
    }

    /// <summary>
    /// A request for an action with all its fields: <c>id</c>, <c>data</c> (an object, or its JSON) and whatever else the action takes.
    /// </summary>
    /// <param name="action">The API's word for it.</param>
    /// <param name="fields">The form fields in the API's own spelling; null for none.</param>
    /// <exception cref="ArgumentException">This cannot be an action, or a field has a value that has no form.</exception>
    public static CopperHubRequest Create(string action, JsonBody? fields)
    {
        var request = new CopperHubRequest(action);
        foreach (var field in fields ?? [])
        {
            var text = field.Value switch
            {
                null => string.Empty,
                JsonBody body => HubText.OfData(body),
                IDictionary dictionary => HubText.OfData(Body(dictionary)),
                IEnumerable and not string => throw new ArgumentException($"The field '{field.Key}' is a list, which no form has."),
                var value => HubText.Of(value)!,
            };
            request.Fields.Add(new(field.Key, text));
        }

        // The fields become a form once, so that what no request may set is rejected here.
        _ = request.ToForm(null);
        return request;
    }

    /// <summary>The action.</summary>
    public string Action { get; }

    /// <summary>The record that the action is about; null for none.</summary>
    public long? Id
    {
        get
        {
            var text = Fields.FirstOrDefault(static entry => entry.Key == "id").Value;
            return _id ?? (long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var id) ? id : null);
        }

        init => _id = value;
    }

    /// <summary>The attributes to write; null for none. They go out as strict JSON in the field <c>data</c>, each value as text.</summary>
    public JsonBody? Data { get; init; }

    /// <summary>Further form fields, in the order in which they are sent.</summary>
    public IList<KeyValuePair<string, string>> Fields { get; } = new List<KeyValuePair<string, string>>();

    /// <summary>What the request does to the account; by default inferred from the action.</summary>
    public RequestEffect Effect { get; init; }

    /// <summary>What the action is about, in the API's word: <c>project</c> for <c>read_project</c>.</summary>
    internal string Noun => Action == "get_project_tasks" ? "project" : Action.Substring(Action.IndexOf('_') + 1);

    /// <summary>
    /// The request as traces and errors show it: the action stands in the query, everything that may be secret in the form.
    /// </summary>
    internal CopperRequest ToHttp()
    {
        var request = CopperRequest.Other(Effect, Page, "CopperHub");
        request.Query.Add(new("module", "api"));
        request.Query.Add(new("v", "1"));
        request.Query.Add(new("action", Action));
        return request;
    }

    /// <summary>The form as it is sent, with its session; null for none.</summary>
    internal byte[] ToForm(string? sessionId)
    {
        var fields = new List<KeyValuePair<string, string>>();
        if (sessionId is not null)
        {
            fields.Add(new("session_id", sessionId));
        }

        if (_id is { } id)
        {
            fields.Add(new("id", HubText.Of(id)!));
        }

        if (Data is not null)
        {
            fields.Add(new("data", HubText.OfData(Data)));
        }

        foreach (var field in Fields)
        {
            JsonValueWriter.CheckText(field.Key, field.Value);
            fields.Add(OwnFields.Contains(field.Key, StringComparer.Ordinal)
                ? throw new ArgumentException($"'{field.Key}' is set by the client itself.")
                : field);
        }

        return HubText.Form(fields);
    }

    private static JsonBody Body(IDictionary dictionary)
    {
        var body = new JsonBody();
        foreach (DictionaryEntry member in dictionary)
        {
            body[Convert.ToString(member.Key, CultureInfo.InvariantCulture)!] = member.Value;
        }

        return body;
    }

    private static RequestEffect InferEffect(string action) => action.Split('_')[0] switch
    {
        // A second login or logout does what the first one did.
        "read" or "get" or "login" or "logout" or "check" => RequestEffect.Read,
        "update" => RequestEffect.Update,
        "delete" => RequestEffect.Delete,
        _ => RequestEffect.Create,
    };
}
