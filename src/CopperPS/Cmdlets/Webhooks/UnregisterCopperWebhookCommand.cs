using System.Management.Automation;
using Copper.Client.Metadata;
using Copper.Client.Models;
using CopperPS.Binding;
using CopperPS.Binding.Completers;
using CopperPS.Cmdlets.Base;
using CopperPS.Core;

namespace CopperPS.Cmdlets.Webhooks;

/// <summary>Ends webhook subscriptions.</summary>
[Cmdlet(
    VerbsLifecycle.Unregister, "CopperWebhook", DefaultParameterSetName = IdSet, SupportsShouldProcess = true,
    ConfirmImpact = ConfirmImpact.High)]
[OutputType(typeof(CopperRemoval))]
public sealed class UnregisterCopperWebhookCommand : RemoveRecordCmdlet<CopperWebhook>
{
    private const string IdSet = "Id";
    private const string TargetSet = "Target";

    private IReadOnlyList<CopperWebhook>? _present;

    /// <summary>The subscriptions to end: ids, anything that has one, or the address that they post to.</summary>
    [Parameter(ParameterSetName = IdSet, Mandatory = true, Position = 0, ValueFromPipeline = true)]
    [ReferenceTransformation]
    [ArgumentCompleter(typeof(ListedNameCompleter))]
    public override CopperReference?[] Id { get; set; } = [];

    /// <summary>The addresses that notifications are posted to; every subscription of an address is ended. Wildcards allowed.</summary>
    [Parameter(ParameterSetName = TargetSet, Mandatory = true)]
    [TextListTransformation]
    [SupportsWildcards]
    [ValidateNotNullOrEmpty]
    public string[] Target { get; set; } = [];

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        if (ParameterSetName == TargetSet)
        {
            RemoveAll(Target);
            return;
        }

        // A subscription has no name: a text that is an address means all that post there.
        var given = Id;
        RemoveAll(given.Select(AddressOf).OfType<string>());
        Id = [.. given.Where(static reference => AddressOf(reference) is null)];
        base.ProcessRecord();
        Id = given;
    }

    private static string? AddressOf(CopperReference? reference) => reference switch
    {
        { Source: Uri address } => address.OriginalString,
        { Id: null, EntityType: null, Name: { } name } when name.Contains("://") => name,
        _ => null,
    };

    private static bool IsSame(string? one, string other) => string.Equals(one, other, StringComparison.OrdinalIgnoreCase)
        || (Uri.TryCreate(one, UriKind.Absolute, out var left) && Uri.TryCreate(other, UriKind.Absolute, out var right) && left == right);

    private void RemoveAll(IEnumerable<string> targets)
    {
        foreach (var target in targets)
        {
            if (_present is null)
            {
                if (!TryCall(Client.Webhooks.ListAsync, target, out var webhooks))
                {
                    return;
                }

                _present = webhooks;
            }

            // A question mark belongs to many addresses: the address itself comes first.
            var pattern = Wildcards.Of(target);
            var found = _present.Where(webhook => IsSame(webhook.Target, target)).ToArray();
            found = found.Length > 0 ? found : [.. _present.Where(webhook => pattern.IsMatch(webhook.Target ?? string.Empty))];
            if (found.Length == 0 && !target.Contains('*'))
            {
                var known = NameSuggestions.Of(target, _present.Select(static webhook => webhook.Target), "There are no subscriptions.");
                WriteError(ErrorRecords.From(new InputRejectedException(
                    InputRejection.UnknownName, $"No subscription posts to '{VisibleText.Of(target)}'. {known}", target)));
            }

            foreach (var webhook in found)
            {
                Remove(CopperReference.From(webhook));
            }
        }
    }
}
