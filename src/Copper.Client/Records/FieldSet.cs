using System.Globalization;
using System.Runtime.CompilerServices;
using Copper.Client.Models;

namespace Copper.Client;

/// <summary>
/// The fields of a record that are to be written: exactly those whose properties were set. A property that was set to null clears the
/// field; one that was not set leaves it alone.
/// </summary>
/// <remarks>
/// Properties that end in Id take ids; those without, such as Assignee, take names, which the client resolves by the lists of the account
/// when it sends the record. Of two that mean the same field the one that was set last counts. A set can be sent several times, and to
/// several accounts.
/// </remarks>
public abstract class FieldSet : ICompletable
{
    private const string CustomFieldMember = "custom_fields";
    private readonly CopperEntity _entity;
    private readonly MemberSet _members = new();

    private protected FieldSet(CopperEntity entity) => _entity = entity;

    /// <summary>
    /// The fields as they are sent, by the API's own names: for what has no property. Names that are still to be resolved, and custom
    /// fields by name, are added when the record is sent.
    /// </summary>
    public JsonBody Fields => _members.Body;

    /// <summary>The property was set, be it to null.</summary>
    /// <param name="property">The name of a property of this class, for example <c>nameof(PersonUpdate.Title)</c>.</param>
    public bool IsSet(string property) => property == MemberOfCustomFields
        ? HasCustomFields
        : _members.Contains(MemberOf(property ?? throw new ArgumentNullException(nameof(property))));

    async Task<JsonBody> ICompletable.CompleteAsync(IAccountNames account, CancellationToken cancellationToken)
    {
        var body = await _members.CompleteAsync(account, cancellationToken).ConfigureAwait(false);
        if (CustomFieldValues is { Count: > 0 } values)
        {
            if (body.Contains(CustomFieldMember))
            {
                throw new ArgumentException(
                    $"Custom fields are given twice: by {MemberOfCustomFields}, and as '{CustomFieldMember}' in {nameof(Fields)}.");
            }

            body[CustomFieldMember] = await account
                .GetFieldsAsync(_entity.Name, values.ToDictionary(), cancellationToken).ConfigureAwait(false);
        }

        Check(body);
        return body;
    }

    /// <summary>The custom fields; null for records that have none.</summary>
    private protected virtual CustomFieldSet? CustomFieldValues => null;

    /// <summary>Completes what follows from the fields together, and rejects what cannot be sent.</summary>
    private protected virtual void Check(JsonBody fields)
    {
    }

    /// <summary>The API's name of the field that a property stands for: that of the id, where the property takes a name.</summary>
    private protected virtual string MemberOf(string property) => NameOf(
        GetType().GetProperty(property + "Id") is null ? property : property + "Id");

    private protected T? Get<T>([CallerMemberName] string property = "") => _members.Get<T>(NameOf(property));

    private protected void Set(object? value, [CallerMemberName] string property = "") => _members.Set(NameOf(property), value);

    /// <summary>Sets a field that takes one of some words.</summary>
    /// <exception cref="ArgumentException">The word is none of them.</exception>
    private protected void SetWord(string? word, IReadOnlyList<string> words, [CallerMemberName] string property = "") =>
        Set(CopperVocabulary.Check(words, word, $"{GetType().Name}.{property}", NameOf(property)), property);

    private protected string? GetName([CallerMemberName] string property = "") => GetWaiting(NameOf(property + "Id")) as string;

    /// <summary>Sets the field of an id by the name of an item of a list.</summary>
    private protected void SetName(string? name, string entity, [CallerMemberName] string property = "") => SetWaiting(
        NameOf(property + "Id"), name, async (account, _, token) => await account.FindIdAsync(name!, entity, token).ConfigureAwait(false));

    private protected DateTime? GetDay([CallerMemberName] string property = "") => GetWaiting(NameOf(property)) as DateTime?;

    /// <summary>Sets a field to a calendar date, which goes out in the account's own form.</summary>
    private protected void SetDay(DateTime? day, [CallerMemberName] string property = "") => SetWaiting(
        NameOf(property),
        day,
        (account, _, _) => Task.FromResult<object?>(day!.Value.ToString(account.DateFormat, CultureInfo.InvariantCulture)));

    /// <summary>The member was set by its property, and not only in <see cref="Fields"/>.</summary>
    private protected bool IsTyped(string member) => _members.IsTyped(member);

    private protected object? GetWaiting(string member) => _members.GetWaiting(member);

    private protected void SetWaiting(
        string member, object? given, Func<IAccountNames, JsonBody, CancellationToken, Task<object?>> completeAsync) =>
        _members.SetWaiting(member, given, completeAsync);

    /// <summary>A record as a field points to it.</summary>
    internal static JsonBody ReferenceTo(CopperRelatedResource record) => record is { Id: > 0, Type: { Length: > 0 } type }
        ? new JsonBody { ["id"] = record.Id, ["type"] = CopperEntities.GetPrimary(type).Name }
        : throw new ArgumentException("What a record belongs to is given by its entity and its id: Type and Id must both be set.");

    private static string NameOf(string property) => MemberSet.NameOf(property);

    private static string MemberOfCustomFields => nameof(NamedFields.CustomFields);

    private bool HasCustomFields => CustomFieldValues is { Count: > 0 } || Fields.Contains(CustomFieldMember);
}
