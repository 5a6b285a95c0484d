namespace Copper.Sandbox.Values;

/// <summary>An e-mail address, phone number, social profile or website, and what it is used for.</summary>
internal sealed record ContactPoint(string Value, string? Category);
