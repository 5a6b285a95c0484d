using CopperPS.Core;

namespace CopperPS.Cmdlets.Hub.Connection;

/// <summary>What a test of a CopperHub session found.</summary>
public sealed class CopperHubSessionTest : ISessionTest
{
    internal CopperHubSessionTest(CopperHubSession session, bool success, TimeSpan duration, string message)
    {
        Success = success;
        UserName = session.UserName;
        Uri = session.Uri;
        Duration = duration;
        Message = message;
    }

    /// <summary>The CopperHub responded, and the session is alive.</summary>
    public bool Success { get; }

    /// <summary>The name that the user logged in with.</summary>
    public string UserName { get; }

    /// <summary>The address of the installation.</summary>
    public Uri Uri { get; }

    /// <summary>How long it took.</summary>
    public TimeSpan Duration { get; }

    /// <summary>The outcome in words.</summary>
    public string Message { get; }
}
