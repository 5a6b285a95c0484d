namespace Copper.Data.Import;

/// <summary>How far a plan has come.</summary>
/// <param name="Activity">What is being done, for example <c>Reading people</c>.</param>
/// <param name="Completed">So much is done.</param>
/// <param name="Total">Of so much; null while that is not known.</param>
public sealed record ImportProgress(string Activity, long Completed, long? Total);
