using System.Management.Automation;
using System.Security;
using Copper.Client;
using Copper.Client.Models;
using CopperPS.Binding;
using CopperPS.Binding.Completers;
using CopperPS.Cmdlets.Base;
using CopperPS.Core;

namespace CopperPS.Cmdlets.Connection;

/// <summary>Connects to a Copper account.</summary>
[Cmdlet(VerbsCommunications.Connect, "Copper", DefaultParameterSetName = EnvironmentSet)]
[OutputType(typeof(CopperSession))]
public sealed class ConnectCopperCommand : ConnectCmdlet
{
    private const string EnvironmentSet = "Environment";
    private const string CredentialSet = "Credential";
    private const string ApiKeySet = "ApiKey";
    private const string BearerTokenSet = "BearerToken";
    private const string SandboxSet = "Sandbox";

    private const string EmailVariable = "COPPER_USER_EMAIL";
    private const string KeyVariable = "COPPER_API_KEY";
    private const string BaseUriVariable = "COPPER_BASE_URL";

    /// <summary>The e-mail address as user name and the API key as password.</summary>
    [Parameter(ParameterSetName = CredentialSet, Mandatory = true, Position = 0)]
    [Credential]
    public PSCredential? Credential { get; set; }

    /// <summary>The e-mail address of the user who created the API key.</summary>
    [Parameter(ParameterSetName = ApiKeySet, Mandatory = true)]
    [TextTransformation]
    [ValidateNotNullOrEmpty]
    public string? UserEmail { get; set; }

    /// <summary>The API key.</summary>
    [Parameter(ParameterSetName = ApiKeySet, Mandatory = true)]
    [SecretTransformation(nameof(ApiKey), Instead = "-Credential ada@example.com, which asks for the key")]
    public SecureString? ApiKey { get; set; }

    /// <summary>An OAuth access token.</summary>
    [Parameter(ParameterSetName = BearerTokenSet, Mandatory = true)]
    [SecretTransformation(nameof(BearerToken))]
    public SecureString? BearerToken { get; set; }

    /// <summary>Connect to an account with demo data inside this process.</summary>
    [Parameter(ParameterSetName = SandboxSet, Mandatory = true)]
    public SwitchParameter Sandbox { get; set; }

    /// <summary>The address of the service.</summary>
    [Parameter(ParameterSetName = EnvironmentSet)]
    [Parameter(ParameterSetName = CredentialSet)]
    [Parameter(ParameterSetName = ApiKeySet)]
    [Parameter(ParameterSetName = BearerTokenSet)]
    [OneValueTransformation]
    [ValidateNotNull]
    public Uri? BaseUri { get; set; }

    /// <summary>Where files are uploaded to, for a stand-in of Copper's storage.</summary>
    [Parameter(ParameterSetName = EnvironmentSet)]
    [Parameter(ParameterSetName = CredentialSet)]
    [Parameter(ParameterSetName = ApiKeySet)]
    [Parameter(ParameterSetName = BearerTokenSet)]
    [OneValueTransformation]
    [ValidateNotNull]
    public Uri? StorageUri { get; set; }

    /// <summary>The windows within which all requests are kept, for example '36/6s','180/1m'.</summary>
    [Parameter]
    [ArgumentCompleter(typeof(RateLimitCompleter))]
    [TextListTransformation]
    [ValidateNotNullOrEmpty]
    public string[]? RateLimit { get; set; }

    /// <summary>Keep to the rate limit together with the other processes of this machine that do so too.</summary>
    [Parameter]
    public SwitchParameter SharedLimit { get; set; }

    /// <summary>Keep to the rate limit together with all processes on any machine that name the same blob.</summary>
    [Parameter]
    [OneValueTransformation]
    [ValidateNotNull]
    public Uri? SharedLimitUri { get; set; }

    /// <summary>A shared access signature for the blob of -SharedLimitUri.</summary>
    [Parameter]
    [SecretTransformation(nameof(SharedLimitToken))]
    [ValidateNotNull]
    public SecureString? SharedLimitToken { get; set; }

    /// <summary>The account's form of calendar dates.</summary>
    [Parameter]
    [TextTransformation]
    [ValidateSet("MM/dd/yyyy", "dd/MM/yyyy")]
    public string DateFormat { get; set; } = "MM/dd/yyyy";

    /// <summary>Send nothing now: a wrong credential shows at the first command.</summary>
    [Parameter]
    public SwitchParameter SkipVerify { get; set; }

    /// <inheritdoc/>
    protected override void EndProcessing()
    {
        var session = CreateSession();
        Open(session, Verify);
        ReleaseLimitsOfUnreachableSessions(session);
        if (PassThru)
        {
            WriteObject(session);
        }
    }

    private CopperSession CreateSession()
    {
        try
        {
            var options = CreateOptions();
            var client = CopperClient.OpenAsync(options, StopToken).GetAwaiter().GetResult();
            return new CopperSession(client, options.BaseUri, options.Identity!.UserEmail, DateFormat, Sandbox)
            {
                OwnLimits = options.RateLimits.Distinct().Count() + options.BulkRateLimits.Distinct().Count(),
            };
        }
        catch (Exception exception) when (exception is ArgumentException or FormatException)
        {
            ThrowTerminatingError(WithFormer<CopperSession>(ErrorRecords.Invalid(ExceptionText.Of(exception), null)));
            throw;
        }
        catch (OperationCanceledException) when (StopToken.IsCancellationRequested)
        {
            throw new PipelineStoppedException();
        }
        catch (IOException exception)
        {
            ThrowTerminatingError(WithFormer<CopperSession>(ErrorRecords.NotShareable(exception, SharedLimitUri is not null)));
            throw;
        }
    }

    /// <summary>
    /// Other limits than its own hold for the session: they may be those of sessions that nobody holds any more, and which nobody has
    /// closed. Such a one ends when it is collected, and a process that does little may not collect for hours.
    /// </summary>
    private static void ReleaseLimitsOfUnreachableSessions(CopperSession session)
    {
        if (session.HasLimitsOfOthers)
        {
            GC.Collect();
            GC.WaitForPendingFinalizers();
        }
    }

    private CopperClientOptions CreateOptions()
    {
        var options = new CopperClientOptions
        {
            Timeout = TimeSpan.FromSeconds(TimeoutSec),
            MaxRetries = MaxRetry,
            DayFirstDates = DateFormat.StartsWith("dd", StringComparison.Ordinal),
            Proxy = CreateProxy(),
            UserAgent = UserAgent,
        };
        if (RateLimit is not null)
        {
            RateLimitWords.Apply(RateLimit, options);
        }

        if (BaseUri is not null)
        {
            options.BaseUri = BaseUri;
        }

        options.StorageUri = StorageUri ?? options.StorageUri;

        // The sandbox's account is in this process: no other one can reach it.
        options.SharedLimit = SharedLimit && !Sandbox;
        if (SharedLimitToken is not null && SharedLimitUri is null)
        {
            throw new ArgumentException("-SharedLimitToken needs -SharedLimitUri: the address of the blob that it is for.");
        }

        if (options.FallbackRateLimits.Count > 0 && !Sandbox && (SharedLimit || SharedLimitUri is not null))
        {
            throw new ArgumentException(
                "-RateLimit Documented cannot be combined with -SharedLimit or -SharedLimitUri: other processes would not learn that the "
                + "account has lower limits. Use -RateLimit '180/1m', which halves the rate of all of them after a rejected request.");
        }

        if (!Sandbox)
        {
            options.SharedLimitUri = SharedLimitUri;
            options.SharedLimitToken = SharedLimitToken is null ? null : SecretText.Reveal(SharedLimitToken);
        }

        options.Identity = CreateIdentity(options);
        return options;
    }

    private CopperIdentity CreateIdentity(CopperClientOptions options)
    {
        switch (ParameterSetName)
        {
            case CredentialSet:
                return CopperIdentity.FromApiKey(Credential!.UserName, SecretText.Reveal(Credential.Password));
            case ApiKeySet:
                return CopperIdentity.FromApiKey(UserEmail!, SecretText.Reveal(ApiKey!));
            case BearerTokenSet:
                return CopperIdentity.FromBearerToken(SecretText.Reveal(BearerToken!));
            case SandboxSet:
                return SandboxAccounts.Open(options);
            default:
                return FromEnvironment(options);
        }
    }

    private CopperIdentity FromEnvironment(CopperClientOptions options)
    {
        var email = Environment.GetEnvironmentVariable(EmailVariable);
        var key = Environment.GetEnvironmentVariable(KeyVariable);
        if (string.IsNullOrWhiteSpace(email) || string.IsNullOrWhiteSpace(key))
        {
            var missing = string.Join(
                " and ",
                new[] { (EmailVariable, email), (KeyVariable, key) }
                    .Where(static pair => string.IsNullOrWhiteSpace(pair.Item2))
                    .Select(static pair => pair.Item1));
            throw new ArgumentException(
                $"No credential was given, and the environment has no {missing}. "
                    + "Give -Credential (e-mail address and API key), or -UserEmail and -ApiKey, "
                    + $"or -BearerToken, or set the variables {EmailVariable} and {KeyVariable}. "
                    + "To try without an account: Connect-Copper -Sandbox.");
        }

        if (BaseUri is null && Environment.GetEnvironmentVariable(BaseUriVariable) is { Length: > 0 } address)
        {
            options.BaseUri = Uri.TryCreate(address, UriKind.Absolute, out var uri)
                ? uri
                : throw new ArgumentException(
                    $"The environment variable {BaseUriVariable} is no address, such as {CopperClientOptions.DefaultBaseUri}. "
                        + "Its value is not repeated here, for it may hold a password.");
        }

        return CopperIdentity.FromApiKey(email!, key!);
    }

    /// <summary>Asks who the credential belongs to, and of which account: all keys of one account share one rate limit.</summary>
    private void Verify(CopperSession session)
    {
        if (SkipVerify)
        {
            return;
        }

        var client = session.Client.WithTrace(Mailbox);
        try
        {
            var user = Await(client.GetCurrentUserAsync);
            CopperAccount? account = null;
            try
            {
                account = Await(client.GetAccountAsync);
            }
            catch (CopperApiException exception)
            {
                // A user who may not see the account's details may still work with its records.
                WriteVerbose("The account's name is not known: " + exception.Message);
            }

            session.Identify(user, account);
        }
        catch (CopperException exception)
        {
            ThrowTerminatingError(WithFormer<CopperSession>(ErrorRecords.From(exception, session.BaseUri)));
        }
    }
}
