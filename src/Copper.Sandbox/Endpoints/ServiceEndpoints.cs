using Copper.Sandbox.Http;

namespace Copper.Sandbox.Endpoints;

/// <summary>All endpoints of the service.</summary>
internal static class ServiceEndpoints
{
    public static Router Router { get; } = new(
    [
        .. AccountEndpoints.Routes,
        .. ReferenceEndpoints.Routes,
        .. RecordEndpoints.Routes,
        .. PeopleEndpoints.Routes,
        .. LeadEndpoints.Routes,
        .. BulkEndpoints.Routes,
        .. ActivityEndpoints.Routes,
        .. CustomActivityTypeEndpoints.Routes,
        .. RelatedItemEndpoints.Routes,
        .. RelatedLinkEndpoints.Routes,
        .. FieldLayoutEndpoints.Routes,
        .. FileEndpoints.Routes,
        .. WebhookEndpoints.Routes,
        .. TagEndpoints.Routes,
        .. CustomFieldDefinitionEndpoints.Routes,
    ]);
}
