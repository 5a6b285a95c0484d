using System.Management.Automation;
using System.Net;
using CopperPS.Binding;
using CopperPS.Core;

namespace CopperPS.Cmdlets.Base;

/// <summary>The base of the cmdlets that connect to a service: how it is reached, and what becomes of the new session.</summary>
public abstract class ConnectCmdlet : CopperCmdlet
{
    private protected ConnectCmdlet()
    {
    }

    /// <summary>The time allowed for one request, in seconds.</summary>
    [Parameter]
    [ValidateRange(1, 86400)]
    [WholeNumberTransformation]
    public int TimeoutSec { get; set; } = 100;

    /// <summary>How often a request is retried after a failure that may pass.</summary>
    [Parameter]
    [ValidateRange(0, 100)]
    [WholeNumberTransformation]
    public int MaxRetry { get; set; } = 4;

    /// <summary>The proxy to go through.</summary>
    [Parameter]
    [OneValueTransformation]
    [ValidateNotNull]
    public Uri? Proxy { get; set; }

    /// <summary>The credential for the proxy.</summary>
    [Parameter]
    [Credential]
    public PSCredential? ProxyCredential { get; set; }

    /// <summary>Output the session, to be handed to -Session.</summary>
    [Parameter]
    public SwitchParameter PassThru { get; set; }

    /// <summary>What the module calls itself in requests, for example CopperPS/1.0.0.</summary>
    private protected static string UserAgent { get; } =
        "CopperPS/" + (typeof(ConnectCmdlet).Assembly.GetName().Version?.ToString(3) ?? "0");

    /// <summary>The proxy of the parameters; null without one.</summary>
    /// <exception cref="ArgumentException">There is a credential for a proxy, and no proxy.</exception>
    private protected WebProxy? CreateProxy() => (Proxy, ProxyCredential) switch
    {
        (null, null) => null,
        (null, _) => throw new ArgumentException("-ProxyCredential is for the proxy: give its address with -Proxy."),
        _ => new WebProxy(Proxy) { Credentials = ProxyCredential?.GetNetworkCredential() },
    };

    /// <summary>The error of a connection that failed: later commands work on the former session, perhaps of another account.</summary>
    private protected static ErrorRecord WithFormer<T>(ErrorRecord error)
        where T : class, ISession =>
        DefaultSession<T>.Current is { IsClosed: false } former
            ? ErrorRecords.WithSuffix(error, $"The former session ({former}) is still the default, which later commands use.")
            : error;

    /// <summary>Makes a session the default once it is verified; one that cannot be verified is closed.</summary>
    private protected void Open<T>(T session, Action<T> verify)
        where T : class, ISession
    {
        try
        {
            verify(session);
        }
        catch
        {
            session.Dispose();
            throw;
        }

        session.IsShared = PassThru;
        DefaultSession<T>.Set(session);
    }
}
