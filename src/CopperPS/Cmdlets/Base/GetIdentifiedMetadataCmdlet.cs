using System.Management.Automation;
using Copper.Client.Metadata;
using Copper.Client.Models;
using CopperPS.Binding;
using CopperPS.Binding.Completers;
using CopperPS.Core;

namespace CopperPS.Cmdlets.Base;

/// <summary>Reads a list of the account whose items have ids.</summary>
/// <typeparam name="T">The items.</typeparam>
public abstract class GetIdentifiedMetadataCmdlet<T> : GetMetadataCmdlet<T>, INameFilter
    where T : class, ICopperRecord, INamed
{
    /// <summary>The parameter set of reading by id.</summary>
    public const string IdSet = "Id";

    private protected GetIdentifiedMetadataCmdlet()
    {
    }

    /// <summary>The items to read: ids, names, or anything that has an id.</summary>
    [Parameter(ParameterSetName = IdSet, Mandatory = true, Position = 0, ValueFromPipeline = true)]
    [ReferenceTransformation]
    [ArgumentCompleter(typeof(ListedNameCompleter))]
    public CopperReference?[] Id { get; set; } = [];

    /// <summary>The names; wildcards are allowed.</summary>
    [Parameter(ParameterSetName = NameSet)]
    [TextListTransformation]
    [SupportsWildcards]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(ListedNameCompleter))]
    public string[]? Name { get; set; }

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        if (ParameterSetName != IdSet)
        {
            base.ProcessRecord();
            return;
        }

        foreach (var reference in Id)
        {
            try
            {
                WriteOne(reference ?? throw RequestValueConverter.NullId(List.ItemName));
            }
            catch (InputRejectedException rejection)
            {
                WriteError(ErrorRecords.From(rejection));
            }
        }
    }

    /// <summary>The items that belong to something else, which was given instead of an item.</summary>
    private protected virtual Func<T, bool>? BelongingTo(CopperReference reference) => null;

    private void WriteOne(CopperReference reference)
    {
        if (BelongingTo(reference) is { } belongs)
        {
            if (TryGetAll(out var items))
            {
                WriteObject(items.Where(belongs).Where(IsWanted).ToArray(), enumerateCollection: true);
            }

            return;
        }

        if (reference is { Id: null, EntityType: null, Name.Length: > 0 })
        {
            if (TryGetAll(out var items))
            {
                WriteNamed(reference.Name, items);
            }

            return;
        }

        var id = RequestValueConverter.IdOf(Own(reference), List.ItemName, MetadataLists.SmallestIdOf<T>());
        ForgetOnce(List);
        if (!TryCall(token => List.FindAsync(id, token), id, out var found))
        {
            return;
        }

        if (found.Count == 0)
        {
            WriteError(ErrorRecords.NoSuchId(List.ItemName, id));
        }

        WriteObject(found.Where(IsWanted).ToArray(), enumerateCollection: true);
    }
}
