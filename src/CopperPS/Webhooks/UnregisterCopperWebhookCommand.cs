using System.Management.Automation;
using Copper.Client.Crm;
using Copper.Client.Crm.Models;
using CopperPS.Abstractions;

namespace CopperPS.Webhooks;

/// <summary>Ends webhook subscriptions.</summary>
[Cmdlet(VerbsLifecycle.Unregister, "CopperWebhook", SupportsShouldProcess = true)]
[OutputType(typeof(CopperRemoval))]
public sealed class UnregisterCopperWebhookCommand : RemoveRecordCmdlet<CopperWebhook>
{
    private protected override RecordEndpoint<CopperWebhook> Endpoint => Client.Webhooks;
}
