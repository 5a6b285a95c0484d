using System.Management.Automation;
using Copper.Client.Hub;
using Copper.Client.Metadata;
using Copper.Client.Models;
using CopperPS.Binding;
using CopperPS.Core;

namespace CopperPS.Cmdlets.Hub;

/// <summary>Reads records of the CopperHub by id. A leaf that has a list adds it.</summary>
/// <typeparam name="T">The model.</typeparam>
public abstract class GetHubRecordCmdlet<T> : HubSessionCmdlet, IUnreadableItemReporter
    where T : class, ICopperRecord
{
    /// <summary>The parameter set of reading by id.</summary>
    public const string IdSet = "Id";

    /// <summary>The parameter set of a list.</summary>
    public const string ListSet = "List";

    private protected GetHubRecordCmdlet()
    {
    }

    /// <summary>The records to read: ids, or anything that has one.</summary>
    [Parameter(ParameterSetName = IdSet, Mandatory = true, Position = 0, ValueFromPipeline = true)]
    [ReferenceTransformation]
    [ArgumentCompleter(typeof(HubRecordCompleter))]
    public CopperReference?[] Id { get; set; } = [];

    private protected CopperHubEndpoint<T> Endpoint => HubEndpoints.Of<T>(Client);

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        if (ParameterSetName != IdSet)
        {
            WriteList();
            return;
        }

        foreach (var reference in Id)
        {
            try
            {
                GetOne(reference ?? throw RequestValueConverter.NullId(Endpoint.Entity.Name));
            }
            catch (InputRejectedException rejection)
            {
                WriteError(ErrorRecords.From(rejection));
            }
        }
    }

    /// <summary>Writes the list that the cmdlet has besides.</summary>
    private protected virtual void WriteList()
    {
    }

    private protected virtual void GetOne(CopperReference reference)
    {
        var id = RequestValueConverter.IdOf(Own(reference), Endpoint.Entity.Name);
        if (TryCall(token => Endpoint.GetAsync(id, null, token), id, out var record))
        {
            WriteObject(record);
        }
    }

    /// <summary>Writes a list, record by record.</summary>
    private protected void WriteAll(IEnumerable<T> records, string[]? names)
    {
        var patterns = names?.Select(static name => Wildcards.Of(name ?? string.Empty)).ToArray();
        foreach (var record in records)
        {
            if (patterns is null || patterns.Any(pattern => pattern.IsMatch(record.ToString()!)))
            {
                WriteObject(record);
            }
        }
    }
}
