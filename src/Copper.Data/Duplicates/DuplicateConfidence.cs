namespace Copper.Data.Duplicates;

/// <summary>How certain it is that the records of a group are one.</summary>
public enum DuplicateConfidence
{
    /// <summary>They share a key, such as an e-mail address, and nothing in them contradicts it.</summary>
    Exact,

    /// <summary>They are similar, or share a key while something contradicts it: somebody should look at them.</summary>
    Likely,
}
