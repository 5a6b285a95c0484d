using System.Management.Automation;
using CopperPS.Core;

namespace CopperPS.Cmdlets.Hub.Connection;

/// <summary>Tells whether a session with a CopperHub lives.</summary>
[Cmdlet(VerbsDiagnostic.Test, "CopperHubSession")]
[OutputType(typeof(CopperHubSessionTest), typeof(bool))]
public sealed class TestCopperHubSessionCommand : HubSessionCmdlet
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
        Session ?? DefaultSession<CopperHubSession>.Current,

        // An ended session is a result, not an error.
        watch => Await(Client.CheckSessionAsync)
            ? new CopperHubSessionTest(CurrentSession, true, watch.Elapsed, $"Logged in as {CurrentSession.UserName}.")
            : new CopperHubSessionTest(
                CurrentSession, false, watch.Elapsed, "The session has ended. The next command logs in again by itself."),
        (failure, duration) => new CopperHubSessionTest(CurrentSession, false, duration, failure.Message)));
}
