using System.Management.Automation;
using Copper.Client;
using Copper.Client.Models;

namespace CopperPS.Cmdlets.Webhooks;

/// <summary>Reads notifications that another listener received: a runbook, a function, a web server.</summary>
[Cmdlet(VerbsData.ConvertFrom, "CopperNotification")]
[OutputType(typeof(CopperNotification))]
public sealed class ConvertFromCopperNotificationCommand : NotificationCmdlet
{
    private readonly List<CopperNotification> _waiting = [];
    private readonly List<byte> _bytes = [];

    /// <summary>
    /// The notification: JSON text, bytes, an object, $WebhookData of Azure Automation, or the request of an Azure Function.
    /// </summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true)]
    [AllowNull]
    [AllowEmptyString]
    public object? InputObject { get; set; }

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        switch (InputObject is PSObject wrapped ? wrapped.BaseObject : InputObject)
        {
            case byte part:
                // The pipeline takes arrays apart.
                _bytes.Add(part);
                break;
            case object[] list:
                foreach (var item in list)
                {
                    Read(item);
                }

                break;
            default:
                Read(InputObject);
                break;
        }
    }

    /// <inheritdoc/>
    protected override void EndProcessing()
    {
        if (_bytes.Count > 0)
        {
            Read(_bytes.ToArray());
        }

        Write(_waiting);
    }

    private void Read(object? value)
    {
        NotificationInput input;
        try
        {
            input = NotificationInput.Read(value);
        }
        catch (FormatException exception)
        {
            WriteError(WebhookErrors.InvalidNotification(exception.Message));
            return;
        }

        if (!IsGenuine(input))
        {
            return;
        }

        _waiting.Add(input.Notification);

        // Records are read for many notifications at once, as many as one request can bring.
        if (!Expand || _waiting.Sum(static notification => notification.Ids.Count) >= SearchQuery.LargestPage)
        {
            var batch = _waiting.ToArray();
            _waiting.Clear();
            Write(batch);
        }
    }

    private bool IsGenuine(NotificationInput input)
    {
        if (Secret is not null && !input.Notification.Carries(Secret))
        {
            WriteError(WebhookErrors.WrongSecret("The notification carries a wrong secret, or none."));
            return false;
        }

        if (Header is not null && !Header.IgnoringCase().Matches(input.Header))
        {
            WriteError(WebhookErrors.WrongSecret(
                input.HasHeaders
                    ? "The notification came with wrong headers, or none."
                    : "The input has no headers to look at: hand over the whole request, not its body."));
            return false;
        }

        return true;
    }
}
