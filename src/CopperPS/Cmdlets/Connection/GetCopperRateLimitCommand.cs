using System.Management.Automation;
using Copper.Client.RateLimiting;
using CopperPS.Cmdlets.Base;

namespace CopperPS.Cmdlets.Connection;

/// <summary>Shows how the account's rate limit stands.</summary>
[Cmdlet(VerbsCommon.Get, "CopperRateLimit")]
[OutputType(typeof(RateLimitStatus))]
public sealed class GetCopperRateLimitCommand : SessionCmdlet
{
    /// <inheritdoc/>
    protected override void ProcessRecord() => WriteObject(Client.GetRateLimitStatus(), enumerateCollection: true);
}
