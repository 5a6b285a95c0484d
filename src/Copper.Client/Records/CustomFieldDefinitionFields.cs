using Copper.Client.CustomFields;
using Copper.Client.Models;

namespace Copper.Client;

/// <summary>
/// The fields of the definition of a custom field (developer.copper.com/custom-fields/general/create-a-new-custom-field-definition).
/// </summary>
public abstract class CustomFieldDefinitionFields : FieldSet
{
    private const string EntitiesMember = "available_on";
    private const string TypeMember = "data_type";
    private protected const string OptionsMember = "options";

    private protected CustomFieldDefinitionFields()
        : base(CopperEntities.CustomFieldDefinition)
    {
    }

    /// <summary>The name.</summary>
    public string? Name
    {
        get => Get<string>();
        set => Set(value);
    }

    /// <summary>
    /// What the field holds: Checkbox, Currency, Date, Dropdown, Float, MultiSelect, Percentage, String, Text or URL (see
    /// <see cref="CustomFieldTypes"/>).
    /// </summary>
    /// <exception cref="ArgumentException">Another word was set.</exception>
    public string? DataType
    {
        get => Get<string>();
        set => SetWord(value, CopperVocabulary.FieldTypes);
    }

    /// <summary>The entities that have the field: lead, person, company, opportunity, project, task.</summary>
    /// <exception cref="ArgumentException">Another word was set.</exception>
    public IReadOnlyList<string>? AvailableOn
    {
        get => Get<IReadOnlyList<string>>();
        set => Set(value?.Select(static entity => CopperEntities.GetPrimary(entity).Name).Distinct().ToArray());
    }

    /// <summary>Searches and upserts can use the field.</summary>
    public bool? IsFilterable
    {
        get => Get<bool?>();
        set => Set(value);
    }

    /// <summary>The currency of a Currency field, for example EUR.</summary>
    public string? Currency
    {
        get => Get<string>();
        set => Set(value);
    }

    /// <summary>
    /// What is wrong with the choices of a field: a Dropdown needs one at least and a MultiSelect two, other types have none
    /// (developer.copper.com/custom-fields/general).
    /// </summary>
    /// <param name="dataType">What the field holds; null when that is not known.</param>
    /// <param name="options">The names of the choices.</param>
    /// <param name="value">The name, or the type, that the problem is about; null for none.</param>
    /// <returns>The problem as a sentence; null when there is none.</returns>
    public static string? FindOptionProblem(string? dataType, IReadOnlyCollection<string?> options, out string? value)
    {
        value = null;
        if (options.Any(string.IsNullOrWhiteSpace))
        {
            return "A choice of a field needs a name.";
        }

        value = options
            .GroupBy(static option => option!, StringComparer.OrdinalIgnoreCase)
            .FirstOrDefault(static group => group.Skip(1).Any())?.Key;
        if (value is not null)
        {
            return $"The choice '{value}' is given twice.";
        }

        value = dataType;
        var least = dataType switch
        {
            CustomFieldTypes.Dropdown => 1,
            CustomFieldTypes.MultiSelect => 2,
            _ => 0,
        };
        if (options.Count < least)
        {
            return $"A field of the type {dataType} needs at least {least} choice{(least == 1 ? string.Empty : "s")}, and it would have "
                + $"{options.Count}.";
        }

        return least == 0 && options.Count > 0 && dataType is not null
            ? $"A field of the type {dataType} has no choices: they are for {CustomFieldTypes.Dropdown} and {CustomFieldTypes.MultiSelect}."
            : null;
    }

    /// <summary>Rejects what the service would: a new field without a name, a type, or the entities that have it.</summary>
    private protected static void CheckComplete(JsonBody fields)
    {
        foreach (var (member, property) in new[] { ("name", nameof(Name)), (TypeMember, nameof(DataType)) })
        {
            if (!fields.Contains(member) || string.IsNullOrWhiteSpace(fields[member] as string))
            {
                throw new ArgumentException($"A new custom field needs {(member == TypeMember ? "a type" : "a name")}: set {property}.");
            }
        }
    }

    /// <summary>Rejects choices that do not go with the type.</summary>
    private protected static void CheckOptions(JsonBody fields)
    {
        var type = fields.Contains(TypeMember) ? fields[TypeMember] as string : null;
        var options = fields.Contains(OptionsMember) && fields[OptionsMember] is IEnumerable<object> items
            ? items.OfType<JsonBody>().Select(static item => item.Contains("name") ? item["name"] as string : null).ToArray()
            : fields.Contains(OptionsMember) ? null : [];
        if (options is not null && FindOptionProblem(type, options, out _) is { } problem)
        {
            throw new ArgumentException(problem);
        }
    }
}
