using System.Management.Automation;
using Copper.Client.Models;
using CopperPS.Cmdlets.Base;

namespace CopperPS.Cmdlets.Webhooks;

/// <summary>Ends webhook subscriptions.</summary>
[Cmdlet(VerbsLifecycle.Unregister, "CopperWebhook", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.High)]
[OutputType(typeof(CopperRemoval))]
public sealed class UnregisterCopperWebhookCommand : RemoveRecordCmdlet<CopperWebhook>;
