using Copper.Client;
using CopperPS.Core;

namespace CopperPS.Cmdlets.Base;

/// <summary>
/// The base of cmdlets whose work takes a while: one progress bar, which shows waits for the rate limit too, and which is removed
/// however the pipeline ends.
/// </summary>
public abstract class WorkCmdlet : SessionCmdlet
{
    private WorkProgress? _progress;

    private protected WorkCmdlet()
    {
    }

    /// <summary>The bar, which exists from its first use on.</summary>
    private protected WorkProgress Progress => _progress ??= new WorkProgress(this, MyInvocation.MyCommand.Name);

    /// <summary>Removes the bar, however the pipeline ended.</summary>
    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            HideProgress();
        }

        base.Dispose(disposing);
    }

    /// <summary>Removes the bar, if there is one.</summary>
    private protected void HideProgress() => _progress?.Complete();

    private protected override void Deliver(CopperTraceEvent message)
    {
        _progress?.Tell(message);
        base.Deliver(message);
    }
}
