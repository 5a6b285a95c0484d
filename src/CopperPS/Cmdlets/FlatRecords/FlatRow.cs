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
        "person" => new FlatPerson(),
        "company" => new FlatCompany(),
        "lead" => new FlatLead(),
        "opportunity" => new FlatOpportunity(),
        "project" => new FlatProject(),
        "task" => new FlatTask(),
        "activity" => new FlatActivity(),
        _ => throw new ArgumentOutOfRangeException(nameof(entity), entity, "No flat record of this kind."),
    };
}
