using System.Text.RegularExpressions;
using Copper.Client;
using Copper.Client.Metadata;
using CopperPS.Core;

namespace CopperPS.Binding;

/// <summary>The fields by which a search is sorted, in the words of the service or by the names of properties.</summary>
internal static class SortFields
{
    /// <summary>Properties whose fields have other words; of several the first that the entity has.</summary>
    private static readonly Dictionary<string, string[]> Words = new(StringComparer.OrdinalIgnoreCase)
    {
        ["Assignee"] = ["assignee", "assigned_to"],
        ["AssigneeId"] = ["assignee", "assigned_to"],
        ["ContactType"] = ["contact_group"],
        ["ContactTypeId"] = ["contact_group"],
        ["CustomerSource"] = ["customer_source_id", "source"],
        ["DateLastContacted"] = ["last_interaction"],
        ["Emails"] = ["email"],
        ["Parent"] = ["related_to"],
        ["PhoneNumber"] = ["phone"],
        ["PhoneNumbers"] = ["phone"],
        ["PipelineStageId"] = ["stage"],
        ["PostalCode"] = ["zip"],
        ["PrimaryContact"] = ["primary_contact", "contact"],
        ["PrimaryContactId"] = ["primary_contact", "contact"],
        ["RelatedResource"] = ["related_to"],
        ["RelatedTo"] = ["related_to"],
        ["MonetaryValue"] = ["monetary_value", "value"],
        ["Value"] = ["monetary_value", "value"],
        ["Website"] = ["primary_website"],
        ["Websites"] = ["primary_website"],
    };

    /// <summary>The name of the property by which people know a field: DateModified of date_modified.</summary>
    public static string NameOf(string field) => Preferred.TryGetValue(field, out var name)
        ? name
        : string.Concat(field.Split('_').Where(static word => word.Length > 0)
            .Select(static word => char.ToUpperInvariant(word[0]) + word.Substring(1)));

    /// <summary>Of several properties that stand for a field, the one that the parameters are called like.</summary>
    private static readonly Dictionary<string, string> Preferred = new()
    {
        ["assigned_to"] = "Assignee",
        ["contact"] = "PrimaryContact",
        ["contact_group"] = "ContactType",
        ["customer_source_id"] = "CustomerSource",
        ["last_interaction"] = "DateLastContacted",
        ["phone"] = "PhoneNumber",
        ["primary_website"] = "Website",
        ["related_to"] = "RelatedTo",
        ["source"] = "CustomerSource",
        ["zip"] = "PostalCode",
    };

    /// <summary>How far a field is from a word, whether it was meant as the service or as a property spells it.</summary>
    private static int Distance(string field, string name, string word) =>
        Math.Min(EditDistance.Between(word, field), EditDistance.Between(name.ToLowerInvariant(), field.Replace("_", string.Empty)));

    /// <summary>The word of the service: date_modified of DateModified.</summary>
    /// <exception cref="InputRejectedException">The service is not known to sort by it.</exception>
    public static string? Of(string? text, CopperEntity entity)
    {
        if (text is null)
        {
            return null;
        }

        var name = text.Trim();
        return Find(name, entity) ?? throw new InputRejectedException(InputRejection.Invalid, Problem(name, entity), text);
    }

    /// <summary>The word of the service; null when it sorts by no such field.</summary>
    private static string? Find(string name, CopperEntity entity)
    {
        // All fields of the service are small letters.
        var word = WordOf(name);
        return entity.SortFields.Contains(name.ToLowerInvariant()) ? name.ToLowerInvariant()
            : entity.SortFields.Contains(word) ? word
            : entity.SortFields.FirstOrDefault(field =>
                string.Equals(field.Replace("_", string.Empty), name, StringComparison.OrdinalIgnoreCase))
            ?? (Words.TryGetValue(name, out var fields) ? fields.FirstOrDefault(entity.SortFields.Contains) : null);
    }

    private static string WordOf(string name) => Regex.Replace(name, "(?<=[a-z0-9])(?=[A-Z])", "_").ToLowerInvariant();

    /// <summary>
    /// Why a search cannot be sorted so. What records have, and the service does not sort by, is sorted by PowerShell once it is there.
    /// </summary>
    private static string Problem(string name, CopperEntity entity)
    {
        var known = NameSuggestions.Of(
            PropertyOf(name, entity) is null ? name : string.Empty,
            entity.SortFields.Select(field => (NameOf(field), Distance(field, name, WordOf(name)))), string.Empty);
        var property = PropertyOf(name, entity);
        if (property is null)
        {
            return $"-SortBy '{VisibleText.Of(name)}' is not known. {known}";
        }

        var others = CopperEntities.Searchable
            .Where(other => Find(property, other) is not null)
            .Select(static other => other.Plural)
            .ToArray();
        var command = $"Get-Copper{EntityWords.ToNoun(entity.Name)}";
        return $"The service does not sort {entity.Plural} by {property}"
            + (others.Length == 0 ? ". " : $", only {string.Join(" and ", others)}. ")
            + $"Sort what the search returns: {command} | Sort-Object {property} -Descending. "
            + known.Replace("There are:", "-SortBy takes:");
    }

    /// <summary>The property of a record that is meant, by its name or in the words of the service; null when there is none.</summary>
    private static string? PropertyOf(string name, CopperEntity entity) =>
        entity.ModelType.GetProperties()
            .Select(static property => property.Name)
            .FirstOrDefault(property => string.Equals(property, name.Replace("_", string.Empty), StringComparison.OrdinalIgnoreCase))
        ?? Preferred.Where(pair => string.Equals(pair.Key, name, StringComparison.OrdinalIgnoreCase)
                && entity.ModelType.GetProperty(pair.Value) is not null)
            .Select(static pair => pair.Value)
            .FirstOrDefault();
}
