namespace Copper.Sandbox.Accounts;

/// <summary>One choice of a Dropdown or MultiSelect field.</summary>
internal sealed record CustomFieldOption(long Id, string Name, long Rank);

/// <summary>A custom field as the rules for values and searches need it; the record it was created from is what clients see.</summary>
internal sealed record CustomFieldDefinition(
    long Id,
    string DataType,
    string[] AvailableOn,
    bool IsFilterable,
    CustomFieldOption[] Options)
{
    /// <summary>Whether it joins records instead of holding a value.</summary>
    public bool IsConnect => DataType == "Connect";

    public bool HasOptions => DataType is "Dropdown" or "MultiSelect";

    /// <summary>Whether records of the entity can be given a value: connections are created in related_links instead.</summary>
    public bool HasValuesOn(string entityType) => !IsConnect && IsListedOn(entityType);

    /// <summary>Whether records of the entity show it: connect fields, too.</summary>
    public bool IsListedOn(string entityType) => AvailableOn.Contains(entityType);

    public string? NameOfOption(long optionId) => Options.FirstOrDefault(option => option.Id == optionId)?.Name;

    /// <summary>What is left of a value once options were removed; null if nothing is.</summary>
    public object? StillAllowed(object value) => value switch
    {
        long option when HasOptions => NameOfOption(option) is null ? null : value,
        long[] options => Array.FindAll(options, option => NameOfOption(option) is not null),
        _ => value,
    };

    public static CustomFieldDefinition From(Record record)
    {
        var schema = EntitySchemas.CustomFieldDefinition;
        return new CustomFieldDefinition(
            record.Id,
            schema.Get<string>(record, "data_type")!,
            schema.Get<string[]>(record, "available_on")!,
            schema.Get<object>(record, "is_filterable") is true,
            schema.Get<CustomFieldOption[]>(record, "options") ?? []);
    }
}
