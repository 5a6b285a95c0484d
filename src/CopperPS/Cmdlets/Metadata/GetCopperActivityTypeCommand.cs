using System.Management.Automation;
using Copper.Client.Models;
using CopperPS.Binding;
using CopperPS.Cmdlets.Base;

namespace CopperPS.Cmdlets.Metadata;

/// <summary>Reads the types of activities.</summary>
/// <remarks>
/// An id is unique only within its category: -Id 1 finds the user type 1 and the system type 1, -Category tells them apart.
/// </remarks>
[Cmdlet(VerbsCommon.Get, "CopperActivityType", DefaultParameterSetName = NameSet)]
[OutputType(typeof(CopperActivityType))]
public sealed class GetCopperActivityTypeCommand : GetIdentifiedMetadataCmdlet<CopperActivityType>
{
    /// <summary>User for what people write down, System for what Copper notes by itself.</summary>
    [Parameter]
    [TextTransformation]
    [ValidateSet("User", "System")]
    public string? Category { get; set; }

    private protected override bool IsWanted(CopperActivityType item) =>
        Category is null || string.Equals(item.Category, Category, StringComparison.OrdinalIgnoreCase);
}
