namespace Copper.Client.Models;

/// <summary>A record of the CRM. Ids are unique only within one entity: lead 7 and person 7 have nothing in common.</summary>
public interface ICopperRecord
{
    /// <summary>The record's id within its entity.</summary>
    long Id { get; }

    /// <summary>
    /// The entity, in the API's singular word: person, company, lead, opportunity, project, task, activity; user and account likewise.
    /// </summary>
    /// <remarks>A method, since a property would be shown among the record's own members.</remarks>
    string GetEntityType();
}
