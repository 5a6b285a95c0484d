using System.Collections;
using System.Management.Automation;
using Copper.Client;
using Copper.Client.CustomFields;
using Copper.Client.Json;
using Copper.Client.Models;
using CopperPS.Core;

namespace CopperPS.Binding.CustomFields;

/// <summary>
/// Makes of <c>-CustomField @{ name = value }</c> what the service wants, in writes and in searches. Names are looked for among
/// the fields of one entity only. The definitions are read once per session, and once more per pipeline when a name is
/// unknown, since it may be new.
/// </summary>
/// <param name="client">Whose account it is.</param>
/// <param name="entity">The entity, in the API's singular word.</param>
internal sealed class CustomFieldInput(CopperClient client, string entity)
{
    /// <summary>The member of a body that names the field.</summary>
    public const string IdMember = "custom_field_definition_id";
    private const string DefinitionWord = "custom field definition";

    private IReadOnlyList<CopperCustomFieldDefinition>? _list;
    private CustomFieldCatalog? _catalog;
    private bool _isFresh;

    /// <summary>The fields to write: null clears one.</summary>
    /// <exception cref="InputRejectedException">A field or a value cannot be right.</exception>
    public Task<object[]> ForWritingAsync(Hashtable fields, CancellationToken cancellationToken) => EachAsync(
        fields,
        static (definition, value) => new JsonBody { [IdMember] = definition.Id, ["value"] = CustomFieldWriting.ValueOf(definition, value) },
        cancellationToken);

    /// <summary>The criteria of a search; all must hold.</summary>
    /// <exception cref="InputRejectedException">A field or a value cannot be right.</exception>
    public Task<object[]> ForSearchingAsync(Hashtable fields, CancellationToken cancellationToken) => EachAsync(
        fields,
        static (definition, value) =>
        {
            var criterion = new JsonBody { [IdMember] = definition.Id };
            CustomFieldSearching.AddTo(criterion, definition, value);
            return criterion;
        },
        cancellationToken);

    /// <summary>One value as it is written.</summary>
    public Task<object?> ValueAsync(CopperCustomFieldDefinition definition, object? value, CancellationToken cancellationToken) =>
        MakeAsync(definition, value, CustomFieldWriting.ValueOf, cancellationToken);

    /// <summary>The field that a key means: a name, an id or a definition.</summary>
    /// <exception cref="InputRejectedException">The entity has no such field, or several.</exception>
    public async Task<CopperCustomFieldDefinition> FindAsync(object key, CancellationToken cancellationToken)
    {
        var bare = key is PSObject { BaseObject: not PSCustomObject } wrapped ? wrapped.BaseObject : key;
        if (bare is string text && string.IsNullOrWhiteSpace(text))
        {
            throw RequestValueConverter.Reject("A custom field is given without a name. Write @{ 'name of the field' = value }.", key);
        }

        var found = Match(await ReadAsync(cancellationToken).ConfigureAwait(false), bare);
        if (found.Count == 0 && await TryReloadAsync(cancellationToken).ConfigureAwait(false))
        {
            found = Match(_catalog!, bare);
        }

        return found.Count switch
        {
            1 => found[0],
            0 => throw CustomFieldErrors.UnknownField(bare is CopperReference { Source: { } source } ? source : bare, entity, _catalog!),
            _ => throw CustomFieldErrors.AmbiguousField(bare, entity, found),
        };
    }

    /// <summary>All fields of the entity.</summary>
    public async Task<IReadOnlyList<CopperCustomFieldDefinition>> DefinitionsAsync(CancellationToken cancellationToken) =>
        (await ReadAsync(cancellationToken).ConfigureAwait(false)).Of(entity).ToArray();

    private async Task<object[]> EachAsync(Hashtable fields, Func<CopperCustomFieldDefinition, object?, JsonBody> make, CancellationToken cancellationToken)
    {
        // A hashtable has no order; by id, the same call always sends the same body.
        var items = new SortedDictionary<long, JsonBody>();
        foreach (var field in DictionaryEntries.Of(fields))
        {
            var definition = await FindAsync(field.Key, cancellationToken).ConfigureAwait(false);
            if (items.ContainsKey(definition.Id))
            {
                throw CustomFieldErrors.Wrong(definition, "is given twice: by name and by id.", fields);
            }

            items.Add(definition.Id, await MakeAsync(definition, field.Value, make, cancellationToken).ConfigureAwait(false));
        }

        return [.. items.Values];
    }

    private async Task<T> MakeAsync<T>(CopperCustomFieldDefinition definition, object? value, Func<CopperCustomFieldDefinition, object?, T> make, CancellationToken cancellationToken)
    {
        try
        {
            return make(definition, value);
        }
        catch (InputRejectedException refusal) when (refusal.Record.FullyQualifiedErrorId == CustomFieldErrors.UnknownName)
        {
            if (!await TryReloadAsync(cancellationToken).ConfigureAwait(false))
            {
                throw;
            }

            return make(_catalog!.Find(definition.Id) ?? definition, value);
        }
    }

    private IReadOnlyList<CopperCustomFieldDefinition> Match(CustomFieldCatalog catalog, object key)
    {
        if (key is string name)
        {
            var named = catalog.Named(name).Where(definition => definition.IsAvailableOn(entity)).ToArray();
            if (named.Length == 0)
            {
                named = catalog.Of(entity).Where(definition => string.Equals(definition.CanonicalName, name.Trim(), StringComparison.OrdinalIgnoreCase)).ToArray();
            }

            if (named.Length > 0)
            {
                return named;
            }
        }

        var reference = CopperReference.From(key);
        if (reference.EntityType is not null && reference.EntityType != DefinitionWord)
        {
            throw new InputRejectedException(ErrorRecords.EntityMismatch(reference, DefinitionWord));
        }

        return reference switch
        {
            { Id: { } id } => catalog.Find(id) is { } definition && definition.IsAvailableOn(entity) ? [definition] : [],
            { Name: { } text } when key is not string => Match(catalog, text),
            _ => [],
        };
    }

    private async Task<CustomFieldCatalog> ReadAsync(CancellationToken cancellationToken)
    {
        var definitions = client.Metadata.CustomFieldDefinitions;
        _isFresh |= definitions.Peek() is null;
        var list = await definitions.GetAsync(cancellationToken).ConfigureAwait(false);
        if (!ReferenceEquals(list, _list))
        {
            _list = list;
            _catalog = new CustomFieldCatalog(list);
        }

        return _catalog!;
    }

    /// <summary>Reads the definitions anew, unless this pipeline did so already.</summary>
    private async Task<bool> TryReloadAsync(CancellationToken cancellationToken)
    {
        if (_isFresh)
        {
            return false;
        }

        client.Metadata.CustomFieldDefinitions.Forget();
        await ReadAsync(cancellationToken).ConfigureAwait(false);
        return true;
    }
}
