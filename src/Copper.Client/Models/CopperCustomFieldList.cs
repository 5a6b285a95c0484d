using System.Dynamic;
using System.Globalization;
using System.Linq.Expressions;
using Copper.Client.Json;

namespace Copper.Client.Models;

/// <summary>
/// The custom fields of a record that have a value; those without one are in <see cref="WithoutValue"/>. All of them are known by name:
/// <c>person.CustomFields["Vertical"]</c>, <c>person.CustomFields.Get&lt;decimal?&gt;("Score")</c>, and as members by <c>dynamic</c>.
/// </summary>
public sealed class CopperCustomFieldList : CopperList<CopperCustomFieldValue>, IDynamicMetaObjectProvider
{
    private readonly List<CopperCustomFieldValue> _withoutValue = [];
    private ICustomFieldCatalogProvider? _provider;
    private string? _entity;

    /// <summary>The fields that the record has no value in. The service lists every field of the record's kind.</summary>
    public IReadOnlyList<CopperCustomFieldValue> WithoutValue => _withoutValue;

    /// <summary>
    /// The value of the field of this name (or of this id, written as text): a label, a list of labels, a decimal, a day, true or
    /// false, text; null when the field is empty. Case does not count.
    /// </summary>
    /// <remarks>
    /// Sends nothing: a name is known once the client has read the definitions, by <see cref="CopperClientOptions.LoadNames"/> or
    /// <c>client.Metadata.CustomFieldDefinitions.GetAsync()</c>. Only fields of this record's kind count. A list that no
    /// client has read knows the names only that a program has set: for others it is null there.
    /// </remarks>
    /// <exception cref="InvalidOperationException">The client has not read the definitions, so that no name is known.</exception>
    /// <exception cref="ArgumentException">No field of this kind of record has the name.</exception>
    public object? this[string name] => Find(name, out var catalog)?.Typed(catalog);

    /// <summary>The value of the field of this name, as a certain type; the type's default when the field is empty.</summary>
    /// <typeparam name="T">
    /// decimal, int, long, double, bool, string, DateTime, DateTimeOffset, IReadOnlyList of strings for a multi-select, or object; with a
    /// question mark (<c>decimal?</c>) an empty field is null. A string is had of every field.
    /// </typeparam>
    /// <param name="name">The name, or the id written as text. Case does not count.</param>
    /// <exception cref="InvalidCastException">The field holds something that is none of the type.</exception>
    /// <exception cref="InvalidOperationException">The client has not read the definitions, so that no name is known.</exception>
    /// <exception cref="ArgumentException">No field of this kind of record has the name.</exception>
    /// <example><code>var score = person.CustomFields.Get&lt;decimal?&gt;("Score");</code></example>
    public T? Get<T>(string name) => CustomFieldCast.To<T>(name, this[name]);

    /// <summary>The value of the field with this id, typed as by name; null when the record has no such field.</summary>
    public object? this[long definitionId] => ById(definitionId)?.Typed(_provider?.Known);

    /// <summary>The field at this place, from 0. A number beyond the last place is an id, since small ids are ints too.</summary>
    public new object? this[int positionOrId] =>
        positionOrId >= 0 && positionOrId < Count ? this.ElementAt(positionOrId) : this[(long)positionOrId];

    /// <inheritdoc/>
    public override string ToString() => string.Join("; ", this.Where(static field => !field.IsEmpty));

    /// <summary>Keeps what was read without a value apart from the values.</summary>
    internal void SetEmptyAside()
    {
        _withoutValue.AddRange(this.Where(static field => field.IsEmpty));
        RemoveAll(static field => field.IsEmpty);
    }

    DynamicMetaObject IDynamicMetaObjectProvider.GetMetaObject(Expression parameter) => new CustomFieldMembers(parameter, this);

    /// <summary>The names of the fields that the record can have, as far as they are known.</summary>
    internal IEnumerable<string> FieldNames => _provider?.Known is not { } catalog ? [] : this.Concat(_withoutValue)
        .Select(item => item.Definition(catalog)?.Name?.Trim())
        .OfType<string>()
        .Where(static name => name.Length > 0)
        .Distinct(StringComparer.OrdinalIgnoreCase)
        .OrderBy(static name => name, StringComparer.OrdinalIgnoreCase);

    /// <summary>A field that the record can have is called so. Ids are no names here.</summary>
    internal bool Knows(string name) => _provider?.Known?.Named(name)
        .Any(definition => ById(definition.Id) is not null || definition.IsAvailableOn(_entity!)) == true;

    internal void Attach(ICustomFieldCatalogProvider provider, string entity)
    {
        _provider = provider;
        _entity = entity;
        foreach (var field in this.Concat(_withoutValue))
        {
            field.Provider = provider;
        }
    }

    /// <summary>
    /// The service lists every field of the record's kind, so those listed are the ones that a name can mean: a field of the
    /// same name on another kind of record never interferes.
    /// </summary>
    private CopperCustomFieldValue? Find(string name, out ICustomFieldCatalog? catalog)
    {
        catalog = _provider?.Known;
        if (this.Concat(_withoutValue).FirstOrDefault(field =>
                field.GivenName is { } given && string.Equals(given, name, StringComparison.OrdinalIgnoreCase)) is { } own)
        {
            return own;
        }

        var named = name is null ? [] : catalog?.Named(name) ?? [];
        foreach (var definition in named)
        {
            if (ById(definition.Id) is { } field)
            {
                return field;
            }
        }

        if (long.TryParse(name, NumberStyles.None, CultureInfo.InvariantCulture, out var id) && ById(id) is { } numbered)
        {
            return numbered;
        }

        if (catalog is null)
        {
            return _provider is not null && Exists(static field => !field.IsEmpty)
                ? throw new InvalidOperationException(
                    "The definitions of the custom fields were not read, so that no field is known by its name. "
                    + ErrorWords.Current.ReadDefinitions + "; or name the field by its id.")
                : null;
        }

        return named.Any(definition => definition.IsAvailableOn(_entity!)) ? null : throw catalog.Unknown(name ?? string.Empty, _entity!);
    }

    private CopperCustomFieldValue? ById(long id) =>
        Find(field => field.DefinitionId == id) ?? _withoutValue.Find(field => field.DefinitionId == id);
}
