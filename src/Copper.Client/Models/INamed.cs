namespace Copper.Client.Models;

/// <summary>Something of the account that has a name by which people know it: a user, a pipeline, a tag.</summary>
public interface INamed
{
    /// <summary>The name; null when the service sent none.</summary>
    string? Name { get; }
}
