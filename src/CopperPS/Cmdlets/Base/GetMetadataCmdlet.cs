using System.Management.Automation;
using Copper.Client.Metadata;
using Copper.Client.Models;
using CopperPS.Binding;
using CopperPS.Core;

namespace CopperPS.Cmdlets.Base;

/// <summary>Reads a list of the account that seldom changes, whole or by name. It is read once a session.</summary>
/// <typeparam name="T">The items.</typeparam>
public abstract class GetMetadataCmdlet<T> : SessionCmdlet, IUnreadableItemReporter
    where T : class, INamed
{
    /// <summary>The parameter set of reading by name, or everything.</summary>
    public const string NameSet = "Name";

    private bool _forgotten;
    private bool _isFresh;

    private protected GetMetadataCmdlet()
    {
    }

    /// <summary>Ask the service again instead of using what the session keeps.</summary>
    [Parameter]
    public SwitchParameter Force { get; set; }

    private protected MetadataList<T> List => MetadataLists.Of<T>(Client.Metadata);

    /// <summary>The names that were asked for; null for all.</summary>
    private string[]? Names => (this as INameFilter)?.Name;

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        if (!TryGetAll(out var items))
        {
            return;
        }

        if (Names is null)
        {
            WriteObject(items.Where(IsWanted).ToArray(), enumerateCollection: true);
            return;
        }

        foreach (var name in Names)
        {
            WriteNamed(name, items);
        }
    }

    /// <summary>Further criteria of a leaf.</summary>
    private protected virtual bool IsWanted(T item) => true;

    /// <summary>The texts by which an item can be named.</summary>
    private protected virtual IEnumerable<string?> NamesOf(T item) => [item.Name];

    /// <summary>Forgets what is kept when -Force asks for it: once, however many items the pipeline brings.</summary>
    private protected void ForgetOnce(MetadataList<T> list)
    {
        if (Force && !_forgotten)
        {
            _forgotten = true;
            list.Forget();
        }
    }

    private protected bool TryGetAll(out IReadOnlyList<T> items)
    {
        MetadataList<T> list;
        try
        {
            list = List;
        }
        catch (InputRejectedException rejection)
        {
            WriteError(ErrorRecords.From(rejection));
            items = [];
            return false;
        }

        ForgetOnce(list);
        _isFresh |= list.Peek() is null;
        return TryCall(list.GetAsync, null, out items);
    }

    private protected void WriteNamed(string name, IReadOnlyList<T> items)
    {
        var pattern = Wildcards.Of(name);
        var found = Among(items);
        if (found.Length == 0 && !WildcardPattern.ContainsWildcardCharacters(name))
        {
            if (!_isFresh)
            {
                // The session had kept the list, and the name may be new.
                List.Forget();
                if (!TryGetAll(out items))
                {
                    return;
                }

                found = Among(items);
            }

            if (found.Length == 0)
            {
                WriteError(NoSuchName(name, items));
            }
        }

        WriteObject(found.Where(IsWanted).ToArray(), enumerateCollection: true);

        T[] Among(IReadOnlyList<T> all) => all
            .Where(item => NamesOf(item).Any(text => text is not null
                && (pattern.IsMatch(text) || string.Equals(text, name, StringComparison.OrdinalIgnoreCase))))
            .ToArray();
    }

    /// <summary>What the web app shows in an order of its own is listed in this order, and anything else by its name.</summary>
    private static bool HasOrder => typeof(T) != typeof(CopperUser) && typeof(T) != typeof(CopperTag)
        && typeof(T) != typeof(CopperCustomFieldDefinition);

    private ErrorRecord NoSuchName(string name, IReadOnlyList<T> items)
    {
        var candidates = items
            .Where(static item => item.Name is not null)
            .OrderBy(item => HasOrder ? string.Empty : item.Name, StringComparer.CurrentCultureIgnoreCase)
            .Select(item => (item.Name!, NamesOf(item).OfType<string>().Min(text => EditDistance.Between(name, text))));
        return ErrorRecords.NoSuchName(
            List.ItemName,
            name,
            NameSuggestions.Of(name, candidates, "The account has none."),
            $"Get-Copper{EntityWords.ToNoun(List.ItemName)} lists all of them.");
    }
}
