using System.Collections.Concurrent;
using System.Management.Automation;
using Copper.Client;
using Copper.Client.Metadata;
using Copper.Client.Models;
using Copper.Client.Webhooks;
using Copper.Client.Webhooks.Listening;
using CopperPS.Binding;
using CopperPS.Binding.Completers;
using CopperPS.Core;

namespace CopperPS.Cmdlets.Webhooks;

/// <summary>Listens for notifications and writes each to the pipeline as it arrives.</summary>
[Cmdlet(VerbsCommon.Watch, "CopperWebhook")]
[OutputType(typeof(CopperNotification))]
public sealed class WatchCopperWebhookCommand : NotificationCmdlet
{
    /// <summary>How often rejected requests are reported while no notification arrives.</summary>
    private static readonly TimeSpan Tick = TimeSpan.FromMilliseconds(500);

    private const int MostRefusals = 1000;

    private readonly ConcurrentQueue<string> _refusals = new();
    private WebhookListener? _listener;

    /// <summary>Where to listen, and below which path.</summary>
    [Parameter(Position = 0)]
    [TextTransformation]
    [ValidateNotNullOrEmpty]
    public string Prefix { get; set; } = "http://127.0.0.1:8080/";

    /// <summary>End after so many notifications.</summary>
    [Parameter]
    [ValidateRange(1L, long.MaxValue)]
    [WholeNumberTransformation]
    public long Count { get; set; }

    /// <summary>End after so many seconds.</summary>
    [Parameter]
    [ValidateRange(1, 2_000_000)]
    [WholeNumberTransformation]
    public int TimeoutSec { get; set; }

    /// <summary>Begin with what was changed since this moment.</summary>
    [Parameter]
    [DateTransformation]
    [ArgumentCompleter(typeof(DateCompleter))]
    [ValidateNotNull]
    public DateTimeOffset? CatchUp { get; set; }

    /// <summary>The kinds of records to catch up on; all of them without it.</summary>
    [Parameter]
    [TextListTransformation]
    [ArgumentCompleter(typeof(WebhookTypeCompleter))]
    [ValidateNotNullOrEmpty]
    [Alias("Entity", "EntityType")]
    public string[]? Type { get; set; }

    /// <summary>The largest body that is taken, in bytes.</summary>
    [Parameter]
    [ValidateRange(1024, 1024 * 1024 * 1024)]
    [WholeNumberTransformation]
    public int MaximumBodySize { get; set; } = 1024 * 1024;

    /// <summary>How many notifications may wait for the pipeline before senders have to wait for their response.</summary>
    [Parameter]
    [ValidateRange(1, 1_000_000)]
    [WholeNumberTransformation]
    public int QueueSize { get; set; } = 1000;

    /// <summary>Run once it listens, with the address as the argument: the place to register subscriptions.</summary>
    [Parameter]
    [ValidateNotNull]
    public ScriptBlock? OnListening { get; set; }

    /// <summary>The name of a variable that gets the counts of what was received and rejected.</summary>
    [Parameter]
    [TextTransformation]
    [ValidateNotNullOrEmpty]
    public string? StatisticVariable { get; set; }

    private protected override bool NeedsSession => Expand || CatchUp is not null;

    private bool HasCount => MyInvocation.BoundParameters.ContainsKey(nameof(Count));

    /// <inheritdoc/>
    protected override void EndProcessing()
    {
        var types = TypesToCatchUp();
        using var listener = Start();
        _listener = listener;
        listener.Statistics.IsCatchingUp = types.Count > 0;
        using var alarm = new Timer(static state => ((WebhookListener)state!).Stop(), listener, Timeout.Infinite, Timeout.Infinite);
        if (TimeoutSec > 0)
        {
            alarm.Change(TimeSpan.FromSeconds(TimeoutSec), Timeout.InfiniteTimeSpan);
        }

        if (OnListening is not null)
        {
            InvokeCommand.InvokeScript(false, OnListening, null, listener.Statistics.Prefix);
        }

        // Listening first: what changes during the catch-up comes as a notification, too, rather than not at all.
        foreach (var type in types)
        {
            CatchUpOn(type);
        }

        listener.Statistics.IsCatchingUp = false;
        while (Receive() is { } notification)
        {
            Write(Expand ? WithThoseWaiting(notification) : [notification]);
        }

        TellRefusals();
        if (listener.Statistics.Refused > 0)
        {
            WriteWarning($"Requests were rejected: {listener.Statistics}.");
        }
    }

    private WebhookListener Start()
    {
        WebhookListener? listener = null;
        try
        {
            listener = new WebhookListener(new WebhookListenerOptions
            {
                Prefix = Prefix,
                Secret = Secret,
                Headers = Header,
                Count = HasCount ? Count : null,
                MaximumBodySize = MaximumBodySize,
                QueueSize = QueueSize,
                Log = NoteRefusal,
            });
            listener.Start();
        }
        catch (Exception exception) when (exception is ArgumentException or IOException)
        {
            listener?.Dispose();
            ThrowTerminatingError(
                exception is IOException
                    ? WebhookErrors.CannotListen(exception, Prefix)
                    : CopperPS.Core.ErrorRecords.Invalid(ExceptionText.Of(exception), Prefix));
        }

        if (StatisticVariable is not null)
        {
            SessionState.PSVariable.Set(StatisticVariable, listener!.Statistics);
        }

        WriteVerbose($"Listening at {listener!.Statistics.Prefix}.");
        return listener;
    }

    /// <summary>The next notification; null at the end.</summary>
    private CopperNotification? Receive()
    {
        if (_listener!.TryReceive() is { } waiting)
        {
            return waiting;
        }

        var next = _listener.ReceiveAsync(StopToken);
        while (!next.IsCompleted)
        {
            TellRefusals();
            _ = Await(token => Task.WhenAny(next, Task.Delay(Tick, token)));
        }

        return Await(next);
    }

    /// <summary>Records are read for all notifications that have come meanwhile, as many as one request can bring.</summary>
    private List<CopperNotification> WithThoseWaiting(CopperNotification first)
    {
        var batch = new List<CopperNotification> { first };
        for (var ids = first.Ids.Count; ids < SearchQuery.LargestPage && _listener!.TryReceive() is { } next; ids += next.Ids.Count)
        {
            batch.Add(next);
        }

        return batch;
    }

    private IReadOnlyCollection<string> TypesToCatchUp()
    {
        if (CatchUp is null)
        {
            return [];
        }

        try
        {
            var known = new WebhookRecords(Client).Types;
            return Type is null
                ? known
                : Type
                    .Select(type => WebhookChecks.Word(nameof(Type), type, [.. known], force: false))
                    .Distinct()
                    .ToArray();
        }
        catch (InputRejectedException rejection)
        {
            ThrowTerminatingError(ErrorRecords.From(rejection));
            throw;
        }
    }

    private void CatchUpOn(string type)
    {
        using var changes = Stream(new WebhookRecords(Client).FindChangesAsync(type, CatchUp!.Value, StopToken)).GetEnumerator();
        while (TryNext(changes, type))
        {
            // Notifications go on meanwhile: they must not fill the queue while a long catch-up runs.
            while (_listener!.TryReceive() is { } notification)
            {
                Write(Expand ? WithThoseWaiting(notification) : [notification]);
            }

            Write([changes.Current]);
        }
    }

    private bool TryNext(IEnumerator<CopperNotification> changes, string type)
    {
        try
        {
            return changes.MoveNext();
        }
        catch (CopperPermissionException exception) when (Type is null)
        {
            // Leads, for example, may be switched off in the account.
            WriteWarning($"There is no catching up on {type}: {exception.Message}");
            return false;
        }
        catch (CopperException exception)
        {
            WriteFailure(exception, type);
            return false;
        }
    }

    private void NoteRefusal(string refusal)
    {
        // All are counted; a flood of them is not told one by one.
        if (_refusals.Count < MostRefusals)
        {
            _refusals.Enqueue(refusal);
        }
    }

    private void TellRefusals()
    {
        while (_refusals.TryDequeue(out var refusal))
        {
            WriteVerbose(refusal);
        }
    }
}
