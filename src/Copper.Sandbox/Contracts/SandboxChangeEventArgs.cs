namespace Copper.Sandbox;

/// <summary>Tells about a change of a record.</summary>
/// <param name="change">The change.</param>
public sealed class SandboxChangeEventArgs(SandboxChange change) : EventArgs
{
    /// <summary>The change.</summary>
    public SandboxChange Change { get; } = change;
}
