using System.Management.Automation;
using Copper.Client;
using Copper.Client.Hub;
using CopperPS.Binding;
using CopperPS.Cmdlets.Base;
using CopperPS.Core;

namespace CopperPS.Cmdlets.Hub.Connection;

/// <summary>Logs in to a CopperHub, the project management.</summary>
[Cmdlet(VerbsCommunications.Connect, "CopperHub", DefaultParameterSetName = CredentialSet)]
[OutputType(typeof(CopperHubSession))]
public sealed class ConnectCopperHubCommand : ConnectCmdlet
{
    private const string CredentialSet = "Credential";
    private const string SandboxSet = "Sandbox";

    /// <summary>The address of the installation, for example https://v5.copperhub.com.</summary>
    [Parameter(ParameterSetName = CredentialSet, Mandatory = true, Position = 0)]
    [OneValueTransformation]
    [ValidateNotNull]
    public Uri? Uri { get; set; }

    /// <summary>The user name and the password.</summary>
    [Parameter(ParameterSetName = CredentialSet, Mandatory = true, Position = 1)]
    [Credential]
    public PSCredential? Credential { get; set; }

    /// <summary>Connect to an installation with demo data inside this process.</summary>
    [Parameter(ParameterSetName = SandboxSet, Mandatory = true)]
    public SwitchParameter Sandbox { get; set; }

    /// <inheritdoc/>
    protected override void EndProcessing()
    {
        var session = CreateSession();
        Open(session, LogIn);
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
            ThrowTerminatingError(WithFormer<CopperHubSession>(ErrorRecords.Invalid(ExceptionText.Of(exception), Uri)));
            throw;
        }
    }

    private CopperHubClientOptions CreateOptions()
    {
        var options = new CopperHubClientOptions
        {
            Timeout = TimeSpan.FromSeconds(TimeoutSec),
            MaxRetries = MaxRetry,
            Proxy = CreateProxy(),
            UserAgent = UserAgent,
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
            ThrowTerminatingError(WithFormer<CopperHubSession>(HubErrorRecords.From(exception, session.Uri)));
        }
        catch (ArgumentException exception)
        {
            // A password that cannot be sent; it is not repeated in the message.
            ThrowTerminatingError(WithFormer<CopperHubSession>(ErrorRecords.Invalid(ExceptionText.Of(exception), session.Uri)));
        }
    }
}
