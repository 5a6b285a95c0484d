using Copper.Client.Models;

namespace Copper.Client.Webhooks;

/// <summary>When a record was made and last changed, whatever its kind.</summary>
internal static class RecordDates
{
    public static (DateTimeOffset? Created, DateTimeOffset? Modified) Of(ICopperRecord record) => record switch
    {
        CopperPerson person => (person.DateCreated, person.DateModified),
        CopperCompany company => (company.DateCreated, company.DateModified),
        CopperLead lead => (lead.DateCreated, lead.DateModified),
        CopperOpportunity opportunity => (opportunity.DateCreated, opportunity.DateModified),
        CopperProject project => (project.DateCreated, project.DateModified),
        CopperTask task => (task.DateCreated, task.DateModified),
        CopperActivity activity => (activity.DateCreated, activity.DateModified),
        _ => (null, null),
    };
}
