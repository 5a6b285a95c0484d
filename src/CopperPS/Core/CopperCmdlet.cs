using System.Management.Automation;
using System.Management.Automation.Host;
using Copper.Client;
using Copper.Client.Metadata;

namespace CopperPS.Core;

/// <summary>
/// The base of every cmdlet: runs asynchronous work while the pipeline thread waits for it, writes the output and the messages of
/// the work, and cancels it at Ctrl+C, also in the middle of a wait.
/// </summary>
public abstract class CopperCmdlet : PSCmdlet, IDisposable
{
    /// <summary>A wait before a retry that is longer than this is worth a warning: otherwise the prompt seems to hang.</summary>
    private static readonly TimeSpan WorthAWarning = TimeSpan.FromSeconds(10);

    private HashSet<string>? _warned;

    private readonly CancellationTokenSource _stop = new();
    private bool _hasWarnedOfThrottling;
    private WorkProgress? _progress;
    private bool _hadItem;

    private protected CopperCmdlet()
    {
    }

    private protected PipelineMailbox Mailbox { get; } = new();

    private protected CancellationToken StopToken => _stop.Token;

    /// <summary>Releases what the cmdlet holds. PowerShell calls it however the pipeline ended.</summary>
    public void Dispose()
    {
        Dispose(true);
        GC.SuppressFinalize(this);
    }

    /// <summary>Ctrl+C: comes on another thread while the pipeline thread waits.</summary>
    protected override void StopProcessing()
    {
        try
        {
            _stop.Cancel();
        }
        catch (ObjectDisposedException)
        {
            // The pipeline ended at the same moment.
        }
    }

    /// <summary>Releases what the cmdlet holds.</summary>
    protected virtual void Dispose(bool disposing)
    {
        if (disposing)
        {
            // Whatever still runs was left behind by a pipeline that ended early, for example by Select-Object -First.
            StopProcessing();
            _stop.Dispose();
        }
    }

    /// <summary>The user asked to see what would be done, or to be asked.</summary>
    private protected bool IsPreview => IsWhatIf || IsSwitchedOn("Confirm", null);

    /// <summary>The user asked to see what would be done; nothing is done.</summary>
    private protected bool IsWhatIf => IsSwitchedOn("WhatIf", "WhatIfPreference");

    /// <summary>
    /// Asks for confirmation. Where a prompt is due and nobody can respond to it, the error states how to run the command without one.
    /// </summary>
    private protected new bool ShouldProcess(string target, string action)
    {
        try
        {
            return base.ShouldProcess(VisibleText.InView(target, keepsLines: true), VisibleText.InView(action, keepsLines: true));
        }
        catch (Exception exception) when (exception is PSInvalidOperationException or HostException)
        {
            // -NonInteractive, or a host without anybody before it, such as a runbook.
            ThrowTerminatingError(ErrorRecords.NobodyAnswers(exception, target, action));
            throw;
        }
    }

    /// <summary>
    /// A loss is asked for although the cmdlet itself asks for nothing: not with -WhatIf or -Confirm, which show and ask anyway, nor where
    /// the user wants no questions.
    /// </summary>
    private protected bool AsksBeforeLoss => !IsPreview && !MyInvocation.BoundParameters.ContainsKey("Confirm")
        && (!LanguagePrimitives.TryConvertTo<ConfirmImpact>(SessionState.PSVariable.GetValue("ConfirmPreference"), out var preference)
            || preference != ConfirmImpact.None);

    /// <summary>Asks a question that has nothing to do with the preferences. See <see cref="ShouldProcess"/>.</summary>
    private protected new bool ShouldContinue(string query, string caption, ref bool yesToAll, ref bool noToAll)
    {
        try
        {
            return base.ShouldContinue(VisibleText.InView(query, keepsLines: true), caption, ref yesToAll, ref noToAll);
        }
        catch (Exception exception) when (exception is PSInvalidOperationException or HostException)
        {
            ThrowTerminatingError(ErrorRecords.NobodyAnswers(exception, query, caption));
            throw;
        }
    }

    /// <summary>
    /// Writes a verbose message. With -Debug alone, PowerShell would ask before each of them, and fail where nobody can respond; they are
    /// then debug messages.
    /// </summary>
    private protected new void WriteVerbose(string text)
    {
        var bound = MyInvocation.BoundParameters;
        if (bound.TryGetValue("Debug", out var debug) && debug is SwitchParameter { IsPresent: true } && !bound.ContainsKey("Verbose"))
        {
            WriteDebug(text);
        }
        else
        {
            WriteUnasked(() => base.WriteVerbose(VisibleText.InView(text, keepsLines: true)));
        }
    }

    /// <summary>Writes a debug message.</summary>
    private protected new void WriteDebug(string text) => WriteUnasked(() => base.WriteDebug(VisibleText.InView(text, keepsLines: true)));

    /// <summary>An item of the pipeline was taken: an error about a later one is not about all of them.</summary>
    private protected void NoteItem() => _hadItem = true;

    /// <summary>
    /// Writes an error. One that every further item would have too ends the pipeline: nobody reads it three hundred times.
    /// </summary>
    private protected new void WriteError(ErrorRecord error)
    {
        if (!_hadItem && MyInvocation.ExpectingInput
            && error.Exception is InputRejectedException { IsOfEveryRecord: true } or InputRejectedException { IsOfEveryRow: true })
        {
            ThrowTerminatingError(error);
        }

        _hadItem = true;
        try
        {
            base.WriteError(error);
        }
        catch (Exception exception) when (IsUnanswered(exception))
        {
            // It was not written before the question: better an error that ends the pipeline than another one in its place.
            ThrowTerminatingError(error);
        }
    }

    /// <summary>Writes a warning, in which a value of the service controls no terminal.</summary>
    private protected new void WriteWarning(string text) =>
        WriteUnasked(() => base.WriteWarning(VisibleText.InView(text, keepsLines: true)));

    /// <summary>
    /// With -Debug, PowerShell asks after each message whether to go on. Where nobody can respond, it goes on: the message is written by
    /// then.
    /// </summary>
    private void WriteUnasked(Action write)
    {
        try
        {
            write();
        }
        catch (Exception exception) when (IsUnanswered(exception))
        {
        }
    }

    /// <summary>
    /// -Debug has led to a question that nobody can respond to: with -NonInteractive, in a host without a prompt, or on a console whose
    /// input is closed, which fails with a NullReferenceException of PowerShell's own.
    /// </summary>
    private bool IsUnanswered(Exception exception) =>
        exception is PSInvalidOperationException or HostException or NotImplementedException or NullReferenceException
        && IsSwitchedOn("Debug", null);

    /// <summary>A warning that would be the same for many records is given once.</summary>
    internal void WarnOnce(string text)
    {
        if ((_warned ??= []).Add(text))
        {
            WriteWarning(text);
        }
    }

    /// <summary>Runs the work to its end on the pipeline thread, without blocking its messages.</summary>
    private protected T Await<T>(Func<CancellationToken, Task<T>> work) => Await(work(StopToken));

    private protected void Await(Func<CancellationToken, Task> work) => Await(Done(work(StopToken)));

    private protected T Await<T>(Task<T> task)
    {
        try
        {
            Mailbox.Wait(task, Deliver);
        }
        catch
        {
            // A message could not be written, for example because $VerbosePreference is Stop: nobody will wait for the work any more.
            StopProcessing();
            throw;
        }

        try
        {
            return task.GetAwaiter().GetResult();
        }
        catch (OperationCanceledException) when (_stop.IsCancellationRequested)
        {
            throw new PipelineStoppedException();
        }
    }

    /// <summary>Reads a stream one item at a time: the next one is asked for only when the consumer comes back.</summary>
    private protected IEnumerable<T> Stream<T>(IAsyncEnumerable<T> source)
    {
        var items = source.GetAsyncEnumerator(StopToken);
        try
        {
            while (true)
            {
                var step = items.MoveNextAsync();

                // Within a page the next record is there already; so is a page that the sandbox returns.
                var more = step.IsCompletedSuccessfully ? step.Result : Await(step.AsTask());
                Mailbox.Empty(Deliver);
                if (!more)
                {
                    yield break;
                }

                yield return items.Current;
            }
        }
        finally
        {
            items.DisposeAsync().AsTask().GetAwaiter().GetResult();
        }
    }

    /// <summary>
    /// Runs a request for one item. A failure becomes one error about that item and the pipeline goes on, except when no further
    /// request can succeed. Rejected input is left to the caller, who knows the item.
    /// </summary>
    private protected bool TryCall<T>(Func<CancellationToken, Task<T>> call, object? target, out T result)
    {
        try
        {
            result = Await(call);
            return true;
        }
        catch (Exception exception)
            when (exception is CopperException or PartialChangeException or (ArgumentException and not InputRejectedException))
        {
            WriteFailure(exception, target);
            result = default!;
            return false;
        }
    }

    /// <summary>Writes a failure as an error; ends the pipeline when no further request can succeed.</summary>
    private protected virtual void WriteFailure(Exception exception, object? target)
    {
        var record = RecordOf(exception, target);
        if (exception is CopperAuthenticationException or CopperChangeNotRecordedException)
        {
            ThrowTerminatingError(record);
        }

        WriteError(record);
    }

    /// <summary>A failure as an error of the module.</summary>
    private protected virtual ErrorRecord RecordOf(Exception exception, object? target) => ErrorRecords.From(exception, target);

    /// <summary>Requests of which several are in flight at once, with results and errors in the order of the input.</summary>
    /// <param name="limit">The most requests in flight.</param>
    /// <param name="warnsOfRest">
    /// True when the requests change something, so that a pipeline that ends early warns of the requests that it leaves behind.
    /// </param>
    private protected OrderedWork NewWork(int limit, bool warnsOfRest = true) =>
        new(limit, task => Await(_ => Task.WhenAny(task))) { LeftBehind = warnsOfRest ? WarnOfRest : null };

    /// <summary>Shows the progress of requests that change something, until <see cref="CompleteProgress"/>.</summary>
    /// <param name="work">The requests.</param>
    /// <param name="total">How many items there are; null when nobody knows.</param>
    /// <param name="advice">What would spare waits for the rate limit; null when nothing would.</param>
    private protected OrderedWork WithProgress(OrderedWork work, int? total = null, string? advice = null)
    {
        _progress = new WorkProgress(this, MyInvocation.InvocationName, total, advice);
        work.Finished = _progress.Add;
        return work;
    }

    /// <summary>Removes the bar of <see cref="WithProgress"/>.</summary>
    private protected void CompleteProgress() => _progress?.Complete();

    /// <summary>Sends a request for one item, and writes its result when all items before it are written.</summary>
    /// <param name="work">The requests in flight.</param>
    /// <param name="call">The request. It goes on while the cmdlet takes the next item: it must not look at parameters.</param>
    /// <param name="target">What an error is about.</param>
    /// <param name="write">Writes the result.</param>
    /// <param name="keys">What the request works on; two that work on the same are never in flight together.</param>
    private protected void StartCall<T>(
        OrderedWork work, Func<CancellationToken, Task<T>> call, object? target, Action<T> write, params object[] keys) =>
        work.Start(
            () => RunAsync(call, StopToken),
            task =>
            {
                try
                {
                    if (TryCall(_ => task, target, out var result))
                    {
                        write(result);
                    }
                }
                catch (InputRejectedException rejection) when (task.IsFaulted && ReferenceEquals(task.Exception!.InnerException, rejection))
                {
                    WriteFailure(rejection, target);
                }
            },
            keys);

    /// <summary>A warning about work whose results nobody reads any more. A pipeline that was stopped takes no more messages.</summary>
    private protected void WarnOfLoss(string text)
    {
        try
        {
            WriteWarning(text);
        }
        catch (RuntimeException)
        {
            // The error that ended the pipeline is on its way already, and states more.
        }
    }

    /// <summary>A message of the request path has arrived.</summary>
    private protected virtual void Deliver(CopperTraceEvent message)
    {
        _progress?.Tell(message);
        switch (message.Kind)
        {
            case CopperTraceKind.Sending:
                WriteDebug(message.Message);
                break;
            case CopperTraceKind.Deprecated:
            case CopperTraceKind.SlowedDown:
            case CopperTraceKind.Garbled:
            case CopperTraceKind.NotRecorded:
            case CopperTraceKind.Retrying when message.IsLongWait || message.Duration > WorthAWarning:
                WriteWarning(message.Message);
                break;
            case CopperTraceKind.SharedLimitLost:
                _hasWarnedOfThrottling |= message.IsLongWait;
                WriteWarning(message.Message);
                break;
            case CopperTraceKind.Throttled when message.IsLongWait && !_hasWarnedOfThrottling:
                // Every request of a long import waits: one warning is enough, -Verbose has the others.
                _hasWarnedOfThrottling = true;
                WriteWarning(message.Message);
                break;
            case CopperTraceKind.Unreadable when message.Failure is CopperUnreadableRecordException item && IsAskedFor(item):
                WriteError(ErrorRecords.From(item, item.RecordId));
                break;
            case CopperTraceKind.Unreadable:
                WriteWarning(message.Message);
                break;
            default:
                WriteVerbose(message.Message);
                break;
        }
    }

    /// <summary>
    /// The item that cannot be read is one of those that the cmdlet was asked for: an error. Otherwise its list only serves to find
    /// names: a warning.
    /// </summary>
    private protected virtual bool IsAskedFor(CopperUnreadableRecordException item) => this is IUnreadableItemReporter;

    private bool IsSwitchedOn(string parameter, string? preference) => MyInvocation.BoundParameters.TryGetValue(parameter, out var given)
        ? LanguagePrimitives.IsTrue(given)
        : preference is not null && LanguagePrimitives.IsTrue(SessionState.PSVariable.GetValue(preference));

    /// <summary>What a request throws at once comes out of its task like everything else.</summary>
    private static async Task<T> RunAsync<T>(Func<CancellationToken, Task<T>> call, CancellationToken cancellationToken) =>
        await call(cancellationToken).ConfigureAwait(false);

    private void WarnOfRest(int done, int inFlight)
    {
        if (done + inFlight > 0)
        {
            WarnOfLoss(
                $"The pipeline ended before all was written: {done} more requests were carried out, and {inFlight} were in flight, "
                    + "which are cancelled with their outcome unknown. Look at the records before you repeat the command.");
        }
    }

    private static async Task<bool> Done(Task task)
    {
        await task.ConfigureAwait(false);
        return true;
    }
}
