using Copper.Client.Hub;
using Copper.Client.Hub.Models;
using Copper.Client.Models;

namespace CopperPS.Cmdlets.Hub;

/// <summary>
/// The endpoint of each model of a CopperHub, so that the type argument of a cmdlet alone states which records it is about.
/// </summary>
internal static class HubEndpoints
{
    private static readonly Dictionary<Type, Func<CopperHubClient, object>> ByModel = new()
    {
        [typeof(CopperHubOrganisation)] = static client => client.Organisations,
        [typeof(CopperHubProject)] = static client => client.Projects,
        [typeof(CopperHubTask)] = static client => client.Tasks,
        [typeof(CopperHubTaskComment)] = static client => client.TaskComments,
    };

    /// <summary>The endpoint of a model.</summary>
    public static CopperHubEndpoint<T> Of<T>(CopperHubClient client)
        where T : class, ICopperRecord => (CopperHubEndpoint<T>)ByModel[typeof(T)](client);
}
