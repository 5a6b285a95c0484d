namespace CopperPS.Cmdlets.Base;

/// <summary>A writer that changes the tags that a record has.</summary>
internal interface ITagEditor
{
    /// <summary>Tags to add to those that the record has.</summary>
    string[]? AddTag { get; }

    /// <summary>Tags to remove from those that the record has.</summary>
    string[]? RemoveTag { get; }
}
