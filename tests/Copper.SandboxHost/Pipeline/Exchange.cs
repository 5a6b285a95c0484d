using Copper.Sandbox;
using Copper.SandboxHost.Journal;

namespace Copper.SandboxHost.Pipeline;

/// <summary>A request on its way through the host.</summary>
internal sealed class Exchange(HttpContext context, SandboxRequest request, SandboxAdmission admission, HostJournal journal,
    HostJournalEntry entry, CancellationToken cancellation)
{
    public HttpContext Context { get; } = context;

    public SandboxRequest Request { get; } = request;

    public SandboxAdmission Admission { get; } = admission;

    public HostJournalEntry Entry { get; } = entry;

    /// <summary>Cancelled when the client goes away or the host stops.</summary>
    public CancellationToken Cancellation { get; } = cancellation;

    /// <summary>What goes out next is the last that the client waits for.</summary>
    public void EndJournalEntry() => journal.End(Entry);

    public void Abort()
    {
        Entry.Aborted = true;
        EndJournalEntry();
        Context.Abort();
    }
}
