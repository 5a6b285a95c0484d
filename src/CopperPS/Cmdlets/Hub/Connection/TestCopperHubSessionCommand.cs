using System.Diagnostics;
using System.Management.Automation;
using Copper.Client.Http;
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

    /// <inheritdoc/>
    protected override void BeginProcessing()
    {
        // A plain yes or no is owed also where there is no session.
        if (!Quiet)
        {
            base.BeginProcessing();
        }
    }

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        if (Quiet && (Session ?? DefaultSession<CopperHubSession>.Current) is not { IsClosed: false })
        {
            WriteObject(false);
            return;
        }

        var test = Run();
        WriteObject(Quiet ? test.Success : test);
    }

    private CopperHubSessionTest Run()
    {
        var watch = Stopwatch.StartNew();
        try
        {
            // An ended session is a result, not an error.
            return Await(Client.CheckSessionAsync)
                ? new CopperHubSessionTest(CurrentSession, true, watch.Elapsed, $"Logged in as {CurrentSession.UserName}.")
                : new CopperHubSessionTest(
                    CurrentSession,
                    false,
                    watch.Elapsed,
                    "The session has ended. The next command logs in again by itself.");
        }
        catch (CopperException exception)
        {
            return new CopperHubSessionTest(CurrentSession, false, watch.Elapsed, exception.Message);
        }
    }
}
