using System.Management.Automation;
using Copper.Client;
using Copper.Client.Metadata;
using Copper.Client.Models;
using CopperPS.Binding;
using CopperPS.Cmdlets.Base;
using CopperPS.Core;

namespace CopperPS.Cmdlets.Webhooks;

/// <summary>Reads webhook subscriptions.</summary>
[Cmdlet(VerbsCommon.Get, "CopperWebhook", DefaultParameterSetName = ListSet)]
[OutputType(typeof(CopperWebhook))]
public sealed class GetCopperWebhookCommand : SessionCmdlet, IUnreadableItemReporter
{
    private const string ListSet = "List";
    private const string IdSet = "Id";

    /// <summary>The subscriptions to read: ids, or anything that has one.</summary>
    [Parameter(ParameterSetName = IdSet, Mandatory = true, Position = 0, ValueFromPipeline = true)]
    [ReferenceTransformation]
    public CopperReference?[] Id { get; set; } = [];

    /// <summary>Addresses that notifications are posted to; wildcards allowed.</summary>
    [Parameter(ParameterSetName = ListSet)]
    [TextListTransformation]
    [SupportsWildcards]
    [ValidateNotNullOrEmpty]
    public string[]? Target { get; set; }

    /// <summary>Kinds of records; wildcards allowed.</summary>
    [Parameter(ParameterSetName = ListSet)]
    [TextListTransformation]
    [ArgumentCompleter(typeof(WebhookTypeCompleter))]
    [SupportsWildcards]
    [ValidateNotNullOrEmpty]
    [Alias("Entity", "EntityType")]
    public string[]? Type { get; set; }

    /// <summary>Kinds of changes; wildcards allowed.</summary>
    [Parameter(ParameterSetName = ListSet)]
    [TextListTransformation]
    [ArgumentCompleter(typeof(WebhookEventCompleter))]
    [SupportsWildcards]
    [ValidateNotNullOrEmpty]
    public string[]? Event { get; set; }

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        if (ParameterSetName == IdSet)
        {
            foreach (var reference in Id)
            {
                GetOne(reference);
            }
        }
        else if (TryCall(Client.Webhooks.ListAsync, null, out var webhooks))
        {
            // The service has no filters of its own.
            WriteObject(webhooks.Where(webhook => IsLike(webhook.Target, Target) && IsLike(webhook.Type, Type)
                && IsLike(webhook.Event, Event)), enumerateCollection: true);
        }
    }

    private static bool IsLike(string? value, string[]? patterns) =>
        patterns is null || patterns.Any(pattern => Wildcards.Of(pattern).IsMatch(value ?? string.Empty));

    private void GetOne(CopperReference? reference)
    {
        try
        {
            var id = RequestValueConverter.IdOf(
                Own(reference ?? throw RequestValueConverter.Reject("The id of a webhook is null.", null)), CopperEntityNames.Webhook);
            if (TryCall(token => Client.Webhooks.GetAsync(id, token), id, out var webhook))
            {
                WriteObject(webhook);
            }
        }
        catch (InputRejectedException rejection)
        {
            WriteError(ErrorRecords.From(rejection));
        }
    }

    private protected override ErrorRecord? RecordOfMissing(CopperNotFoundException missing, object? target) =>
        target is long id ? ErrorRecords.NotFound(missing, CopperEntityNames.Webhook, id) : null;
}
