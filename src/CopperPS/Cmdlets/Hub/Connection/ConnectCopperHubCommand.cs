using System.Management.Automation;
using System.Net;
using Copper.Client.Http;
using Copper.Client.Hub;
using CopperPS.Binding;
using CopperPS.Core;

namespace CopperPS.Cmdlets.Hub.Connection;

/// <summary>Logs in to a CopperHub, the project management.</summary>
[Cmdlet(VerbsCommunications.Connect, "CopperHub", DefaultParameterSetName = CredentialSet)]
[OutputType(typeof(CopperHubSession))]
public sealed class ConnectCopperHubCommand : CopperCmdlet
{
    private const string CredentialSet = "Credential";
    private const string SandboxSet = "Sandbox";

    /// <summary>The address of the installation, for example https://v5.copperhub.com.</summary>
    [Parameter(ParameterSetName = CredentialSet, Mandatory = true, Position = 0)]
    [ValidateNotNull]
    public Uri? Uri { get; set; }

    /// <summary>The user name and the password.</summary>
    [Parameter(ParameterSetName = CredentialSet, Mandatory = true, Position = 1)]
    [Credential]
    public PSCredential? Credential { get; set; }

    /// <summary>Connect to an installation with demo data inside this process.</summary>
    [Parameter(ParameterSetName = SandboxSet, Mandatory = true)]
    public SwitchParameter Sandbox { get; set; }

    /// <summary>The time allowed for one request, in seconds.</summary>
    [Parameter]
    [ValidateRange(1, 86400)]
    [WholeNumberTransformation]
    public int TimeoutSec { get; set; } = 100;

    /// <summary>How often a request is sent again after a failure that may pass.</summary>
    [Parameter]
    [ValidateRange(0, 100)]
    [WholeNumberTransformation]
    public int MaxRetry { get; set; } = 4;

    /// <summary>The proxy to go through.</summary>
    [Parameter]
    [ValidateNotNull]
    public Uri? Proxy { get; set; }

    /// <summary>The credential for the proxy.</summary>
    [Parameter]
    [Credential]
    public PSCredential? ProxyCredential { get; set; }

    /// <summary>Output the session, to be handed to -Session.</summary>
    [Parameter]
    public SwitchParameter PassThru { get; set; }

    /// <inheritdoc/>
    protected override void EndProcessing()
    {
        var session = CreateSession();
        try
        {
            LogIn(session);
        }
        catch
        {
            session.Dispose();
            throw;
        }

        session.IsShared = PassThru;
        DefaultHubSession.Set(session);
        if (PassThru)
        {
            WriteObject(session);
        }
    }

    private CopperHubSession CreateSession()
    {
        try
        {
            var options = CreateOptions();
            return new CopperHubSession(new CopperHubClient(options), options.BaseUri, options.Credential!.UserName, Sandbox);
        }
        catch (ArgumentException exception)
        {
            ThrowTerminatingError(ErrorRecords.Invalid(exception.Message, Uri));
            throw;
        }
    }

    private CopperHubClientOptions CreateOptions()
    {
        if (Proxy is null && ProxyCredential is not null)
        {
            throw new ArgumentException("-ProxyCredential is for the proxy: give its address with -Proxy.");
        }

        var options = new CopperHubClientOptions
        {
            Timeout = TimeSpan.FromSeconds(TimeoutSec),
            MaxRetries = MaxRetry,
            Proxy = Proxy is null ? null : new WebProxy(Proxy) { Credentials = ProxyCredential?.GetNetworkCredential() },
            UserAgent = "CopperPS/" + (typeof(ConnectCopperHubCommand).Assembly.GetName().Version?.ToString(3) ?? "0"),
        };
        if (Sandbox)
        {
            HubSandboxes.Open(options);
            return options;
        }

        // The password stays encrypted where the system can do that; it is revealed for a login and not kept.
        var credential = Credential!;
        options.BaseUri = Uri!;
        options.Credential = new CopperHubCredential(credential.UserName, () => SecretText.Reveal(credential.Password));
        return options;
    }

    private void LogIn(CopperHubSession session)
    {
        var client = session.Client.WithTrace(Mailbox);
        try
        {
            Await(client.LogInAsync);
            session.User = client.User;
        }
        catch (CopperException exception)
        {
            ThrowTerminatingError(HubErrorRecords.From(exception, session.Uri));
        }
        catch (ArgumentException exception)
        {
            // A password that cannot be sent; it is not repeated in the message.
            ThrowTerminatingError(ErrorRecords.Invalid(exception.Message, session.Uri));
        }
    }
}
