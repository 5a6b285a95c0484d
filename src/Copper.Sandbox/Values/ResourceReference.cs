namespace Copper.Sandbox.Values;

/// <summary>Points to a record of any main entity: <c>{"id":144296,"type":"project"}</c>.</summary>
internal sealed record ResourceReference(string Type, long Id);
