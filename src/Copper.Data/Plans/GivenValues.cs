using Copper.Client;
using Copper.Client.Metadata;
using Copper.Client.Models;
using Copper.Data.Columns;

namespace Copper.Data.Plans;

/// <summary>
/// What the service fills in by itself when it creates a record: a contact type, a priority, the company of the primary contact. A record
/// that is created again is to be as it was, also where it was empty: what it lacked is sent as null, and what the service gives all the
/// same is cleared afterwards.
/// </summary>
internal static class GivenValues
{
    /// <summary>The type of a task: the service gives each new one the default, and no page says that it can be written.</summary>
    public const string TaskType = "custom_activity_type_id";

    private const string Assignee = "assignee_id";
    private const string Company = "company_id";
    private const string ContactType = "contact_type_id";
    private const string Priority = "priority";

    /// <summary>
    /// The fields that can be empty and that responses show filled in though they were not sent, or that an account may fill in. A person
    /// has a contact type in all published responses, a new opportunity or task the priority None, and an opportunity the probability
    /// of its stage and the company of its primary contact (developer.copper.com/opportunities/create-a-new-opportunity).
    /// </summary>
    private static readonly Dictionary<string, string[]> ByEntity = new()
    {
        [CopperEntityNames.Person] = [ContactType, Company, Assignee],
        [CopperEntityNames.Company] = [ContactType, Assignee],
        [CopperEntityNames.Lead] = [Assignee, "customer_source_id"],
        [CopperEntityNames.Opportunity] = [Priority, "win_probability", Company, Assignee, "customer_source_id"],
        [CopperEntityNames.Project] = [Assignee],
        [CopperEntityNames.Task] = [Priority, Assignee],
    };

    /// <summary>The fields of a record that is created again, with a null for each that it did not have and that the service may fill
    /// in.</summary>
    public static JsonBody Completed(string entity, JsonBody fields)
    {
        var all = fields.Copy();
        foreach (var name in ByEntity.TryGetValue(entity, out var names) ? names : [])
        {
            if (!all.Contains(name))
            {
                all[name] = null;
            }
        }

        return all;
    }

    /// <summary>What a new record has in fields that were to be empty.</summary>
    /// <param name="fields">The body of the step that has created it.</param>
    /// <param name="record">The record as the service responded it.</param>
    /// <param name="dateFormat">How the account writes a close date.</param>
    public static JsonBody In(JsonBody fields, ICopperRecord record, string dateFormat)
    {
        var empty = fields.Where(static member => member.Value is null).Select(static member => member.Key).ToArray();
        return empty.Length == 0 ? [] : In(fields, RecordFields.ImageOf(record, Nulls(empty), dateFormat));
    }

    /// <summary>The same, from what a journal says of the new record.</summary>
    public static JsonBody In(JsonBody fields, JsonBody? image)
    {
        var given = new JsonBody();
        foreach (var member in image ?? [])
        {
            if (fields.Contains(member.Key) && fields[member.Key] is null && !RecordFields.MeanSame(member.Key, member.Value, null))
            {
                given[member.Key] = member.Value;
            }
        }

        return given;
    }

    /// <summary>A body that clears these fields.</summary>
    public static JsonBody Nulls(IEnumerable<string> names)
    {
        var fields = new JsonBody();
        foreach (var name in names)
        {
            fields[name] = null;
        }

        return fields;
    }

    /// <summary>All that is known of a record that is about to be deleted: what can be written, and the type of a task.</summary>
    public static JsonBody ImageOfDeleted(ICopperRecord record, string dateFormat)
    {
        var image = RecordFields.WholeImageOf(record, dateFormat);
        if (record is CopperTask { CustomActivityTypeId: { } type })
        {
            image[TaskType] = type;
        }

        return image;
    }

    /// <summary>The names of the types of tasks that a new task does not get by itself; none where they cannot be read.</summary>
    public static async Task<IReadOnlyDictionary<long, string>> TaskTypesAsync(CopperMetadata metadata, CancellationToken cancellationToken)
    {
        try
        {
            return (await metadata.CustomActivityTypes.GetAsync(cancellationToken).ConfigureAwait(false))
                .Where(static type => type.IsDefaultTaskType != true).GroupBy(static type => type.Id)
                .ToDictionary(static same => same.Key, static same => same.First().Name ?? string.Empty);
        }
        catch (CopperException exception) when (exception is not CopperAuthenticationException)
        {
            return new Dictionary<long, string>();
        }
    }
}
