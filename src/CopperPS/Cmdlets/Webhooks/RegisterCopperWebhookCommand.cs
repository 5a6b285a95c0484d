using System.Management.Automation;
using Copper.Client;
using Copper.Client.Metadata;
using Copper.Client.Models;
using Copper.Client.Webhooks;
using CopperPS.Binding;
using CopperPS.Cmdlets.Base;
using CopperPS.Core;

namespace CopperPS.Cmdlets.Webhooks;

/// <summary>Subscribes to changes: a subscription for each kind of record and each kind of change.</summary>
[Cmdlet(VerbsLifecycle.Register, "CopperWebhook", DefaultParameterSetName = RowSets.Row, SupportsShouldProcess = true)]
[OutputType(typeof(CopperWebhook))]
public sealed class RegisterCopperWebhookCommand : SessionCmdlet, IRowInput
{
    private List<CopperWebhook>? _present;
    private BoundParameters? _bound;

    /// <summary>The https address that notifications are posted to.</summary>
    [Parameter(ParameterSetName = RowSets.Values, Mandatory = true, Position = 0, ValueFromPipelineByPropertyName = true)]
    [Parameter(ParameterSetName = RowSets.Row, Position = 0, ValueFromPipelineByPropertyName = true)]
    [AllowNull]
    [UriTransformation]
    public Uri Target { get; set; } = null!;

    /// <summary>The kinds of records.</summary>
    [Parameter(ParameterSetName = RowSets.Values, Mandatory = true, Position = 1, ValueFromPipelineByPropertyName = true)]
    [Parameter(ParameterSetName = RowSets.Row, Position = 1, ValueFromPipelineByPropertyName = true)]
    [AllowNull]
    [AllowEmptyString]
    [AllowEmptyCollection]
    [WordTransformation]
    [ArgumentCompleter(typeof(WebhookTypeCompleter))]
    [Alias("Entity", "EntityType")]
    public string[] Type { get; set; } = [];

    /// <summary>The kinds of changes.</summary>
    [Parameter(ParameterSetName = RowSets.Values, Mandatory = true, Position = 2, ValueFromPipelineByPropertyName = true)]
    [Parameter(ParameterSetName = RowSets.Row, Position = 2, ValueFromPipelineByPropertyName = true)]
    [AllowNull]
    [AllowEmptyString]
    [AllowEmptyCollection]
    [WordTransformation]
    [ArgumentCompleter(typeof(WebhookEventCompleter))]
    public string[] Event { get; set; } = [];

    /// <summary>Pairs of name and value that each notification carries, so that its receiver knows it is genuine.</summary>
    [Parameter]
    [SecretMapTransformation]
    public CopperSecretMap? Secret { get; set; }

    /// <summary>HTTP headers that come with each notification.</summary>
    [Parameter]
    [SecretMapTransformation]
    public CopperSecretMap? Header { get; set; }

    /// <summary>Name the options of custom fields instead of giving their ids.</summary>
    [Parameter]
    public SwitchParameter ComputedCustomField { get; set; }

    /// <summary>Let kinds of records and changes through that this version does not know.</summary>
    [Parameter]
    public SwitchParameter Force { get; set; }

    /// <summary>A row of a table: its columns fill the parameters of the same names, and an error points to it.</summary>
    [Parameter(ParameterSetName = RowSets.Row, ValueFromPipeline = true)]
    [RowTransformation]
    public PSObject? InputObject { get; set; }

    /// <inheritdoc/>
    protected override void BeginProcessing()
    {
        base.BeginProcessing();
        _bound = new BoundParameters(MyInvocation);
    }

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        var item = WriteItem.OfNew(InputObject);
        try
        {
            // The properties of a subscription are those of a new one: it may be that of another account.
            _bound!.BindEntries(this, item.Given);
            MandatoryParameters.Check(
                this, MyInvocation, _bound, item.Record is null ? item : WriteItem.OfNew(null), "a subscription", static _ => false);
            Check(nameof(Target), () => WebhookChecks.Target(Target, CurrentSession));
            Check(nameof(Secret), () => WebhookChecks.Secret(Secret));
            string[] types = [], events = [];
            Check(nameof(Type), () => types = Words(nameof(Type), Type, WebhookWords.Types));
            Check(nameof(Event), () => events = Words(nameof(Event), Event, WebhookWords.Events));
            if (_present is null)
            {
                if (!TryCall(Client.Webhooks.ListAsync, Target, out var webhooks))
                {
                    return;
                }

                _present = [.. webhooks];
            }

            foreach (var type in types)
            {
                foreach (var change in events)
                {
                    RegisterOne(type, change, _present);
                }
            }
        }
        catch (InputRejectedException rejection)
        {
            var error = ErrorRecords.From(rejection);
            WriteError(ErrorRecords.About(
                item.Row is { } row && RowDescription.NameOf(row.Source) is { } name
                    ? ErrorRecords.WithSuffix(error, $"The row with {name} was not used.")
                    : error,
                InputObject));
        }
        catch (ArgumentException exception)
        {
            WriteError(ErrorRecords.From(exception, InputObject ?? (object)Target));
        }
        finally
        {
            _bound!.UnbindEntries(this);
        }
    }

    /// <summary>What was typed cannot be right for any row: the pipeline ends with one error.</summary>
    private void Check(string parameter, Action check)
    {
        try
        {
            check();
        }
        catch (InputRejectedException rejection) when (_bound!.WasTyped(parameter) && MyInvocation.ExpectingInput)
        {
            RejectForAll(rejection);
        }
    }

    private string[] Words(string parameter, string[] words, IReadOnlyList<string> known) =>
        words.Select(word => WebhookChecks.Word(parameter, word, known, Force)).Distinct(StringComparer.OrdinalIgnoreCase).ToArray();

    private void RegisterOne(string type, string change, List<CopperWebhook> present)
    {
        var name = $"{type}/{change} to {Target.OriginalString}";
        if (present.Find(webhook => IsSame(webhook, type, change)) is { } same)
        {
            Complete(same, name);
            return;
        }

        if (present.Count >= WebhookWords.MaximumSubscriptions)
        {
            WriteError(WebhookErrors.TooManyWebhooks(name));
            return;
        }

        var fields = new WebhookCreate { Target = Target };
        Add(fields);

        // With -Force a word may be one that is not known here.
        fields.Fields["type"] = type;
        fields.Fields["event"] = change;
        if (ShouldProcess("webhook " + name, "Register")
            && TryCall(token => Client.Webhooks.CreateAsync(fields, token), name, out var made))
        {
            present.Add(made);
            WriteObject(made);
        }
    }

    /// <summary>A subscription that exists is not created twice: it is updated with the secret, headers and form that were given.</summary>
    private void Complete(CopperWebhook webhook, string name)
    {
        var differs = (IsBound(nameof(Secret)) && !CopperSecretMap.AreSame(webhook.Secret, Secret))
            || (IsBound(nameof(Header)) && !CopperSecretMap.AreSame(webhook.Headers, Header))
            || (IsBound(nameof(ComputedCustomField)) && (webhook.CustomFieldComputedValues ?? false) != ComputedCustomField.IsPresent);
        if (!differs)
        {
            WriteVerbose($"Webhook {webhook.Id} ({name}) is there already.");
            WriteObject(webhook);
        }
        else if (ShouldProcess($"webhook {webhook.Id} ({name})", "Set " + string.Join(", ", Extras().Fields.Names))
            && TryCall(token => Client.Webhooks.UpdateAsync(webhook.Id, Extras(), token), webhook.Id, out var changed))
        {
            WriteObject(changed);
        }
    }

    private bool IsSame(CopperWebhook webhook, string type, string change) =>
        string.Equals(webhook.Type, type, StringComparison.OrdinalIgnoreCase)
        && string.Equals(webhook.Event, change, StringComparison.OrdinalIgnoreCase)
        && Uri.TryCreate(webhook.Target, UriKind.Absolute, out var target) && target == Target;

    private WebhookUpdate Extras()
    {
        var fields = new WebhookUpdate();
        Add(fields);
        return fields;
    }

    private void Add(WebhookFields fields)
    {
        if (IsBound(nameof(Secret)))
        {
            fields.Secret = Secret;
        }

        if (IsBound(nameof(Header)))
        {
            fields.Headers = Header;
        }

        if (IsBound(nameof(ComputedCustomField)))
        {
            fields.CustomFieldComputedValues = ComputedCustomField.IsPresent;
        }
    }

    private bool IsBound(string parameter) => MyInvocation.BoundParameters.ContainsKey(parameter);
}
