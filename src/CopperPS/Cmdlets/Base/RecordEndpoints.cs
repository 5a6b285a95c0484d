using Copper.Client;
using Copper.Client.Models;

namespace CopperPS.Cmdlets.Base;

/// <summary>The endpoint of each model, so that the type argument of a cmdlet alone states which records it is about.</summary>
internal static class RecordEndpoints
{
    private static readonly Dictionary<Type, Func<CopperClient, object>> ByModel = new()
    {
        [typeof(CopperPerson)] = static client => client.People,
        [typeof(CopperCompany)] = static client => client.Companies,
        [typeof(CopperLead)] = static client => client.Leads,
        [typeof(CopperOpportunity)] = static client => client.Opportunities,
        [typeof(CopperProject)] = static client => client.Projects,
        [typeof(CopperTask)] = static client => client.Tasks,
        [typeof(CopperActivity)] = static client => client.Activities,
        [typeof(CopperCustomFieldDefinition)] = static client => client.CustomFieldDefinitions,
        [typeof(CopperCustomActivityType)] = static client => client.CustomActivityTypes,
        [typeof(CopperWebhook)] = static client => client.Webhooks,
    };

    /// <summary>The endpoint of a model.</summary>
    public static RecordEndpoint<T> Of<T>(CopperClient client)
        where T : class, ICopperRecord => (RecordEndpoint<T>)ByModel[typeof(T)](client);
}
