using System.Management.Automation;
using CopperPS.Cmdlets.Base;
using CopperPS.Core;

namespace CopperPS.Cmdlets.Connection;

/// <summary>Tests whether the service responds and accepts the credential.</summary>
[Cmdlet(VerbsDiagnostic.Test, "CopperConnection")]
[OutputType(typeof(CopperConnectionTest), typeof(bool))]
public sealed class TestCopperConnectionCommand : SessionCmdlet
{
    /// <summary>Output true or false only.</summary>
    [Parameter]
    public SwitchParameter Quiet { get; set; }

    /// <summary>Leaves it to the test whether there is a session: with -Quiet that is no error.</summary>
    protected override void BeginProcessing()
    {
    }

    /// <inheritdoc/>
    protected override void ProcessRecord() => WriteObject(SessionTest.Run(
        Quiet,
        Session ?? DefaultSession<CopperSession>.Current,
        watch =>
        {
            var user = Await(Client.GetCurrentUserAsync);
            return new CopperConnectionTest(CurrentSession, true, watch.Elapsed, 200, $"Connected as {user}.", user.Email);
        },
        (failure, duration) => new CopperConnectionTest(
            CurrentSession, false, duration, (int?)failure.StatusCode, failure.Message, CurrentSession.UserEmail)));
}

/// <summary>What a test of the connection found.</summary>
public sealed class CopperConnectionTest : ISessionTest
{
    internal CopperConnectionTest(
        CopperSession session, bool success, TimeSpan duration, int? statusCode, string message, string? userEmail)
    {
        BaseUri = session.BaseUri;
        Success = success;
        Duration = duration;
        StatusCode = statusCode;
        Message = message;
        UserEmail = userEmail;
    }

    /// <summary>The service responded and accepted the credential.</summary>
    public bool Success { get; }

    /// <summary>The user's e-mail address.</summary>
    public string? UserEmail { get; }

    /// <summary>The address of the service.</summary>
    public Uri BaseUri { get; }

    /// <summary>How long it took, waits for the rate limit included.</summary>
    public TimeSpan Duration { get; }

    /// <summary>The HTTP status; null when there was no response.</summary>
    public int? StatusCode { get; }

    /// <summary>The outcome in words.</summary>
    public string Message { get; }
}
