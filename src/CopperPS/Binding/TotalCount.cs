using System.Management.Automation;

namespace CopperPS.Binding;

/// <summary>
/// The number that -IncludeTotalCount writes before the records. It is a number in every other respect, but never an id: a
/// pipeline that deletes what a search finds must not delete the record whose id is the number of them.
/// </summary>
internal static class TotalCount
{
    private const string TypeName = "CopperPS.TotalCount";

    /// <summary>What <see cref="PagingParameters.NewTotalCount"/> adds; it survives files and jobs.</summary>
    private const string Mark = "Accuracy";

    /// <summary>Marks a total as one.</summary>
    public static PSObject Of(PSObject total)
    {
        // Not the first name: by that a number is shown as a number.
        total.TypeNames.Add(TypeName);
        return total;
    }

    public static bool Is(PSObject value) =>
        value.BaseObject is not PSCustomObject
            && value.BaseObject is ValueType
            && (value.TypeNames.Any(static name => name.EndsWith(TypeName, StringComparison.Ordinal))
                || value.Properties[Mark] is not null);
}
