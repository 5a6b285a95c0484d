using Copper.Client.Models;

namespace CopperPS;

/// <summary>A row for CSV files, spreadsheets and databases. Its columns are members that are added to each object.</summary>
public abstract class FlatRow
{
    private protected FlatRow()
    {
    }

    /// <summary>A row of an entity, still without columns.</summary>
    internal static FlatRow Of(string entity) => entity switch
    {
        CopperEntityNames.Person => new FlatPerson(),
        CopperEntityNames.Company => new FlatCompany(),
        CopperEntityNames.Lead => new FlatLead(),
        CopperEntityNames.Opportunity => new FlatOpportunity(),
        CopperEntityNames.Project => new FlatProject(),
        CopperEntityNames.Task => new FlatTask(),
        CopperEntityNames.Activity => new FlatActivity(),
        _ => throw new ArgumentOutOfRangeException(nameof(entity), entity, "No flat record of this kind."),
    };
}
