using System.Globalization;
using Copper.Client.Models;

namespace Copper.Client.Metadata;

/// <summary>
/// Reads the lists by which records show names beside their ids: <c>person.Assignee</c>, <c>opportunity.Stage</c>, and custom fields by
/// name. Each list is read once in the life of a client, and only when a record refers to it; those that are needed at once are read
/// together. One for each run through records; for the use of one thread at a time.
/// </summary>
/// <example><code>
/// var names = new RecordNameLoader(client.Metadata);
/// await foreach (var person in client.People.Search(query))
/// {
///     await names.LoadAsync([person]);
///     Console.WriteLine($"{person.Name}: {person.Assignee}");
/// }
/// </code></example>
/// <param name="metadata">The lists.</param>
/// <param name="asksAgain">A list that could not be had earlier is asked for once more.</param>
public sealed class RecordNameLoader(CopperMetadata metadata, bool asksAgain = false)
{
    /// <summary>Stands for the fields of a record without values: they are known by the definitions, whichever there are.</summary>
    private const long AnyField = 0;

    /// <summary>The lists that this loader has asked for: what they do not have, there is not.</summary>
    private readonly HashSet<NameList> _fresh = [];

    /// <summary>
    /// The references that need no list, as long as none is loaded or invalidated: most records refer to the same few.
    /// </summary>
    private readonly HashSet<NameReference> _settled = [];

    private int _version;

    /// <summary>Some list that these records refer to is not read yet, or older than they are.</summary>
    public bool NeedsLoading(IEnumerable<ICopperRecord?> records) => NeedsLoading(records.SelectMany(ReferencesOf));

    /// <summary>Some list of these references is not read yet, or older than they are.</summary>
    public bool NeedsLoading(IEnumerable<NameReference> references) => Due(references).Count > 0;

    /// <summary>
    /// Reads the lists that these records refer to, as far as the client has not read them: all at once. A list that the client has read
    /// before, and that lacks an id, is read once more, for the record may be newer.
    /// </summary>
    /// <returns>
    /// The lists that could not be had: what they would show is null. They are not asked for again until <see cref="MetadataCache.Clear"/>.
    /// </returns>
    public Task<IReadOnlyList<MissedList>> LoadAsync(
        IEnumerable<ICopperRecord?> records, CancellationToken cancellationToken = default)
    {
        var all = records as IReadOnlyCollection<ICopperRecord?> ?? records.ToArray();

        // A record that was read before the cache was cleared, or by nobody, is to show what is loaded now.
        metadata.Names.Attach(all.OfType<CopperRecord>());
        return LoadAsync(all.SelectMany(ReferencesOf), cancellationToken);
    }

    /// <summary>Reads the lists of these references, in the same way.</summary>
    public async Task<IReadOnlyList<MissedList>> LoadAsync(
        IEnumerable<NameReference> references, CancellationToken cancellationToken = default)
    {
        var due = Due(references);
        if (due.Count == 0)
        {
            return [];
        }

        var missed = await Task.WhenAll(due.Select(name => ReadAsync(name, cancellationToken))).ConfigureAwait(false);

        // What a list lacks that has just been read is noted, so that it is not read again for that.
        _ = Due(references);
        return [.. missed.OfType<MissedList>()];
    }

    /// <summary>Reads one list, whatever records refer to it.</summary>
    /// <returns>The list, if it could not be had; null when it is there.</returns>
    public Task<MissedList?> LoadListAsync(NameList list, CancellationToken cancellationToken = default)
    {
        var name = ReferenceNames.TableOf(list);
        return IsDue(metadata.ListOf(name), name) ? ReadAsync(name, cancellationToken) : Task.FromResult<MissedList?>(null);
    }

    /// <summary>The name behind an id; null when the list was not read, or does not have the id. Sends nothing.</summary>
    public string? NameOf(NameReference reference) => metadata.Names.Current.NameOf(reference);

    private HashSet<NameList> Due(IEnumerable<NameReference> references)
    {
        var due = new HashSet<NameList>();
        if (metadata.Names.Version is var version && version != _version)
        {
            _settled.Clear();
            _version = version;
        }

        foreach (var reference in references)
        {
            var name = ReferenceNames.TableOf(reference.List);
            if (_settled.Contains(reference) || due.Contains(name))
            {
                continue;
            }

            var list = metadata.ListOf(name);
            if (IsDue(list, name))
            {
                due.Add(name);
            }
            else if (reference.Id != AnyField
                && list.IsCached
                && !metadata.Names.Current.Has(reference)
                && !list.IsUnlisted(KeyOf(reference)))
            {
                if (_fresh.Contains(name))
                {
                    list.NoteUnlisted(KeyOf(reference));
                }
                else
                {
                    due.Add(name);
                }
            }

            if (!due.Contains(name))
            {
                _settled.Add(reference);
            }
        }

        return due;
    }

    private bool IsDue(INameList list, NameList name) => !list.IsCached && (asksAgain ? !_fresh.Contains(name) : !list.IsMissed);

    private async Task<MissedList?> ReadAsync(NameList name, CancellationToken cancellationToken)
    {
        var list = metadata.ListOf(name);
        var isKnown = list.IsCached;
        try
        {
            await (isKnown ? list.RefreshAsync(cancellationToken) : list.LoadAsync(cancellationToken)).ConfigureAwait(false);
            return null;
        }
        catch (CopperException failure)
        {
            if (!isKnown)
            {
                list.NoteMissed();
            }

            return new MissedList(list.ItemName, list.Items, failure);
        }
        finally
        {
            lock (_fresh)
            {
                _fresh.Add(name);
            }
        }
    }

    private static string KeyOf(NameReference reference) =>
        string.Format(CultureInfo.InvariantCulture, "{0}/{1}/{2}", reference.List, reference.Category, reference.Id);

    private static IEnumerable<NameReference> ReferencesOf(ICopperRecord? record)
    {
        var references = (record as CopperRecord)?.NameReferences ?? [];
        return record is ICustomFieldRecord { CustomFields: var fields } && fields.Count + fields.WithoutValue.Count > 0
            ? references.Concat(ReferencesOf(fields))
            : references;
    }

    private static IEnumerable<NameReference> ReferencesOf(CopperCustomFieldList fields)
    {
        yield return new NameReference(NameList.CustomFieldDefinitions, AnyField);
        foreach (var field in fields)
        {
            if (field is { IsEmpty: false, DefinitionId: { } id })
            {
                yield return new NameReference(NameList.CustomFieldDefinitions, id);
            }
        }
    }
}
