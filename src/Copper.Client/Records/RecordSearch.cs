using System.Runtime.CompilerServices;
using Copper.Client.Models;

namespace Copper.Client;

/// <summary>
/// A search with typed criteria, of which all must hold. Properties that end in Ids take ids; those without, such as Assignees, take
/// names, which the client resolves by the lists of the account when the search begins. <see cref="SearchQuery.Filter"/> holds the
/// criteria by the API's own names, and takes those that have no property.
/// </summary>
/// <remarks>
/// A list that is null is no criterion. One that was set and is empty is an error, an <see cref="ArgumentException"/> of the search before
/// anything is sent: the service would take it for no criterion, and find every record.
/// </remarks>
public abstract class RecordSearch : SearchQuery
{
    private readonly CopperEntity _entity;
    private readonly MemberSet _members = new();
    private readonly Dictionary<string, string> _properties = new(StringComparer.Ordinal);

    private protected RecordSearch(CopperEntity entity) => _entity = entity;

    /// <inheritdoc/>
    public override JsonBody Filter
    {
        get => _members.Body;
        init
        {
            // The typed properties that were set before keep their criteria.
            foreach (var criterion in value ?? throw new ArgumentNullException(nameof(value)))
            {
                _members.Body[criterion.Key] = criterion.Value;
            }
        }
    }

    /// <inheritdoc/>
    internal override string? Plural => _entity.Path;

    /// <inheritdoc/>
    internal override IReadOnlyList<string>? KnownSortFields => _entity.SortFields;

    /// <inheritdoc/>
    internal override IEnumerable<KeyValuePair<string, object?>> Lists => Filter.Concat(_members.AllWaiting);

    /// <inheritdoc/>
    internal override string NameOf(string member) =>
        _properties.TryGetValue(member, out var property) ? $"{GetType().Name}.{property}" : base.NameOf(member);

    /// <inheritdoc/>
    internal override async Task<SearchQuery> CompleteAsync(IAccountNames account, CancellationToken cancellationToken)
    {
        var filter = await _members.CompleteAsync(account, cancellationToken).ConfigureAwait(false);
        if (CustomFieldCriteria is { Count: > 0 } criteria)
        {
            if (filter.Contains("custom_fields"))
            {
                throw new ArgumentException("Custom fields are given twice: by CustomFields, and as 'custom_fields' in Filter.");
            }

            filter["custom_fields"] = await account
                .GetCriteriaAsync(_entity.Name, criteria.ToDictionary(), cancellationToken).ConfigureAwait(false);
        }

        return With(filter);
    }

    /// <summary>The custom fields that are searched for; null where the service searches for none.</summary>
    private protected virtual CustomFieldSet? CustomFieldCriteria => null;

    private protected T? Get<T>([CallerMemberName] string property = "") => _members.Get<T>(MemberSet.NameOf(property));

    /// <summary>Sets a criterion; null takes it away.</summary>
    /// <param name="value">The value.</param>
    /// <param name="property">The property that has the API's name of the criterion.</param>
    /// <param name="shown">The property that was set, where it is another one.</param>
    private protected void Set(object? value, [CallerMemberName] string property = "", string? shown = null)
    {
        var member = MemberSet.NameOf(property);
        _properties[member] = shown ?? property;
        _members.SetOrRemove(member, value);
    }

    /// <summary>Sets a criterion that takes some of certain words.</summary>
    /// <exception cref="ArgumentException">A word is none of them.</exception>
    private protected void SetWords(
        IReadOnlyList<string>? words, IReadOnlyList<string> known, [CallerMemberName] string property = "") =>
        Set(CheckWords(words, known, property), property);

    /// <summary>Words as the service spells them.</summary>
    /// <exception cref="ArgumentException">A word is none of those that are known.</exception>
    private protected IReadOnlyList<string>? CheckWords(
        IReadOnlyList<string>? words,
        IReadOnlyList<string> known,
        [CallerMemberName] string property = "",
        string? member = null) => words?
        .Select(word => CopperVocabulary.Check(known, word, $"{GetType().Name}.{property}", member ?? MemberSet.NameOf(property))
            ?? string.Empty)
        .ToArray();

    /// <summary>Names of items of a list, by the property for their ids: Assignees for AssigneeIds.</summary>
    private protected IReadOnlyList<string>? GetNames(string idProperty) =>
        _members.GetWaiting(MemberSet.NameOf(idProperty)) as IReadOnlyList<string>;

    /// <summary>Sets a criterion of ids by names of items of a list.</summary>
    private protected void SetNames(
        IReadOnlyList<string>? names, string entity, string idProperty, [CallerMemberName] string property = "") => SetNames(
        names,
        idProperty,
        async (account, _, token) =>
        {
            var ids = new List<long>();
            foreach (var name in names!)
            {
                ids.Add(await account.FindIdAsync(name, entity, token).ConfigureAwait(false));
            }

            return ids.Distinct().ToArray();
        },
        property);

    private protected void SetNames(
        IReadOnlyList<string>? names,
        string idProperty,
        Func<IAccountNames, JsonBody, CancellationToken, Task<object?>> completeAsync,
        [CallerMemberName] string property = "")
    {
        var member = MemberSet.NameOf(idProperty);
        _properties[member] = property;
        if (names is null)
        {
            _members.SetOrRemove(member, null);
        }
        else
        {
            _members.SetWaiting(member, names, completeAsync);
        }
    }
}
