using System.Management.Automation;
using CopperPS.Core;

namespace CopperPS.Cmdlets.Connection;

/// <summary>Closes a session.</summary>
[Cmdlet(VerbsCommunications.Disconnect, "Copper")]
[OutputType(typeof(void))]
public sealed class DisconnectCopperCommand : CopperCmdlet
{
    /// <summary>The sessions to close; the runspace's default without it.</summary>
    [Parameter(Position = 0, ValueFromPipeline = true)]
    [ValidateNotNull]
    public CopperSession[]? Session { get; set; }

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        // Nothing to close is no mistake: a script's clean-up may run whatever happened before.
        foreach (var session in Session ?? (DefaultSession<CopperSession>.Current is { } current ? [current] : []))
        {
            session.Dispose();
            DefaultSession<CopperSession>.Forget(session);
        }
    }
}
