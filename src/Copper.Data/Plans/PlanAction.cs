namespace Copper.Data.Plans;

/// <summary>What a step does.</summary>
public enum PlanAction
{
    /// <summary>It creates a record.</summary>
    Create,

    /// <summary>It updates fields of a record.</summary>
    Update,

    /// <summary>It deletes a record.</summary>
    Delete,

    /// <summary>It does nothing: there is nothing to change, or the record was to be left alone.</summary>
    Skip,

    /// <summary>It waits for a decision: what is meant is not certain.</summary>
    Hold,
}
