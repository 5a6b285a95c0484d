using System.Collections.Concurrent;
using System.Globalization;
using System.Text.Json;
using Copper.Client.Models;

namespace Copper.Client;

/// <summary>
/// The members of a JSON object behind typed properties: a member is there once its property was set, also to null. A member that only
/// the account can complete, such as the id behind a name, waits under its name until the object is about to be sent.
/// </summary>
internal sealed class MemberSet
{
    private static readonly ConcurrentDictionary<string, string> MemberNames = new(StringComparer.Ordinal);
    private readonly HashSet<string> _typed = new(StringComparer.Ordinal);
    private readonly Dictionary<string, Waiting> _waiting = new(StringComparer.Ordinal);

    /// <summary>The members that can be sent as they are.</summary>
    public JsonBody Body { get; } = [];

    /// <summary>The API's name of a property: AssigneeId is assignee_id.</summary>
    public static string NameOf(string property) => MemberNames.GetOrAdd(property, JsonNamingPolicy.SnakeCaseLower.ConvertName);

    /// <summary>The member is set, or will be by the time that the object is sent.</summary>
    public bool Contains(string member) => _waiting.ContainsKey(member) || Body.Contains(member);

    /// <summary>The value of a member; the type's default when it is not set, or of another type.</summary>
    public T? Get<T>(string member)
    {
        var value = Body.Contains(member) ? Body[member] : null;
        if (value is T typed)
        {
            return typed;
        }

        // A number may have been set in the body as one of another type.
        var type = Nullable.GetUnderlyingType(typeof(T)) ?? typeof(T);
        try
        {
            return value is sbyte or byte or short or ushort or int or uint or long or float or double or decimal && IsNumber(type)
                ? (T)Convert.ChangeType(value, type, CultureInfo.InvariantCulture)
                : default;
        }
        catch (OverflowException)
        {
            return default;
        }
    }

    /// <summary>The member was set by its property; not only in the body, which is sent as it is.</summary>
    public bool IsTyped(string member) => _typed.Contains(member) && Contains(member);

    /// <summary>Sets a member.</summary>
    public void Set(string member, object? value)
    {
        _typed.Add(member);
        _waiting.Remove(member);
        Body[member] = value;
    }

    /// <summary>Sets a member; null takes it away.</summary>
    public void SetOrRemove(string member, object? value)
    {
        _waiting.Remove(member);
        if (value is null)
        {
            Body.Remove(member);
        }
        else
        {
            Body[member] = value;
        }
    }

    /// <summary>What all members wait for that wait for something.</summary>
    public IEnumerable<KeyValuePair<string, object?>> AllWaiting =>
        _waiting.Select(static member => new KeyValuePair<string, object?>(member.Key, member.Value.Given));

    /// <summary>What a member waits for: the value that was given for it; null when it waits for nothing.</summary>
    public object? GetWaiting(string member) => _waiting.TryGetValue(member, out var waiting) ? waiting.Given : null;

    /// <summary>Sets a member by a value that has to be completed; null clears the member, which needs nothing.</summary>
    /// <param name="member">The member.</param>
    /// <param name="given">What was given for it.</param>
    /// <param name="completeAsync">Finds the member's value, from the members that are complete by then.</param>
    public void SetWaiting(
        string member, object? given, Func<IAccountNames, JsonBody, CancellationToken, Task<object?>> completeAsync)
    {
        if (given is null)
        {
            Set(member, null);
            return;
        }

        Body.Remove(member);
        _waiting[member] = new Waiting(given, completeAsync);
    }

    /// <summary>All members, complete. This object stays as it is, so that it can be sent to several accounts.</summary>
    public async Task<JsonBody> CompleteAsync(IAccountNames account, CancellationToken cancellationToken)
    {
        var body = Body.Copy();

        // In order of their names, so that the same object always gives the same body; a pipeline comes before its stage.
        foreach (var member in _waiting.OrderBy(static member => member.Key, StringComparer.Ordinal))
        {
            body[member.Key] = await member.Value.CompleteAsync(account, body, cancellationToken).ConfigureAwait(false);
        }

        return body;
    }

    private static bool IsNumber(Type type) => type == typeof(int) || type == typeof(long) || type == typeof(decimal);

    private sealed record Waiting(object Given, Func<IAccountNames, JsonBody, CancellationToken, Task<object?>> CompleteAsync);
}
