namespace CopperPS.Cmdlets.Base;

/// <summary>
/// The parameter sets of cmdlets that create something from values on the command line, or from rows of the pipeline. What is mandatory on
/// the command line may stand in a column whose heading PowerShell does not bind, such as 'Name ', or in a hashtable: only the cmdlet can
/// tell that it is missing, and name the row. So the set of rows is the default, in which PowerShell demands nothing, and
/// <see cref="MandatoryParameters"/> does; the other one shows in help what is needed.
/// </summary>
internal static class RowSets
{
    /// <summary>Everything is on the command line.</summary>
    public const string Values = "Values";

    /// <summary>An object of the pipeline brings values.</summary>
    public const string Row = "Row";
}
