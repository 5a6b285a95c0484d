using System.Globalization;
using Copper.Client;
using Copper.Sandbox;

namespace CopperPS.Cmdlets.Connection;

/// <summary>Opens an account with demo data inside the process. Each one is an account of its own.</summary>
internal static class SandboxAccounts
{
    private static int _count;

    /// <summary>Points the options at a new account and returns the identity that it accepts.</summary>
    public static CopperIdentity Open(CopperClientOptions options)
    {
        // The sandbox counts as strictly as the session promises to behave.
        var account = new CopperSandbox(new SandboxOptions
        {
            DayFirstDates = options.DayFirstDates,
            RateLimits = options.RateLimits.Select(static limit => new SandboxRateLimit(limit.Limit, limit.Window)).ToArray(),
        });
        options.Handler = new SandboxMessageHandler(account);

        // An address of its own keeps its rate limit apart from other sandboxes of the process; .invalid never resolves.
        options.BaseUri = new Uri(string.Format(
            CultureInfo.InvariantCulture,
            "https://sandbox-{0}.invalid/developer_api/v1",
            Interlocked.Increment(ref _count)));
        return CopperIdentity.FromApiKey(SandboxOptions.DefaultUserEmail, SandboxOptions.DefaultApiKey);
    }
}
