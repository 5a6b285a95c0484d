using System.Management.Automation;

namespace CopperPS.Cmdlets.Base;

/// <summary>A search for records that state when they were contacted last.</summary>
internal interface IContactSearch
{
    /// <summary>Not contacted since this time, or never.</summary>
    DateTimeOffset NotContactedSince { get; }

    /// <summary>Without those who were never contacted.</summary>
    SwitchParameter ExcludeNeverContacted { get; }
}
