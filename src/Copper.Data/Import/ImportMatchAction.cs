namespace Copper.Data.Import;

/// <summary>What an import does with a row whose record is there.</summary>
public enum ImportMatchAction
{
    /// <summary>What differs is written.</summary>
    Update,

    /// <summary>Only what the record does not have is written.</summary>
    FillEmpty,

    /// <summary>The record is left alone.</summary>
    Skip,
}
