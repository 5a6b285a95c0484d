using System.Management.Automation;
using Copper.Client.Models;
using Copper.Client.Webhooks;
using CopperPS.Cmdlets.Base;
using CopperPS.Core;

namespace CopperPS.Cmdlets.Webhooks;

/// <summary>What the two ways to notifications share. They need a session only to read records.</summary>
public abstract class NotificationCmdlet : SessionCmdlet
{
    private protected NotificationCmdlet()
    {
    }

    /// <summary>The pairs that a notification must carry: as the subscription has them.</summary>
    [Parameter]
    [SecretMapTransformation]
    public CopperSecretMap? Secret { get; set; }

    /// <summary>The HTTP headers that a notification must come with: as the subscription has them.</summary>
    [Parameter]
    [SecretMapTransformation]
    public CopperSecretMap? Header { get; set; }

    /// <summary>Read the records that the notifications are about.</summary>
    [Parameter]
    public SwitchParameter Expand { get; set; }

    private protected virtual bool NeedsSession => Expand;

    /// <inheritdoc/>
    protected override void BeginProcessing()
    {
        CheckPairs(Secret, nameof(Secret));
        CheckPairs(Header, nameof(Header));
        if (NeedsSession)
        {
            base.BeginProcessing();
        }
    }

    /// <summary>
    /// Adds the records, if they are wanted, and writes the notifications. They are written too when records cannot be read.
    /// </summary>
    private protected void Write(IReadOnlyCollection<CopperNotification> notifications)
    {
        if (notifications.Count == 0)
        {
            return;
        }

        if (Expand)
        {
            _ = TryCall(token => ExpandAsync(notifications, token), null, out _);
        }

        var names = CustomFieldNames();
        foreach (var notification in notifications)
        {
            if (names is not null)
            {
                notification.NameCustomFields(names);
            }

            WriteObject(notification);
        }
    }

    /// <summary>An empty hashtable would let every notification through.</summary>
    private void CheckPairs(CopperSecretMap? pairs, string parameter)
    {
        if (pairs is { Count: 0 })
        {
            ThrowTerminatingError(ErrorRecords.Invalid(
                $"-{parameter} has no pair, so that every notification would carry it. Give the pairs of the subscription, or leave "
                    + $"-{parameter} out where there are none.",
                null));
        }
    }

    private async Task<bool> ExpandAsync(IReadOnlyCollection<CopperNotification> notifications, CancellationToken cancellationToken)
    {
        await new WebhookRecords(Client).AddRecordsAsync(notifications, cancellationToken).ConfigureAwait(false);
        return true;
    }

    /// <summary>The names of custom fields as far as the session knows them; nothing is asked for.</summary>
    private Dictionary<long, string>? CustomFieldNames()
    {
        if ((Session ?? DefaultSession<CopperSession>.Current) is not { IsClosed: false } session
            || session.Client.Cache.Peek<IEnumerable<ICopperRecord>>("custom_field_definitions") is not { } definitions)
        {
            return null;
        }

        var names = new Dictionary<long, string>();
        foreach (var definition in definitions)
        {
            names[definition.Id] = definition.ToString() ?? string.Empty;
        }

        return names;
    }
}
