using Copper.Data.Snapshots;
using CopperPS.Core;

namespace CopperPS.Cmdlets.Snapshots;

/// <summary>Progress that comes from any thread and is shown by the pipeline thread.</summary>
internal sealed class PostedSnapshotProgress(PipelineMailbox mailbox, WorkProgress shown) : IProgress<SnapshotProgress>
{
    public void Report(SnapshotProgress value) => mailbox.Post(() => shown.Show(value.Activity, value.Completed, value.Total));
}
