using System.Text.RegularExpressions;
using Copper.Client.Entities;

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
        ["Website"] = ["primary_website"],
        ["Websites"] = ["primary_website"],
    };

    /// <summary>The word of the service: date_modified of DateModified. A word that is not known goes out as it is.</summary>
    public static string? Of(string? text, CopperEntity entity)
    {
        if (text is null)
        {
            return null;
        }

        // All fields of the service are small letters.
        var name = text.Trim();
        var word = Regex.Replace(name, "(?<=[a-z0-9])(?=[A-Z])", "_").ToLowerInvariant();
        return entity.SortFields.Contains(name.ToLowerInvariant()) ? name.ToLowerInvariant()
            : entity.SortFields.Contains(word) ? word
            : entity.SortFields.FirstOrDefault(field =>
                string.Equals(field.Replace("_", string.Empty), name, StringComparison.OrdinalIgnoreCase))
            ?? (Words.TryGetValue(name, out var fields) ? fields.FirstOrDefault(entity.SortFields.Contains) : null)
            ?? word;
    }
}
