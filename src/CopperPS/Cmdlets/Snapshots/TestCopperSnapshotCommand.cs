using System.Management.Automation;
using Copper.Data.Snapshots;
using CopperPS.Core;

namespace CopperPS.Cmdlets.Snapshots;

/// <summary>Tests whether a snapshot is complete, unchanged and readable.</summary>
[Cmdlet(VerbsDiagnostic.Test, "CopperSnapshot")]
[OutputType(typeof(CopperSnapshotFileTest), typeof(bool))]
public sealed class TestCopperSnapshotCommand : CopperCmdlet
{
    /// <summary>The folders of the snapshots.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [SnapshotPathListTransformation]
    [Alias("PSPath", "FullName", "LiteralPath")]
    [ValidateNotNullOrEmpty]
    public string[] Path { get; set; } = [];

    /// <summary>Write only whether the snapshot is sound.</summary>
    [Parameter]
    public SwitchParameter Quiet { get; set; }

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        foreach (var path in Path.Select(path => SnapshotPath.Of(this, path)))
        {
            var isSound = true;
            var damaged = new List<CopperSnapshotFileTest>();
            foreach (var test in Verify(path))
            {
                isSound &= test is { Status: SnapshotFileStatus.Sound };
                if (test is { Status: not SnapshotFileStatus.Sound })
                {
                    damaged.Add(test);
                }

                if (test is not null && !Quiet)
                {
                    WriteObject(test);
                }
            }

            if (Quiet)
            {
                WriteObject(isSound);
            }
            else if (damaged.Count > 0)
            {
                WriteError(ErrorRecords.SnapshotDamaged(damaged, path));
            }
        }
    }

    /// <summary>The tests; null for a folder that is no snapshot, which is an error.</summary>
    private IEnumerable<CopperSnapshotFileTest?> Verify(string path)
    {
        using var tests = CopperSnapshot.Verify(path).GetEnumerator();
        while (true)
        {
            var error = MoveNext(tests, path, out var more);
            if (error is not null)
            {
                if (!Quiet)
                {
                    WriteError(error);
                }

                yield return null;
            }

            if (!more)
            {
                yield break;
            }

            StopToken.ThrowIfCancellationRequested();
            yield return tests.Current;
        }
    }

    private static ErrorRecord? MoveNext(IEnumerator<CopperSnapshotFileTest> tests, string path, out bool more)
    {
        more = false;
        try
        {
            more = tests.MoveNext();
            return null;
        }
        catch (SnapshotException exception)
        {
            return ErrorRecords.From(exception, path);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return ErrorRecords.SnapshotUnavailable(exception, path);
        }
    }
}
