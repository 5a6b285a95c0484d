using System.Management.Automation;
using Copper.Client.Entities;
using Copper.Client.Models;
using CopperPS.Binding;
using CopperPS.Core;

namespace CopperPS.Cmdlets.Base;

/// <summary>
/// The base of cmdlets that make a request of its own for each item: several at a time where wanted, output and errors in the
/// order of the input.
/// </summary>
public abstract class ItemCmdlet : SessionCmdlet
{
    /// <summary>The most requests that are worth it: the client holds no more connections.</summary>
    private protected const int MostAtOnce = 32;

    private OrderedWork? _work;

    private protected ItemCmdlet()
    {
    }

    /// <summary>The number of items worked on at once, 1 to 32. With 1 each item is answered before the next is taken.</summary>
    [Parameter]
    [ValidateRange(1, MostAtOnce)]
    [WholeNumberTransformation]
    public virtual int ThrottleLimit { get; set; } = 1;

    /// <summary>The requests change something, so what is left behind is worth a warning.</summary>
    private protected virtual bool IsWriter => true;

    private protected OrderedWork Work => _work ??= NewWork();

    private protected OrderedWork NewWork() => new(ThrottleLimit, task => Await(_ => Task.WhenAny(task))) { LeftBehind = WarnOfRest };

    /// <summary>An item given by -Id, whose id was found where it was given by a name: what an account makes for itself has one, a record has not.</summary>
    /// <exception cref="InputRejectedException">Nothing was given, or nothing or several have the name.</exception>
    private protected CopperReference IdentifiedItem(CopperReference? reference, string entity) => reference is null
        ? throw RequestValueConverter.Reject($"The id of {EntityWords.WithArticle(entity)} is null.", null)
        : (CopperReference)WithIds(reference, entity)!;

    /// <summary>The items are several, so that an error must say which of them it is about.</summary>
    private protected bool IsOneOfMany(IReadOnlyCollection<CopperReference?> items) => MyInvocation.ExpectingInput || items.Count > 1;

    /// <summary>What -WhatIf and -Confirm call an item: its id, and the name where it is known.</summary>
    private protected static string TargetOf(CopperEntity entity, long id, CopperReference reference) =>
        (reference.Source is ICopperRecord record ? record.ToString() : reference.Name) is { Length: > 0 } name ? $"{entity} {id} ({name})" : $"{entity} {id}";

    /// <summary>Writes what is still under way.</summary>
    protected override void EndProcessing() => _work?.Drain();

    /// <summary>Runs a call for one item, and hands its result over when it is the item's turn. A failure becomes an error about the item.</summary>
    /// <param name="call">The call. It runs on, while the cmdlet takes the next item: it must not look at parameters.</param>
    /// <param name="target">What an error is about.</param>
    /// <param name="write">Writes the result.</param>
    /// <param name="keys">What the call works on; two that work on the same are never under way at once.</param>
    private protected void StartCall<T>(Func<CancellationToken, Task<T>> call, object? target, Action<T> write, params object[] keys) =>
        StartCall(Work, call, target, write, keys);

    private protected void StartCall<T>(OrderedWork work, Func<CancellationToken, Task<T>> call, object? target, Action<T> write, params object[] keys) =>
        work.Start(
            () => RunAsync(call, StopToken),
            task =>
            {
                if (TryGet(task, target, out var result))
                {
                    write(result);
                }
            },
            keys);

    /// <summary>Writes an error when it is the present item's turn.</summary>
    private protected virtual void Reject(ErrorRecord error) => Work.Post(() => WriteError(error));

    /// <summary>Writes a failure when it is the present item's turn.</summary>
    private protected virtual void Reject(Exception failure, object? target) => Work.Post(() => WriteFailure(failure, target));

    private protected override void WriteFailure(Exception exception, object? target)
    {
        if (exception is InputRejectedException refusal)
        {
            WriteError(refusal.Record);
        }
        else
        {
            base.WriteFailure(exception, target);
        }
    }

    /// <summary>What was said of work that nobody will hear of any more. A pipeline that was stopped takes no more words.</summary>
    private protected void WarnOfLoss(string text)
    {
        try
        {
            WriteWarning(text);
        }
        catch (RuntimeException)
        {
            // What ended the pipeline is on its way already, and says more.
        }
    }

    private bool TryGet<T>(Task<T> task, object? target, out T result)
    {
        try
        {
            return TryCall(_ => task, target, out result);
        }
        catch (InputRejectedException refusal)
        {
            WriteFailure(refusal, target);
            result = default!;
            return false;
        }
    }

    /// <summary>What a call throws at once comes out of its task like everything else.</summary>
    private static async Task<T> RunAsync<T>(Func<CancellationToken, Task<T>> call, CancellationToken cancellationToken) =>
        await call(cancellationToken).ConfigureAwait(false);

    private void WarnOfRest(int done, int underWay)
    {
        if (!IsWriter || done + underWay == 0)
        {
            return;
        }

        WarnOfLoss(
            $"The pipeline ended before all was written: {done} more requests were carried out, and {underWay} were under way, which are broken off with their outcome unknown. Look at the records before you repeat the command.");
    }
}
