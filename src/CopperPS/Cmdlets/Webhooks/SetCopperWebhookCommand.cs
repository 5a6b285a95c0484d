using System.Collections;
using System.Management.Automation;
using Copper.Client.Models;
using CopperPS.Binding;
using CopperPS.Cmdlets.Base;

namespace CopperPS.Cmdlets.Webhooks;

/// <summary>
/// Updates webhook subscriptions: their target, secret and headers. The kind of record and the kind of change are fixed.
/// </summary>
[Cmdlet(VerbsCommon.Set, "CopperWebhook", SupportsShouldProcess = true)]
[OutputType(typeof(CopperWebhook))]
public sealed class SetCopperWebhookCommand : WriteRecordCmdlet<CopperWebhook>, IRecordUpdate
{
    private static readonly string[] Fixed = ["id", "type", "event", "created_at"];

    /// <summary>The subscriptions to change: ids, or anything that has one.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true)]
    [ReferenceTransformation]
    public CopperReference?[] Id { get; set; } = [];

    /// <summary>The https address that notifications are posted to from now on.</summary>
    [Parameter]
    [UriTransformation]
    [ValidateNotNull]
    public Uri? Target { get; set; }

    /// <summary>The pairs that each notification carries from now on, in place of the former ones; null for none.</summary>
    [Parameter]
    [SecretMapTransformation]
    [AllowNull]
    [Field("secret")]
    public CopperSecretMap? Secret { get; set; }

    /// <summary>The HTTP headers that come with each notification from now on, in place of the former ones; null for none.</summary>
    [Parameter]
    [SecretMapTransformation]
    [AllowNull]
    [Field("headers")]
    public CopperSecretMap? Header { get; set; }

    /// <summary>Name the options of custom fields instead of giving their ids.</summary>
    [Parameter]
    public SwitchParameter ComputedCustomField { get; set; }

    /// <summary>Output the subscription as changed.</summary>
    [Parameter]
    public SwitchParameter PassThru { get; set; }

    private protected override void Collect(FieldCollector<CopperWebhook> fields)
    {
        base.Collect(fields);
        WebhookChecks.Secret(Secret);
        if (Property.Cast<DictionaryEntry>().Select(RequestValueConverter.KeyOf).FirstOrDefault(Fixed.Contains) is { } member)
        {
            throw RequestValueConverter.Reject($"'{member}' of a subscription is fixed. Register another one, and unregister "
                + "this.", Property);
        }

        if (fields.IsSpecified(nameof(Target), Target))
        {
            WebhookChecks.Target(Target!, CurrentSession);
            fields.Fields["target"] = Target!.OriginalString;
        }

        if (WasTyped(nameof(ComputedCustomField)))
        {
            fields.Fields["custom_field_computed_values"] = ComputedCustomField.IsPresent;
        }
    }
}
