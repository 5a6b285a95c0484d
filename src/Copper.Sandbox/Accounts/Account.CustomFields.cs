namespace Copper.Sandbox;

internal sealed partial class Account
{
    private readonly Dictionary<string, CustomFieldDefinition[]> _customFieldsByEntity = [];
    private readonly Dictionary<string, CustomFieldDefinition[]> _listedCustomFieldsByEntity = [];
    private CustomFieldDefinition[] _customFields = [];

    public CustomFieldDefinition? FindCustomField(long id) => Array.Find(_customFields, definition => definition.Id == id);

    /// <summary>The fields whose values the records of an entity carry, in the order of their ids.</summary>
    public IReadOnlyList<CustomFieldDefinition> CustomFieldsOf(string entityType)
    {
        if (!_customFieldsByEntity.TryGetValue(entityType, out var fields))
        {
            fields = _customFields.Where(definition => definition.HasValuesOn(entityType)).ToArray();
            _customFieldsByEntity.Add(entityType, fields);
        }

        return fields;
    }

    /// <summary>The fields that the records of an entity show: connect fields, too.</summary>
    public IReadOnlyList<CustomFieldDefinition> ListedCustomFieldsOf(string entityType)
    {
        if (!_listedCustomFieldsByEntity.TryGetValue(entityType, out var fields))
        {
            fields = _customFields.Where(definition => definition.IsListedOn(entityType)).ToArray();
            _listedCustomFieldsByEntity.Add(entityType, fields);
        }

        return fields;
    }

    /// <summary>Takes over changed definitions.</summary>
    public void ReloadCustomFields()
    {
        _customFieldsByEntity.Clear();
        _listedCustomFieldsByEntity.Clear();
        _customFields = Table(EntitySchemas.CustomFieldDefinition).All
            .Select(CustomFieldDefinition.From)
            .OrderBy(definition => definition.Id)
            .ToArray();
        InvalidateRendered();
    }
}
