namespace Copper.Sandbox.Values;

/// <summary>A postal address; every part may be missing. The country is a two-letter code.</summary>
internal sealed record Address(string? Street, string? City, string? State, string? PostalCode, string? Country);
