namespace CopperPS.Cmdlets.Base;

/// <summary>What a writer does with a record.</summary>
internal enum WriteKind
{
    /// <summary>The record is new.</summary>
    Create,

    /// <summary>The record exists, and what it has may be merged with what is given.</summary>
    Update,

    /// <summary>The service finds the record or creates it, in one request.</summary>
    Upsert,
}
