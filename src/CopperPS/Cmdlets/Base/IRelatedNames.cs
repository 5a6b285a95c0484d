using System.Management.Automation;

namespace CopperPS.Cmdlets.Base;

/// <summary>A cmdlet whose records point to others, whose names it asks for when the user wants them.</summary>
internal interface IRelatedNames
{
    /// <summary>Ask for the names of the related records.</summary>
    SwitchParameter IncludeRelatedName { get; }
}
