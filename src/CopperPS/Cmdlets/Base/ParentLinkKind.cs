namespace CopperPS.Cmdlets.Base;

/// <summary>The ways in which a record of another kind leads to the records that a search reads.</summary>
internal enum ParentLinkKind
{
    /// <summary>A criterion takes a list of ids.</summary>
    IdList,

    /// <summary>A criterion takes one record.</summary>
    Pointer,

    /// <summary>The record has the id of the one that is meant.</summary>
    Reference,

    /// <summary>The service lists the ids of the records that are related to it.</summary>
    Relation,
}
