using System.Management.Automation;
using Copper.Client;
using CopperPS.Core;

namespace CopperPS.Cmdlets.Hub;

/// <summary>
/// The error records of the CopperHub cmdlets: ids and categories are those of the CRM, the advice is the CopperHub's own.
/// </summary>
internal static class HubErrorRecords
{
    public static ErrorRecord From(Exception exception, object? target)
    {
        var record = ErrorRecords.From(exception, target);
        if (AdviceOn(exception) is { } advice)
        {
            record.ErrorDetails = new ErrorDetails(record.ErrorDetails?.Message ?? exception.Message) { RecommendedAction = advice };
        }

        return record;
    }

    public static ErrorRecord NotConnected() => ErrorRecords.Create(
        new InvalidOperationException(
            "There is no connection to a CopperHub in this runspace. "
                + "Run Connect-CopperHub first, or hand over a session with -Session "
                + "(Connect-CopperHub -PassThru returns one). To try without an account: Connect-CopperHub -Sandbox."),
        "CopperNotConnected",
        ErrorCategory.ConnectionError,
        null,
        "Run Connect-CopperHub.");

    public static ErrorRecord SessionClosed(CopperHubSession session) => ErrorRecords.Create(
        new InvalidOperationException($"The session '{session}' is closed. Run Connect-CopperHub again."),
        "CopperSessionClosed",
        ErrorCategory.ConnectionError,
        session,
        "Run Connect-CopperHub.");

    private static string? AdviceOn(Exception exception) => exception switch
    {
        CopperOutcomeUnknownException => null,
        CopperNotFoundException =>
            "Check the id: Get-CopperHubOrganisation, Get-CopperHubProject and Get-CopperHubTask -ProjectId list what your user may see.",
        CopperAuthenticationException => "Run Connect-CopperHub with a valid credential.",
        CopperPermissionException => "Check the ids that the record refers to, or log in as a user who may do this.",
        CopperServerException => "Try again later. The API may also be switched off in the general settings of the CopperHub.",
        CopperTimeoutException => "Try again, or allow more time: Connect-CopperHub -TimeoutSec.",
        CopperConnectionException => "Check the network, the proxy and Connect-CopperHub -Uri.",
        CopperRedirectException => "Check Connect-CopperHub -Uri.",
        CopperRateLimitException => "Wait, then try again.",
        CopperProtocolException { IsTooLarge: true } => "Ask for less at once; check Connect-CopperHub -Uri and any proxy in between.",
        CopperProtocolException =>
            "Check Connect-CopperHub -Uri, any proxy in between, "
                + "and that the API is switched on in the general settings of the CopperHub.",
        _ => null,
    };
}
