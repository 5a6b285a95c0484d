using System.Collections;
using System.Globalization;
using Copper.Client.Json;
using Copper.Client.Metadata;
using Copper.Client.Models;

namespace Copper.Client.CustomFields;

/// <summary>
/// Converts custom fields by name, with values as people write them, to what the service takes, in writes and in searches. Names are
/// looked for among the fields of one entity only. The definitions are read once per client, and once more per resolver when a name
/// is unknown, since it may be new.
/// </summary>
/// <param name="metadata">The lists of the account.</param>
/// <param name="entity">The entity, in the API's singular word.</param>
public sealed class CustomFieldResolver(CopperMetadata metadata, string entity)
{
    /// <summary>The member of a body that names the field.</summary>
    public const string IdMember = "custom_field_definition_id";

    private IReadOnlyList<CopperCustomFieldDefinition>? _list;
    private CustomFieldCatalog? _catalog;
    private bool _isFresh;

    /// <summary>The fields to write: null clears one.</summary>
    /// <exception cref="InputRejectedException">A field is unknown, or a value is not valid.</exception>
    public Task<object[]> ForWritingAsync(IDictionary fields, CancellationToken cancellationToken = default) => EachAsync(
        fields,
        static (definition, value) => new JsonBody { [IdMember] = definition.Id, ["value"] = CustomFieldWriter.ValueOf(definition, value) },
        cancellationToken);

    /// <summary>The criteria of a search; all must hold.</summary>
    /// <exception cref="InputRejectedException">A field is unknown, or a value is not valid.</exception>
    public Task<object[]> ForSearchingAsync(IDictionary fields, CancellationToken cancellationToken = default) => EachAsync(
        fields,
        static (definition, value) =>
        {
            var criterion = new JsonBody { [IdMember] = definition.Id };
            CustomFieldCriteria.AddTo(criterion, definition, value);
            return criterion;
        },
        cancellationToken);

    /// <summary>One value as it is written.</summary>
    public Task<object?> ValueAsync(CopperCustomFieldDefinition definition, object? value, CancellationToken cancellationToken = default) =>
        ConvertAsync(definition, value, CustomFieldWriter.ValueOf, cancellationToken);

    /// <summary>The field that a key means: a name, an id or a definition.</summary>
    /// <exception cref="InputRejectedException">The entity has no such field, or several.</exception>
    public async Task<CopperCustomFieldDefinition> FindAsync(object key, CancellationToken cancellationToken = default)
    {
        if (key is string text && string.IsNullOrWhiteSpace(text))
        {
            throw new InputRejectedException(
                InputRejection.Invalid,
                $"A custom field is given without a name. Write {ErrorWords.Current.Entries(("name of the field", "value"))}.",
                key);
        }

        var found = Match(await ReadAsync(cancellationToken).ConfigureAwait(false), key);
        if (found.Length == 0 && await TryReloadAsync(cancellationToken).ConfigureAwait(false))
        {
            found = Match(_catalog!, key);
        }

        return found.Length switch
        {
            1 => found[0],
            0 => throw CustomFieldRejections.UnknownField(key, entity, _catalog!),
            _ => throw CustomFieldRejections.AmbiguousField(key, entity, found),
        };
    }

    /// <summary>All fields of the entity.</summary>
    public async Task<IReadOnlyList<CopperCustomFieldDefinition>> DefinitionsAsync(CancellationToken cancellationToken = default) =>
        (await ReadAsync(cancellationToken).ConfigureAwait(false)).Of(entity).ToArray();

    private async Task<object[]> EachAsync(
        IDictionary fields, Func<CopperCustomFieldDefinition, object?, JsonBody> convert, CancellationToken cancellationToken)
    {
        // A hashtable has no order; by id, the same call always sends the same body.
        var items = new SortedDictionary<long, JsonBody>();
        foreach (DictionaryEntry field in fields)
        {
            var definition = await FindAsync(field.Key, cancellationToken).ConfigureAwait(false);
            if (items.ContainsKey(definition.Id))
            {
                throw CustomFieldRejections.Wrong(definition, "is given twice: by name and by id.", fields);
            }

            items.Add(definition.Id, await ConvertAsync(definition, field.Value, convert, cancellationToken).ConfigureAwait(false));
        }

        return [.. items.Values];
    }

    private async Task<T> ConvertAsync<T>(
        CopperCustomFieldDefinition definition, object? value, Func<CopperCustomFieldDefinition, object?, T> convert,
        CancellationToken cancellationToken)
    {
        try
        {
            return convert(definition, value);
        }
        catch (InputRejectedException rejection) when (rejection.Reason == InputRejection.UnknownName)
        {
            if (!await TryReloadAsync(cancellationToken).ConfigureAwait(false))
            {
                throw;
            }

            return convert(_catalog!.Find(definition.Id) ?? definition, value);
        }
    }

    private CopperCustomFieldDefinition[] Match(CustomFieldCatalog catalog, object key)
    {
        if (key is string name)
        {
            var named = catalog.Named(name).Where(definition => definition.IsAvailableOn(entity)).ToArray();
            if (named.Length == 0)
            {
                named = catalog.Of(entity)
                    .Where(definition => string.Equals(definition.CanonicalName, name.Trim(), StringComparison.OrdinalIgnoreCase))
                    .ToArray();
            }

            if (named.Length > 0)
            {
                return named;
            }
        }

        return IdOf(key) is { } id && catalog.Find(id) is { } definition && definition.IsAvailableOn(entity) ? [definition] : [];
    }

    private static long? IdOf(object key) => key switch
    {
        CopperCustomFieldDefinition definition => definition.Id,
        string text when long.TryParse(text.Trim(), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var id) => id,
        sbyte or byte or short or ushort or int or uint or long => Convert.ToInt64(key, CultureInfo.InvariantCulture),
        _ => null,
    };

    private async Task<CustomFieldCatalog> ReadAsync(CancellationToken cancellationToken)
    {
        var definitions = metadata.CustomFieldDefinitions;
        _isFresh |= definitions.Peek() is null;
        var list = await definitions.GetAsync(cancellationToken).ConfigureAwait(false);
        if (!ReferenceEquals(list, _list))
        {
            _list = list;
            _catalog = new CustomFieldCatalog(list);
        }

        return _catalog!;
    }

    /// <summary>Reads the definitions again, unless this resolver did so already.</summary>
    private async Task<bool> TryReloadAsync(CancellationToken cancellationToken)
    {
        if (_isFresh)
        {
            return false;
        }

        metadata.CustomFieldDefinitions.Forget();
        await ReadAsync(cancellationToken).ConfigureAwait(false);
        return true;
    }
}
