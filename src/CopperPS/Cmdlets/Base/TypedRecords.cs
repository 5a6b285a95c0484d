using Copper.Client;
using Copper.Client.Models;

namespace CopperPS.Cmdlets.Base;

/// <summary>
/// The typed fields and criteria of Copper.Client for each model. What the parameters of a cmdlet mean goes into these, by the names that
/// their properties have, so that a cmdlet and a .NET program send the same, checked in the same way.
/// </summary>
internal static class TypedRecords
{
    private static readonly Dictionary<Type, Func<object>> New = new()
    {
        [typeof(CopperPerson)] = static () => new PersonCreate(),
        [typeof(CopperCompany)] = static () => new CompanyCreate(),
        [typeof(CopperLead)] = static () => new LeadCreate(),
        [typeof(CopperOpportunity)] = static () => new OpportunityCreate(),
        [typeof(CopperProject)] = static () => new ProjectCreate(),
        [typeof(CopperTask)] = static () => new TaskCreate(),
        [typeof(CopperActivity)] = static () => new ActivityCreate(),
        [typeof(CopperCustomFieldDefinition)] = static () => new CustomFieldDefinitionCreate(),
        [typeof(CopperCustomActivityType)] = static () => new CustomActivityTypeCreate(),
        [typeof(CopperWebhook)] = static () => new WebhookCreate(),
    };

    private static readonly Dictionary<Type, Func<object>> Changes = new()
    {
        [typeof(CopperPerson)] = static () => new PersonUpdate(),
        [typeof(CopperCompany)] = static () => new CompanyUpdate(),
        [typeof(CopperLead)] = static () => new LeadUpdate(),
        [typeof(CopperOpportunity)] = static () => new OpportunityUpdate(),
        [typeof(CopperProject)] = static () => new ProjectUpdate(),
        [typeof(CopperTask)] = static () => new TaskUpdate(),
        [typeof(CopperActivity)] = static () => new ActivityUpdate(),
        [typeof(CopperCustomFieldDefinition)] = static () => new CustomFieldDefinitionUpdate(),
        [typeof(CopperCustomActivityType)] = static () => new CustomActivityTypeUpdate(),
        [typeof(CopperWebhook)] = static () => new WebhookUpdate(),
    };

    private static readonly Dictionary<Type, Func<SearchQuery>> Searches = new()
    {
        [typeof(CopperPerson)] = static () => new PersonSearch(),
        [typeof(CopperCompany)] = static () => new CompanySearch(),
        [typeof(CopperLead)] = static () => new LeadSearch(),
        [typeof(CopperOpportunity)] = static () => new OpportunitySearch(),
        [typeof(CopperProject)] = static () => new ProjectSearch(),
        [typeof(CopperTask)] = static () => new TaskSearch(),
        [typeof(CopperActivity)] = static () => new ActivitySearch(),
    };

    /// <summary>A new record.</summary>
    public static INewRecord<T> NewRecord<T>()
        where T : class, ICopperRecord => (INewRecord<T>)New[typeof(T)]();

    /// <summary>A new record with these fields.</summary>
    public static INewRecord<T> NewRecord<T>(JsonBody fields)
        where T : class, ICopperRecord
    {
        var record = NewRecord<T>();
        Copy(fields, record.Fields);
        return record;
    }

    /// <summary>What is to change on a record.</summary>
    public static IRecordChanges<T> NewChanges<T>()
        where T : class, ICopperRecord => (IRecordChanges<T>)Changes[typeof(T)]();

    /// <summary>What is to change on a record: these fields.</summary>
    public static IRecordChanges<T> NewChanges<T>(JsonBody fields)
        where T : class, ICopperRecord
    {
        var changes = NewChanges<T>();
        Copy(fields, changes.Fields);
        return changes;
    }

    /// <summary>A search by these criteria.</summary>
    public static SearchQuery NewSearch<T>(JsonBody criteria)
        where T : class, ICopperRecord
    {
        var search = Searches[typeof(T)]();
        Copy(criteria, search.Filter);
        return search;
    }

    private static void Copy(JsonBody from, JsonBody to)
    {
        foreach (var field in from)
        {
            to[field.Key] = field.Value;
        }
    }
}
