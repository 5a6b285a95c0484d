using System.Globalization;
using Copper.Client.Models;

namespace Copper.Client;

/// <summary>What a request did not find, in words: in a pipeline of many records, the error has to name the one that it is about.</summary>
internal static class MissingPart
{
    private const string Nothing = "nothing there";

    private static readonly Dictionary<string, string> Singulars = new(StringComparer.OrdinalIgnoreCase)
    {
        [CopperEntityNames.Leads] = CopperEntityNames.Lead,
        [CopperEntityNames.People] = CopperEntityNames.Person,
        [CopperEntityNames.Companies] = CopperEntityNames.Company,
        [CopperEntityNames.Opportunities] = CopperEntityNames.Opportunity,
        [CopperEntityNames.Projects] = CopperEntityNames.Project,
        [CopperEntityNames.Tasks] = CopperEntityNames.Task,
        [CopperEntityNames.Activities] = CopperEntityNames.Activity,
        [CopperEntityNames.Users] = CopperEntityNames.User,
        ["custom_activity_types"] = CopperEntityNames.CustomActivityType,
        ["custom_field_definitions"] = CopperEntityNames.CustomFieldDefinition,
        ["webhooks"] = CopperEntityNames.Webhook,
    };

    /// <summary>no person 7; nothing for person 7, where the path goes on; nothing there, where it names no record.</summary>
    public static string Of(CopperRequest request)
    {
        var segments = request.Path.Split('/');
        return segments.Length < 2
            || !Singulars.TryGetValue(segments[0], out var entity)
            || !long.TryParse(segments[1], NumberStyles.None, CultureInfo.InvariantCulture, out var id) ? Nothing
            : segments.Length == 2 ? $"no {entity} {id}"
            : $"nothing for {entity} {id}";
    }
}
