namespace Copper.Client.RateLimiting.Shared;

/// <summary>Processes on any machine: none but this one can be seen from here, so each shows by itself that it is alive.</summary>
internal sealed class RemoteProcesses : ProcessLivenessChecker
{
    private static readonly Lazy<ProcessIdentity> ThisProcess = new(static () => System.Self with { Host = Environment.MachineName });

    public override ProcessIdentity Self => ThisProcess.Value;

    public override bool? IsAlive(ProcessIdentity process) => process == Self ? true : null;
}
