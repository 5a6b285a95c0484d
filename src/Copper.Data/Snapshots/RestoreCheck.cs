using System.Globalization;
using Copper.Client;
using Copper.Client.CustomFields;
using Copper.Client.Json;
using Copper.Client.Models;
using Copper.Data.Columns;
using Copper.Data.Plans;

namespace Copper.Data.Snapshots;

/// <summary>
/// What the service is known to reject, looked for in the fields of a step before anything is sent: the plan tells it, so that a run fails
/// in nothing that was not announced. A snapshot holds what the service had; it may be older than a rule, edited, or of another account.
/// </summary>
internal static class RestoreCheck
{
    private const int MostPercent = 100;

    /// <summary>The categories of addresses, numbers and links (developer.copper.com/people, Socials and Websites included).</summary>
    private static readonly Dictionary<string, (string Member, string[] Categories)> Points = new(StringComparer.Ordinal)
    {
        ["emails"] = ("email", ["work", "personal", "other"]),
        ["email"] = ("email", ["work", "personal", "other"]),
        ["phone_numbers"] = ("number", ["mobile", "work", "home", "other"]),
        ["websites"] = ("url", ["work", "personal", "other"]),
        ["socials"] = ("url",
            ["linkedin", "twitter", "googleplus", "facebook", "youtube", "quora", "foursquare", "klout", "gravatar", "other"]),
    };

    private static readonly string[] AddressParts = ["street", "city", "state", "postal_code", "country"];

    /// <summary>The records that a task or a project can be related to.</summary>
    private static readonly Dictionary<string, string[]> Related = new(StringComparer.Ordinal)
    {
        [CopperEntityNames.Task] = [CopperEntityNames.Lead, CopperEntityNames.Person, CopperEntityNames.Company,
            CopperEntityNames.Opportunity, CopperEntityNames.Project],
        [CopperEntityNames.Project] = [CopperEntityNames.Person, CopperEntityNames.Company, CopperEntityNames.Opportunity,
            CopperEntityNames.Task],
    };

    /// <summary>Why a record cannot be created; null when it can.</summary>
    public static string? WhyHeld(string entity, JsonBody fields) =>
        entity == CopperEntityNames.Activity
            ? fields.Contains("details") && fields["details"] is string ? null : "The activity has no details, which the service wants."
        : fields.Contains("name") && fields["name"] is string name && !string.IsNullOrWhiteSpace(name) ? null
        : $"The {entity} has no name, and the service creates none without.";

    /// <summary>What the service may reject in the fields that a step sends, a sentence part each.</summary>
    /// <param name="entity">The entity, in the API's singular word.</param>
    /// <param name="fields">The fields.</param>
    /// <param name="fieldOf">The custom field of the account; null for none.</param>
    /// <param name="dateFormat">How the account writes a close date.</param>
    /// <param name="isStageOf">The stage belongs to the pipeline.</param>
    public static IReadOnlyList<string> ProblemsOf(
        string entity,
        JsonBody fields,
        Func<long, CopperCustomFieldDefinition?> fieldOf,
        string dateFormat,
        Func<long, long, bool> isStageOf)
    {
        var problems = new List<string>();
        foreach (var member in fields.Where(static member => member.Value is not null))
        {
            var value = RecordFields.Plain(member.Value);
            problems.AddRange(member.Key switch
            {
                RecordFields.CustomFields => OfCustomFields(entity, member.Value!, fieldOf),
                "address" => OfAddress(value),
                "related_resource" => OfRelated(entity, value),
                "close_date" => OfCloseDate(value, dateFormat),
                _ when Points.TryGetValue(member.Key, out var point) => OfPoints(value, point.Member, point.Categories),
                _ => OfColumn(entity, member.Key, value),
            });
        }

        if (NumberIn(fields, "pipeline_id") is { } pipeline && NumberIn(fields, "pipeline_stage_id") is { } stage
            && !isStageOf(pipeline, stage))
        {
            problems.Add("the stage is not one of the pipeline");
        }

        if (fields.Contains("loss_reason_id") && fields["loss_reason_id"] is not null
            && (!fields.Contains("status") || fields["status"] is not "Lost"))
        {
            problems.Add("a loss reason goes with the status Lost only");
        }

        return problems;
    }

    private static IEnumerable<string> OfPoints(object? value, string member, string[] categories)
    {
        object?[] items = value switch
        {
            JsonArray list => [.. list],
            AdditionalMembers one => [one],
            _ => [],
        };
        foreach (var item in items.OfType<AdditionalMembers>())
        {
            var text = item.TryGetValue(member, out var content) ? content as string : null;
            if (string.IsNullOrWhiteSpace(text))
            {
                yield return $"an item without {(member == "email" ? "an address" : $"a {member}")}";
            }
            else if (member == "email" && CellCheck.ProblemOf(new CopperEmail { Email = text }) is { } problem)
            {
                yield return problem.TrimEnd('.');
            }

            if (item.TryGetValue("category", out var category) && category is string { Length: > 0 } word && !categories.Contains(word))
            {
                yield return $"the category '{word}' of '{text}' is none of: {string.Join(", ", categories)}";
            }
        }
    }

    private static IEnumerable<string> OfAddress(object? value) => value is AdditionalMembers address
        ? address.Where(static part => !AddressParts.Contains(part.Key) && part.Value is not null)
            .Select(static part => $"an address has no part '{part.Key}'")
            .Concat(address.Where(static part => AddressParts.Contains(part.Key) && part.Value is not (null or string))
                .Select(static part => $"the part {part.Key} of the address is no text"))
        : [];

    private static IEnumerable<string> OfRelated(string entity, object? value)
    {
        if (RecordEnd.From(value) is { } end && Related.TryGetValue(entity, out var types) && !types.Contains(end.Type))
        {
            yield return $"a {entity} cannot be related to a {end.Type}";
        }
    }

    private static IEnumerable<string> OfCloseDate(object? value, string dateFormat)
    {
        var format = dateFormat.Replace("MM", "M").Replace("dd", "d");
        if (value is string text && !DateTime.TryParseExact(text, format, CultureInfo.InvariantCulture, DateTimeStyles.None, out _))
        {
            yield return $"the close date '{text}' is not in the form {dateFormat}";
        }
    }

    private static IEnumerable<string> OfColumn(string entity, string field, object? value)
    {
        if (ColumnMap.Of(entity)?.Columns.FirstOrDefault(column => column.Field == field) is not { } column)
        {
            yield break;
        }

        if (value is string word && column.Words.Count > 0 && !column.Words.Contains(word, StringComparer.Ordinal))
        {
            yield return $"{column.Name} '{word}' is none of: {string.Join(", ", column.Words)}";
        }
        else if (column.Kind == ColumnKind.Percentage && value is not (>= 0L and <= (long)MostPercent))
        {
            yield return $"{column.Name} {RecordFields.Shown(value)} is no whole number from 0 to {MostPercent}";
        }
        else if (column.Kind == ColumnKind.Time && value is long and (< 0 or > 9_999_999_999))
        {
            yield return $"{column.Name} {RecordFields.Shown(value)} is no time that the service knows";
        }
    }

    private static IEnumerable<string> OfCustomFields(
        string entity, object value, Func<long, CopperCustomFieldDefinition?> fieldOf)
    {
        foreach (var (id, content) in RecordFields.Items(value))
        {
            if (fieldOf(id) is { } field && content is not null && !IsOfType(field, RecordFields.Plain(content)))
            {
                yield return $"'{RecordFields.Shown(content)}' is no value of the custom field '{field.Name}' ({field.DataType})";
            }
            else if (fieldOf(id) is { } other && !other.IsAvailableOn(entity))
            {
                yield return $"the custom field '{other.Name}' is not one of a {entity}";
            }
        }
    }

    private static bool IsOfType(CopperCustomFieldDefinition field, object? value) => field.DataType switch
    {
        CustomFieldTypes.ShortText or CustomFieldTypes.LongText or CustomFieldTypes.Url => value is string,
        CustomFieldTypes.Number or CustomFieldTypes.Currency or CustomFieldTypes.Percentage => value is long or decimal or double,
        CustomFieldTypes.Checkbox => value is bool,
        CustomFieldTypes.Date => value is long and >= 0,
        CustomFieldTypes.Dropdown => value is long option && field.Options.Exists(one => one.Id == option),
        CustomFieldTypes.MultiSelect => value is JsonArray options
            && options.All(item => item is long option && field.Options.Exists(one => one.Id == option)),
        _ => true,
    };

    private static long? NumberIn(JsonBody fields, string name) =>
        fields.Contains(name) ? RecordEnd.IdOf(fields[name]) : null;
}
