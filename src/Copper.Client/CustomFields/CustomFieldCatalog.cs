using Copper.Client.Models;

namespace Copper.Client.CustomFields;

/// <summary>The definitions of an account's custom fields, to be looked up by id and by name. Never changes.</summary>
public sealed class CustomFieldCatalog : ICustomFieldCatalog
{
    private readonly Dictionary<long, Entry> _byId = [];
    private readonly Dictionary<string, List<CopperCustomFieldDefinition>> _byName = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>A catalog of these definitions.</summary>
    public CustomFieldCatalog(IReadOnlyList<CopperCustomFieldDefinition> definitions)
    {
        Definitions = definitions;
        foreach (var definition in definitions)
        {
            _byId[definition.Id] = new Entry(definition);
            var name = definition.Name?.Trim() ?? string.Empty;
            if (!_byName.TryGetValue(name, out var named))
            {
                _byName.Add(name, named = []);
            }

            named.Add(definition);
        }
    }

    /// <summary>The definitions in the order in which the service lists them.</summary>
    public IReadOnlyList<CopperCustomFieldDefinition> Definitions { get; }

    /// <summary>The definition with this id, or null.</summary>
    public CopperCustomFieldDefinition? Find(long id) => _byId.TryGetValue(id, out var entry) ? entry.Definition : null;

    /// <summary>The definitions of this name; case does not count. Fields of several entities may share a name.</summary>
    public IReadOnlyList<CopperCustomFieldDefinition> Named(string name) => _byName.TryGetValue(name.Trim(), out var named) ? named : [];

    /// <summary>The definitions that an entity has, in the order of their ids: new ones come last.</summary>
    /// <param name="entity">The API's singular word, for example person.</param>
    public IReadOnlyList<CopperCustomFieldDefinition> Of(string entity) =>
        Definitions.Where(definition => definition.IsAvailableOn(entity)).OrderBy(static definition => definition.Id).ToArray();

    /// <summary>The label of a choice, or null when the field has no such choice.</summary>
    /// <param name="definitionId">The field.</param>
    /// <param name="optionId">The choice.</param>
    public string? LabelOf(long definitionId, long optionId) =>
        _byId.TryGetValue(definitionId, out var entry) && entry.Labels.TryGetValue(optionId, out var label) ? label : null;

    /// <summary>
    /// A record's value as people know it: labels instead of option ids, a day instead of seconds, a decimal; what the service sent when
    /// the field is not in the catalog.
    /// </summary>
    /// <param name="field">The value of one field of a record.</param>
    public object? ValueOf(CopperCustomFieldValue field) => field.Typed(this);

    object? ICustomFieldCatalog.Convert(CopperCustomFieldDefinition definition, object? value, bool isDayFirst) =>
        CustomFieldReading.Typed(this, definition, value, isDayFirst);

    Exception ICustomFieldCatalog.Unknown(string name, string entity) => CustomFieldRejections.UnknownField(name, entity, this);

    private sealed class Entry
    {
        public Entry(CopperCustomFieldDefinition definition)
        {
            Definition = definition;
            foreach (var option in definition.Options)
            {
                Labels[option.Id] = option.Name;
            }
        }

        public CopperCustomFieldDefinition Definition { get; }

        public Dictionary<long, string?> Labels { get; } = [];
    }
}
