using System.Management.Automation;
using Copper.Client.Metadata;
using Copper.Client.Models;
using Copper.Data.Snapshots;
using CopperPS.Binding;
using CopperPS.Core;

namespace CopperPS.Cmdlets.Snapshots;

/// <summary>Reads records of a snapshot, without a connection.</summary>
[Cmdlet(VerbsCommon.Get, "CopperSnapshotRecord", DefaultParameterSetName = NameSet)]
[OutputType(
    typeof(CopperPerson), typeof(CopperCompany), typeof(CopperLead), typeof(CopperOpportunity), typeof(CopperProject), typeof(CopperTask),
    typeof(CopperActivity))]
public sealed class GetCopperSnapshotRecordCommand : CopperCmdlet
{
    private const string NameSet = "Name";
    private const string IdSet = "Id";
    private readonly HashSet<long> _ids = [];
    private CopperSnapshot? _snapshot;

    /// <summary>The folder of the snapshot.</summary>
    [Parameter(Mandatory = true, Position = 0)]
    [SnapshotPathTransformation]
    [ValidateNotNullOrEmpty]
    [Alias("LiteralPath")]
    public string Path { get; set; } = string.Empty;

    /// <summary>The kind of records.</summary>
    [Parameter(Mandatory = true, Position = 1)]
    [EntityTransformation(TakesOne = true)]
    [ValidateSet("Person", "Company", "Lead", "Opportunity", "Project", "Task", "Activity")]
    [Alias("Type", "EntityType")]
    public string Entity { get; set; } = string.Empty;

    /// <summary>The records to read: ids, or anything that has an id.</summary>
    [Parameter(Mandatory = true, Position = 2, ValueFromPipeline = true, ParameterSetName = IdSet)]
    [ReferenceTransformation]
    public CopperReference?[] Id { get; set; } = [];

    /// <summary>The names; wildcards are allowed.</summary>
    [Parameter(ParameterSetName = NameSet)]
    [TextListTransformation]
    [SupportsWildcards]
    [ValidateNotNullOrEmpty]
    public string[]? Name { get; set; }

    private string EntityName => SnapshotEntities.NameOf(Entity);

    /// <inheritdoc/>
    protected override void BeginProcessing()
    {
        var path = SnapshotPath.Of(this, Path);
        _snapshot = OrEnd(() => CopperSnapshot.Open(path));
    }

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        foreach (var reference in ParameterSetName == IdSet ? Id : [])
        {
            try
            {
                _ids.Add(RequestValueConverter.IdOf(
                    reference ?? throw RequestValueConverter.NullId(EntityName), EntityName));
            }
            catch (InputRejectedException rejection)
            {
                WriteError(ErrorRecords.From(rejection));
            }
        }
    }

    /// <summary>Reads the file once, whatever the number of ids.</summary>
    protected override void EndProcessing()
    {
        if (ParameterSetName == IdSet && _ids.Count == 0)
        {
            return;
        }

        var patterns = Name?.Select(static name => (Text: name, Pattern: Wildcards.Of(name))).ToArray();
        using var records = _snapshot!.ReadRecords(EntityName).GetEnumerator();
        while (OrEnd(records.MoveNext))
        {
            StopToken.ThrowIfCancellationRequested();
            var record = records.Current;
            if (ParameterSetName == IdSet ? _ids.Remove(record.Id) : patterns is null || patterns.Any(name =>
                name.Pattern.IsMatch(record.ToString()!)
                    || string.Equals(record.ToString(), name.Text, StringComparison.OrdinalIgnoreCase)))
            {
                WriteObject(record);
            }

            if (ParameterSetName == IdSet && _ids.Count == 0)
            {
                return;
            }
        }

        foreach (var id in _ids.OrderBy(static id => id))
        {
            WriteError(ErrorRecords.Create(
                new ItemNotFoundException($"The snapshot '{_snapshot.Path}' has no {EntityName} with the id {id}."),
                "CopperNotFound",
                ErrorCategory.ObjectNotFound,
                id,
                $"Get-CopperSnapshotRecord -Path '{_snapshot.Path}' -Entity {Entity} -Name finds records by their names."));
        }
    }

    /// <summary>Closes the snapshot.</summary>
    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            _snapshot?.Dispose();
        }

        base.Dispose(disposing);
    }

    /// <summary>Runs a part of the work; a failure ends the pipeline with one error.</summary>
    private T OrEnd<T>(Func<T> part)
    {
        try
        {
            return part();
        }
        catch (SnapshotException exception)
        {
            ThrowTerminatingError(ErrorRecords.From(exception, Path));
            throw;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            ThrowTerminatingError(ErrorRecords.SnapshotUnavailable(exception, Path));
            throw;
        }
    }
}
