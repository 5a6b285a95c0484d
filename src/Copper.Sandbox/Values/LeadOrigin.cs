namespace Copper.Sandbox.Values;

/// <summary>A lead that a record was converted from, and when, in Unix seconds.</summary>
internal sealed record LeadOrigin(long LeadId, long ConvertedAt);
