using System.Management.Automation;
using Copper.Client;
using Copper.Client.Metadata;
using Copper.Client.Models;
using CopperPS.Binding;
using CopperPS.Cmdlets.Base;
using CopperPS.Core;

namespace CopperPS.Cmdlets.Files;

/// <summary>Attaches files to records.</summary>
/// <remarks>
/// A file goes to Amazon's storage first, as Copper wants it, and is attached when it is there. It is read from the disk while
/// it is sent, whatever its size; the credential for Copper does not go to the storage.
/// </remarks>
[Cmdlet(VerbsCommon.Add, "CopperFile", DefaultParameterSetName = PathSet, SupportsShouldProcess = true)]
[OutputType(typeof(CopperFile))]
public sealed class AddCopperFileCommand : FileCmdlet
{
    private const string PathSet = "Path";
    private const string LiteralPathSet = "LiteralPath";

    private UploadProgress? _progress;
    private IReadOnlyList<string>? _paths;
    private bool _isTyped;
    private bool _hasTypedPath;

    /// <summary>The records: leads, people, companies, opportunities or projects.</summary>
    [Parameter(Mandatory = true, Position = 1, ValueFromPipeline = true)]
    [ReferenceTransformation]
    public CopperReference?[] RelatedTo { get; set; } = [];

    /// <summary>The files; wildcards are allowed.</summary>
    [Parameter(ParameterSetName = PathSet, Mandatory = true, Position = 0)]
    [PathListTransformation]
    [SupportsWildcards]
    [ValidateNotNullOrEmpty]
    public string[] Path { get; set; } = [];

    /// <summary>The files, by their exact paths.</summary>
    [Parameter(ParameterSetName = LiteralPathSet, Mandatory = true, ValueFromPipelineByPropertyName = true)]
    [TextListTransformation]
    [Alias("PSPath", "FullName")]
    [ValidateNotNullOrEmpty]
    public string[] LiteralPath { get; set; } = [];

    /// <summary>The name under which a single file is attached; its own name without it.</summary>
    [Parameter]
    [TextTransformation]
    [ValidateNotNullOrEmpty]
    public string? Name { get; set; }

    /// <summary>Output the file as attached.</summary>
    [Parameter]
    public SwitchParameter PassThru { get; set; }

    /// <inheritdoc/>
    protected override void BeginProcessing()
    {
        base.BeginProcessing();
        _isTyped = MyInvocation.BoundParameters.ContainsKey(nameof(RelatedTo));
        _hasTypedPath = MyInvocation.BoundParameters.ContainsKey(nameof(Path))
            || MyInvocation.BoundParameters.ContainsKey(nameof(LiteralPath));
    }

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        var paths = _paths ?? FindFiles();

        foreach (var reference in RelatedTo)
        {
            try
            {
                var (entity, record) = Owner(reference);
                foreach (var path in paths)
                {
                    Add(entity, record, path);
                }
            }
            catch (InputRejectedException rejection) when (_isTyped)
            {
                RejectForAll(rejection);
            }
            catch (InputRejectedException rejection)
            {
                WriteError(ErrorRecords.From(rejection));
            }
            catch (CopperException exception)
            {
                // A name could not be looked up.
                WriteFailure(exception, reference?.Source);
            }
        }
    }

    /// <summary>
    /// The files; what is none is reported. Paths that were typed are the same for every record: they are looked at once, and the pipeline
    /// ends when nothing is left to attach.
    /// </summary>
    private IReadOnlyList<string> FindFiles()
    {
        var errors = new List<ErrorRecord>();
        var paths = new FilePaths(this, errors.Add).Resolve(
            ParameterSetName == PathSet ? Path : LiteralPath, ParameterSetName == PathSet);
        if (Name is not null && paths.Count > 1)
        {
            errors.Add(ErrorRecords.Invalid($"-Name is for a single file, and these are {paths.Count}.", Name));
            paths = [];
        }

        var ends = _hasTypedPath && MyInvocation.ExpectingInput && paths.Count == 0 && errors.Count > 0;
        errors.Take(ends ? errors.Count - 1 : errors.Count).ToList().ForEach(WriteError);
        if (ends)
        {
            ThrowTerminatingError(errors[errors.Count - 1]);
        }

        _paths = _hasTypedPath ? paths : null;
        return paths;
    }

    private protected override void Deliver(CopperTraceEvent message)
    {
        if (message.Kind == CopperTraceKind.Uploading)
        {
            _progress?.Show(message.BytesSent, message.BytesTotal);
        }
        else
        {
            base.Deliver(message);
        }
    }

    private void Add(CopperEntity entity, RecordKey record, string path)
    {
        var name = Name ?? System.IO.Path.GetFileName(path);
        if (!ShouldProcess(record.ToString(), $"Attach {path}"))
        {
            return;
        }

        _progress = new UploadProgress(this, MyInvocation.InvocationName, name);
        try
        {
            using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, 4096, useAsync: true);
            if (TryCall(token => Client.Files.AddAsync(entity, record.Id, file, name, token), record, out var attached) && PassThru)
            {
                WriteObject(attached);
            }
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            WriteError(ErrorRecords.Unreadable(exception, path));
        }
        finally
        {
            _progress.Complete();
        }
    }
}
