using System.Collections;

namespace CopperPS.Cmdlets.Base;

/// <summary>The parameters that writers of every kind of record but activities have, as far as they need more than their member.</summary>
internal interface INamedRecordInput
{
    /// <summary>The name.</summary>
    string? Name { get; }

    /// <summary>The record's tags, all of them.</summary>
    string[]? Tag { get; }

    /// <summary>Custom fields and their values.</summary>
    Hashtable? CustomField { get; }
}
