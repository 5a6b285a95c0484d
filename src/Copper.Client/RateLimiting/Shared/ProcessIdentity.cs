namespace Copper.Client.RateLimiting.Shared;

/// <summary>A process that cannot be mistaken for a later one with the same id.</summary>
/// <param name="Id">The id of the process.</param>
/// <param name="Started">When it started, in a unit of the system.</param>
/// <param name="Host">Where the id is unique: the machine, its current run, and its container.</param>
internal sealed record ProcessIdentity(int Id, long Started, string Host);
