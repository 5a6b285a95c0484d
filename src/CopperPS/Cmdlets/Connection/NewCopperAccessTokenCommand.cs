using System.Management.Automation;
using System.Security;
using Copper.Client;
using CopperPS.Binding;
using CopperPS.Core;

namespace CopperPS.Cmdlets.Connection;

/// <summary>Gets an OAuth access token.</summary>
[Cmdlet(VerbsCommon.New, "CopperAccessToken", DefaultParameterSetName = CodeSet, SupportsShouldProcess = true)]
[OutputType(typeof(SecureString), ParameterSetName = [CodeSet])]
[OutputType(typeof(string), ParameterSetName = [AuthorizeSet])]
public sealed class NewCopperAccessTokenCommand : CopperCmdlet
{
    private const string CodeSet = "Code";
    private const string AuthorizeSet = "Authorize";

    /// <summary>The client id that Copper gave when the program was registered.</summary>
    [Parameter(Mandatory = true)]
    [TextTransformation]
    [ValidateNotNullOrEmpty]
    public string ClientId { get; set; } = string.Empty;

    /// <summary>The client secret that Copper gave with it.</summary>
    [Parameter(ParameterSetName = CodeSet, Mandatory = true)]
    [SecretTransformation(nameof(ClientSecret))]
    public SecureString? ClientSecret { get; set; }

    /// <summary>The redirect address, as registered.</summary>
    [Parameter(Mandatory = true)]
    [OneValueTransformation]
    public Uri? RedirectUri { get; set; }

    /// <summary>The code that Copper posted to the redirect address.</summary>
    [Parameter(ParameterSetName = CodeSet, Mandatory = true)]
    [TextTransformation]
    [ValidateNotNullOrEmpty]
    public string Code { get; set; } = string.Empty;

    /// <summary>Only output the address that the user has to open and agree on.</summary>
    [Parameter(ParameterSetName = AuthorizeSet, Mandatory = true)]
    public SwitchParameter AuthorizeUri { get; set; }

    /// <summary>A text that is returned with the code, to tell responses apart.</summary>
    [Parameter(ParameterSetName = AuthorizeSet)]
    [TextTransformation]
    public string? State { get; set; }

    /// <summary>Where the OAuth endpoints are.</summary>
    [Parameter]
    [OneValueTransformation]
    [ValidateNotNull]
    public Uri BaseUri { get; set; } = CopperOAuth.DefaultBaseUri;

    /// <inheritdoc/>
    protected override void EndProcessing()
    {
        try
        {
            if (!RedirectUri!.IsAbsoluteUri)
            {
                throw new ArgumentException(
                    $"-RedirectUri: '{RedirectUri}' is not a full address. Give it as it was registered with Copper.");
            }

            using var flow = new CopperOAuth(new CopperClientOptions { BaseUri = BaseUri }, Mailbox);
            if (AuthorizeUri)
            {
                WriteObject(flow.GetAuthorizeUri(ClientId, RedirectUri, State).AbsoluteUri);
            }
            else if (ShouldProcess(BaseUri.Host, "Exchange the code for an access token"))
            {
                WriteObject(SecretText.Conceal(
                    Await(token =>
                        flow.GetAccessTokenAsync(ClientId, SecretText.Reveal(ClientSecret!), RedirectUri, Code.Trim(), token))));
            }
        }
        catch (Exception exception) when (exception is CopperException or ArgumentException)
        {
            ThrowTerminatingError(ErrorRecords.From(exception, BaseUri));
        }
    }
}
