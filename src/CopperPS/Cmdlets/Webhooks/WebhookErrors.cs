using System.Management.Automation;
using Copper.Client.Webhooks;

namespace CopperPS.Cmdlets.Webhooks;

/// <summary>The error records of webhooks and notifications. None of them holds a secret.</summary>
internal static class WebhookErrors
{
    public static ErrorRecord InvalidNotification(string reason) => new(
        new FormatException("The input is no notification of Copper. " + reason),
        "CopperInvalidNotification",
        ErrorCategory.InvalidData,
        null);

    /// <summary>The notification itself is not the target: somebody may print it.</summary>
    public static ErrorRecord WrongSecret(string reason) => new(
        new UnauthorizedAccessException(reason + " It may be forged, and is left out."),
        "CopperWrongSecret",
        ErrorCategory.SecurityError,
        null);

    public static ErrorRecord TooManyWebhooks(string webhook) => new(
        new InvalidOperationException(
            $"'{webhook}' is not registered: an account has {WebhookWords.MaximumSubscriptions} subscriptions at most, "
                + "and all are taken. Get-CopperWebhook lists them, Unregister-CopperWebhook makes room."),
        "CopperWebhookLimit",
        ErrorCategory.LimitsExceeded,
        webhook);

    public static ErrorRecord CannotListen(Exception exception, string prefix) =>
        new(exception, "CopperCannotListen", ErrorCategory.ResourceUnavailable, prefix);
}
