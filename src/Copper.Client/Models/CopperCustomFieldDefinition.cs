using System.Text.Json.Serialization;
using Copper.Client.Json;

namespace Copper.Client.Models;

/// <summary>The definition of a custom field (developer.copper.com/custom-fields/general/list-custom-field-definitions).</summary>
public sealed class CopperCustomFieldDefinition : CopperRecord, ICopperRecord, INamed
{
    private CopperList<CopperCustomFieldOption> _options = [];

    /// <summary>The id.</summary>
    [JsonConverter(typeof(IdConverter))]
    [JsonRequired]
    public long Id { get; set; }

    /// <summary>The name.</summary>
    public string? Name { get; set; }

    /// <summary>The field's key in the web app: unique, in lower case; null when there is none.</summary>
    public string? CanonicalName { get; set; }

    /// <summary>
    /// What the field holds: Checkbox, Connect, Currency, Date, Dropdown, Float, MultiSelect, Percentage, String, Text or URL; other
    /// words may come.
    /// </summary>
    public string? DataType { get; set; }

    /// <summary>The entities that have the field, in the API's singular words.</summary>
    [JsonConverter(typeof(TextListConverter))]
    public CopperList<string> AvailableOn { get; set; } = [];

    /// <summary>Searches and upserts can use the field.</summary>
    public bool? IsFilterable { get; set; }

    /// <summary>The currency of a Currency field, for example USD.</summary>
    public string? Currency { get; set; }

    /// <summary>
    /// The choices of a Dropdown or MultiSelect field. The service lists them in no certain order: see <see
    /// cref="CopperCustomFieldOption.Rank"/>.
    /// </summary>
    [JsonConverter(typeof(ObjectListConverter<CopperList<CopperCustomFieldOption>, CopperCustomFieldOption>))]
    public CopperList<CopperCustomFieldOption> Options
    {
        get
        {
            // The service only nests them: taken out, each tells which field it belongs to.
            foreach (var option in _options)
            {
                option.DefinitionId = Id;
                option.DefinitionName = Name;
            }

            return _options;
        }

        set => _options = value ?? [];
    }

    /// <summary>The entity has the field.</summary>
    /// <param name="entity">The API's singular word, for example person.</param>
    public bool IsAvailableOn(string entity) => AvailableOn.Exists(word => string.Equals(word, entity, StringComparison.OrdinalIgnoreCase));

    /// <summary>For a Connect field, the id of the definition at the other end.</summary>
    public long? ConnectedId { get; set; }

    /// <summary>What the service sends besides.</summary>
    [JsonExtensionData]
    public AdditionalMembers? AdditionalMembers { get; set; }

    private protected override IEnumerable<CopperRecord?> Parts => _options;

    string ICopperRecord.GetEntityType() => CopperEntityNames.CustomFieldDefinition;

    /// <summary>The name.</summary>
    public override string ToString() => Name ?? string.Empty;
}
