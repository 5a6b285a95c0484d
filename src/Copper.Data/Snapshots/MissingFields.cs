using Copper.Client;
using Copper.Client.CustomFields;
using Copper.Client.Models;
using Copper.Data.Plans;

namespace Copper.Data.Snapshots;

/// <summary>
/// The custom fields of a snapshot that the account does not have. The plan creates those of which a record gets a value, before it writes
/// the record.
/// </summary>
internal sealed class MissingFields
{
    /// <summary>The types that the service creates; fields that connect records are created in the web app.</summary>
    private static readonly HashSet<string> Types = new(StringComparer.Ordinal)
    {
        CustomFieldTypes.Checkbox, CustomFieldTypes.Currency, CustomFieldTypes.Date, CustomFieldTypes.Dropdown, CustomFieldTypes.Number,
        CustomFieldTypes.MultiSelect, CustomFieldTypes.Percentage, CustomFieldTypes.ShortText, CustomFieldTypes.LongText,
        CustomFieldTypes.Url,
    };

    private readonly Dictionary<long, (long PlanId, CopperCustomFieldDefinition Field)> _fields = [];
    private readonly SortedSet<long> _needed = [];

    /// <param name="missing">The fields of the snapshot that have no counterpart.</param>
    /// <param name="live">The fields of the account.</param>
    public MissingFields(IEnumerable<CopperCustomFieldDefinition> missing, IReadOnlyList<CopperCustomFieldDefinition> live)
    {
        var taken = new List<CopperCustomFieldDefinition>(live);
        foreach (var field in missing.OrderBy(static field => field.Id))
        {
            // A second field of the name could not be told from the first.
            if (!CanBeCreated(field) || taken.Exists(other => IsSame(other.Name, field.Name)
                && other.AvailableOn.Intersect(field.AvailableOn).Any()))
            {
                continue;
            }

            // In another account its id may be that of some other field.
            var id = taken.Exists(other => other.Id == field.Id) ? taken.Max(static other => other.Id) + 1 : field.Id;
            taken.Add(new CopperCustomFieldDefinition { Id = id, Name = field.Name, AvailableOn = field.AvailableOn });
            _fields.Add(field.Id, (id, field));
        }
    }

    /// <summary>A record needs the field. The id by which the plan knows it; null where it cannot be created.</summary>
    /// <param name="oldId">The id in the snapshot.</param>
    public long? Need(long oldId)
    {
        if (!_fields.TryGetValue(oldId, out var field))
        {
            return null;
        }

        _needed.Add(oldId);
        return field.PlanId;
    }

    /// <summary>The steps that create what is needed.</summary>
    public IEnumerable<CopperPlanStep> Steps() => _needed.Select(id => StepOf(_fields[id].PlanId, _fields[id].Field));

    private static bool CanBeCreated(CopperCustomFieldDefinition field) => field.Name is { Length: > 0 }
        && field.DataType is { } type && Types.Contains(type) && field.AvailableOn.Count > 0
        && field.Options.Count >= (type == CustomFieldTypes.MultiSelect ? 2 : type == CustomFieldTypes.Dropdown ? 1 : 0);

    private static CopperPlanStep StepOf(long planId, CopperCustomFieldDefinition field)
    {
        var fields = new JsonBody
        {
            ["name"] = field.Name,
            ["data_type"] = field.DataType,
            [SettingAccess.AvailableOn] = field.AvailableOn.OrderBy(static entity => entity, StringComparer.Ordinal).ToArray(),
            ["is_filterable"] = field.IsFilterable ?? false,
        };
        if (field.DataType == CustomFieldTypes.Currency && field.Currency is not null)
        {
            fields["currency"] = field.Currency;
        }

        if (field.Options.Count > 0)
        {
            fields[SettingAccess.Options] = SettingAccess.Ordered(field)
                .Select(static option => SettingAccess.OptionOf(null, option.Name)).ToArray();
        }

        return new CopperPlanStep
        {
            Action = PlanAction.Create,
            Entity = SettingAccess.Field,
            OldId = planId,
            Name = field.Name,
            Fields = fields.ToString(),
            Changes = new PlanChangeList(fields.Where(static member => member.Key != "name").Select(static member =>
                new PlanChange(RecordDifference.Pascal(member.Key), null, SettingAccess.Shown(member.Key, member.Value)))),
        };
    }

    private static bool IsSame(string? one, string? other) =>
        string.Equals(one?.Trim(), other?.Trim(), StringComparison.OrdinalIgnoreCase);
}
