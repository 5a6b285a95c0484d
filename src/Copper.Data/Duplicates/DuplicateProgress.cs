namespace Copper.Data.Duplicates;

/// <summary>How far a search for duplicates has come.</summary>
/// <param name="Activity">What is done, for example Reading people.</param>
/// <param name="Completed">So many records are done.</param>
/// <param name="Total">Of so many; null while that is not known.</param>
public sealed record DuplicateProgress(string Activity, long Completed, long? Total);
