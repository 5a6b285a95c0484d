namespace CopperPS.Core;

/// <summary>What a test of a session found.</summary>
internal interface ISessionTest
{
    /// <summary>The service responded, and the session works.</summary>
    bool Success { get; }
}
