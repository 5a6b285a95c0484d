using System.Collections.Concurrent;
using System.Globalization;
using Copper.Client;
using Copper.Client.Metadata;
using Copper.Client.Models;
using CopperPS.Binding;
using CopperPS.Core;

namespace CopperPS.Cmdlets.Base;

/// <summary>
/// Finds records by what people call them, for one run: by the whole name, a person or a lead also by the e-mail address, a company by the
/// domain. Each text is looked up once, and where many are, all records are read if that takes fewer requests. Names compare without case;
/// safe from any thread.
/// </summary>
/// <param name="client">Whose account it is.</param>
internal sealed class RecordLookup(CopperClient client)
{
    private const int MostShown = 6;

    private readonly ConcurrentDictionary<(string Entity, string Name), Lazy<Task<IReadOnlyList<Found>>>> _found = new();
    private readonly ConcurrentDictionary<string, NamedRecords> _named = new();

    /// <summary>The same reference with its id; one that has an id already, or means no record, comes back as it is.</summary>
    /// <param name="reference">What was given.</param>
    /// <param name="entity">What is meant.</param>
    /// <param name="cancellationToken">Ends the look-up.</param>
    /// <exception cref="InputRejectedException">No record is called so, or several are.</exception>
    public async Task<CopperReference> ResolveAsync(CopperReference reference, string? entity, CancellationToken cancellationToken) =>
        IsName(reference) && CopperEntities.FindPrimary(entity) is { } kind
            ? Resolved(reference, await OnlyAsync(reference, [kind.Name], cancellationToken).ConfigureAwait(false))
            : reference;

    /// <summary>The same reference with its id and its kind, of the kinds that may be meant.</summary>
    /// <exception cref="InputRejectedException">No record is called so, or several are.</exception>
    public async Task<CopperReference> ResolveRelatedAsync(
        CopperReference reference, string? type, string[] allowed, CancellationToken cancellationToken)
    {
        var isTyped = !string.IsNullOrEmpty(type);
        if (!IsName(reference) || (isTyped && !allowed.Contains(type, StringComparer.OrdinalIgnoreCase)))
        {
            return reference;
        }

        var kinds = isTyped ? [type!.ToLowerInvariant()]
            : IsAddress(reference.Name!)
                ? allowed.Where(static kind => kind is CopperEntityNames.Person or CopperEntityNames.Lead).ToArray()
            : allowed;
        var found = await OnlyAsync(reference, kinds, cancellationToken).ConfigureAwait(false);
        return Resolved(reference, found).WithEntity(found.Entity);
    }

    /// <summary>The ids of all records of a kind that are called so.</summary>
    public async Task<IReadOnlyList<long>> IdsOfAsync(string name, string entity, CancellationToken cancellationToken) =>
        [.. (await FindAsync(entity, name, cancellationToken).ConfigureAwait(false))
            .Where(static found => found.IsExact).Select(static found => found.Id)];

    private static CopperReference Resolved(CopperReference reference, Found found) => reference.WithId(
        found.Id, found.Name == string.Format(CultureInfo.InvariantCulture, "{0} {1}", found.Entity, found.Id) ? null : found.Name);

    private static bool IsName(CopperReference reference) =>
        reference is { Id: null, EntityType: null, Name: { } name } && !string.IsNullOrWhiteSpace(name);

    private static bool IsAddress(string name) => name.IndexOf('@') > 0;

    private async Task<Found> OnlyAsync(CopperReference reference, string[] kinds, CancellationToken cancellationToken)
    {
        var name = reference.Name!;
        var all = new List<Found>();
        foreach (var kind in kinds)
        {
            all.AddRange(await FindAsync(kind, name, cancellationToken).ConfigureAwait(false));
        }

        if (all.Count == 0 && !IsAddress(name) && FirstWord(name) is { } word && !Is(word, name))
        {
            // Nothing is called so: what begins alike may have been meant.
            foreach (var kind in kinds)
            {
                all.AddRange((await FindAsync(kind, word, cancellationToken).ConfigureAwait(false))
                    .Select(static near => near with { IsExact = false }));
            }
        }

        var exact = all.Where(static found => found.IsExact).ToArray();
        return exact.Length switch
        {
            1 => exact[0],
            0 => throw Unknown(name, kinds, all, reference.Source),
            _ => throw new InputRejectedException(
                InputRejection.AmbiguousName,
                $"There are several called '{VisibleText.Of(name)}': {Join(exact, kinds.Length > 1)}. Give the id.",
                reference.Source),
        };
    }

    private static InputRejectedException Unknown(string name, string[] kinds, List<Found> near, object? given)
    {
        var similar = near
            .OrderBy(found => EditDistance.Between(name, found.Name))
            .ThenBy(static found => found.Name, StringComparer.OrdinalIgnoreCase)
            .ToArray();
        var what = IsAddress(name) ? "with the e-mail address" : "called";
        var kind = kinds.Length == 1 ? kinds[0] : "record";
        return new InputRejectedException(
            InputRejection.UnknownName,
            $"There is no {kind} {what} '{VisibleText.Of(name)}'."
                + (similar.Length == 0 ? string.Empty : $" Similar: {Join(similar, kinds.Length > 1)}."),
            given)
        {
            Advice = kinds.Length == 1
                ? $"Get-Copper{EntityWords.ToNoun(kind)} -Name finds {EntityWords.WithArticle(kind)} by a part of the name."
                : "Give the record itself, or its kind and its id in one text, such as 'person 7'.",
        };
    }

    private static string Join(Found[] found, bool showsKind)
    {
        var shown = found.Take(MostShown).Select(one => string.Format(
            CultureInfo.InvariantCulture, "{0} ({1}{2})", VisibleText.Of(one.Name), showsKind ? one.Entity + " " : "id ", one.Id));
        return string.Join(", ", shown) + (found.Length > MostShown ? $" and {found.Length - MostShown} more" : string.Empty);
    }

    private async Task<IReadOnlyList<Found>> FindAsync(string entity, string name, CancellationToken cancellationToken)
    {
        var key = (entity, name.ToUpperInvariant());
        var search = _found.GetOrAdd(key, _ => new Lazy<Task<IReadOnlyList<Found>>>(() => SearchAsync(entity, name, cancellationToken)));
        try
        {
            return await search.Value.ConfigureAwait(false);
        }
        catch
        {
            // What went wrong once may go well for the next row.
            _found.TryRemove(key, out _);
            throw;
        }
    }

    private Task<IReadOnlyList<Found>> SearchAsync(string entity, string name, CancellationToken cancellationToken) => entity switch
    {
        CopperEntityNames.Person => SearchAsync(client.People, name, cancellationToken),
        CopperEntityNames.Company => SearchAsync(client.Companies, name, cancellationToken),
        CopperEntityNames.Lead => SearchAsync(client.Leads, name, cancellationToken),
        CopperEntityNames.Opportunity => SearchAsync(client.Opportunities, name, cancellationToken),
        CopperEntityNames.Project => SearchAsync(client.Projects, name, cancellationToken),
        _ => SearchAsync(client.Tasks, name, cancellationToken),
    };

    private async Task<IReadOnlyList<Found>> SearchAsync<T>(
        RecordEndpoint<T> endpoint, string name, CancellationToken cancellationToken)
        where T : class, ICopperRecord
    {
        if (endpoint.Entity.Name == CopperEntityNames.Person && IsAddress(name))
        {
            return await client.FindPersonByEmailAsync(name, cancellationToken).ConfigureAwait(false) is { } person
                ? [new Found(endpoint.Entity.Name, person.Id, person.ToString() ?? name, IsExact: true)]
                : [];
        }

        var named = _named.GetOrAdd(endpoint.Entity.Name, static _ => new NamedRecords());
        var near = await named.FindAsync(token => ReadAllAsync(endpoint, named, token), name, cancellationToken).ConfigureAwait(false);
        if (near?.Any(static found => found.IsExact) == true)
        {
            return near;
        }

        // What was created since is found by a search alone.
        var searched = await SearchByTextAsync(endpoint, name, cancellationToken).ConfigureAwait(false);
        return near is null ? searched : [.. searched, .. near.Where(one => searched.TrueForAll(other => other.Id != one.Id))];
    }

    private static async Task<List<Found>> SearchByTextAsync<T>(
        RecordEndpoint<T> endpoint, string name, CancellationToken cancellationToken)
        where T : class, ICopperRecord
    {
        if (endpoint.Entity.Name == CopperEntityNames.Lead && IsAddress(name))
        {
            return await ReadAsync(endpoint, "emails", name, IsOf, cancellationToken).ConfigureAwait(false);
        }

        var found = new List<Found>();
        if (endpoint.Entity.Name == CopperEntityNames.Company && name.IndexOf('.') > 0 && name.IndexOf(' ') < 0)
        {
            found.AddRange(await ReadAsync(endpoint, "email_domains", name, IsOf, cancellationToken).ConfigureAwait(false));
        }

        // A record is found by the part of its name too: of these, those that are called so are meant.
        static bool IsCalled(T record, string text) => Is(NameOf(record), text);
        found.AddRange((await ReadAsync(endpoint, "name", name, IsCalled, cancellationToken).ConfigureAwait(false))
            .Where(one => found.TrueForAll(other => other.Id != one.Id)));
        return found;
    }

    /// <summary>
    /// Reads all records, unless the first page shows that there are too many for the names that were looked up so far; false then.
    /// </summary>
    private static async Task<bool> ReadAllAsync<T>(RecordEndpoint<T> endpoint, NamedRecords named, CancellationToken cancellationToken)
        where T : class, ICopperRecord
    {
        var result = endpoint.Search(TypedRecords.NewSearch<T>(new JsonBody()));
        var records = new List<Found>();
        await foreach (var record in result.WithCancellation(cancellationToken).ConfigureAwait(false))
        {
            if (records.Count == 0 && !named.IsWorthReading(result.UpperBound))
            {
                return false;
            }

            records.Add(new Found(endpoint.Entity.Name, record.Id, record.ToString() ?? string.Empty, IsExact: true)
            {
                Keys = [NameOf(record), KeyOf(record)],
            });
        }

        named.Know(records);
        return true;
    }

    private static string? NameOf<T>(T record) => RecordProperties.ValueOf(record!, "Name") as string;

    /// <summary>What a lead or a company is found by beside its name.</summary>
    private static string? KeyOf<T>(T record) => record switch
    {
        CopperLead lead => lead.Email,
        CopperCompany company => company.EmailDomain,
        _ => null,
    };

    private static bool IsOf<T>(T record, string text) => Is(KeyOf(record), text);

    private static bool Is(string? one, string other) => string.Equals(one?.Trim(), other.Trim(), StringComparison.OrdinalIgnoreCase);

    private static string? FirstWord(string name) =>
        name.Split([' ', '.', '-', ','], StringSplitOptions.RemoveEmptyEntries).FirstOrDefault(static word => word.Length >= 3);

    private static async Task<List<Found>> ReadAsync<T>(
        RecordEndpoint<T> endpoint, string member, string text, Func<T, string, bool> isExact, CancellationToken cancellationToken)
        where T : class, ICopperRecord
    {
        var found = new List<Found>();
        var query = TypedRecords.NewSearch<T>(new JsonBody { [member] = text.Trim() });
        await foreach (var record in endpoint.Search(query).WithCancellation(cancellationToken).ConfigureAwait(false))
        {
            found.Add(new Found(endpoint.Entity.Name, record.Id, record.ToString() ?? string.Empty, isExact(record, text)));
        }

        return found;
    }

    /// <summary>A record that the service found, and whether it is called as was asked.</summary>
    private sealed record Found(string Entity, long Id, string Name, bool IsExact)
    {
        /// <summary>What a record of <see cref="NamedRecords"/> is found by.</summary>
        public IReadOnlyList<string?> Keys { get; init; } = [];
    }

    /// <summary>All records of a kind, once so many names of them were looked up that it pays to have read them.</summary>
    private sealed class NamedRecords : IDisposable
    {
        /// <summary>So many names are searched for before it is asked how many records there are.</summary>
        private const int FewNames = 4;

        private readonly SemaphoreSlim _gate = new(1, 1);
        private IReadOnlyList<Found>? _all;
        private ILookup<string, Found>? _byKey;
        private long _names;
        private long _pages;

        /// <summary>The records that are called so, or else those whose names have the text; null where all are not read.</summary>
        public async Task<IReadOnlyList<Found>?> FindAsync(
            Func<CancellationToken, Task<bool>> readAsync, string name, CancellationToken cancellationToken)
        {
            await _gate.WaitAsync(cancellationToken).ConfigureAwait(false);
            try
            {
                _names++;
                if (_byKey is null
                    && (_names <= FewNames || !IsFewer(_pages) || !await readAsync(cancellationToken).ConfigureAwait(false)))
                {
                    return null;
                }
            }
            finally
            {
                _gate.Release();
            }

            Found[] exact = [.. _byKey![name.Trim()]];
            return exact.Length > 0 ? exact : [.. _all!
                .Where(one => one.Name.IndexOf(name.Trim(), StringComparison.OrdinalIgnoreCase) is >= 0)
                .Select(static one => one with { IsExact = false })];
        }

        /// <summary>To read all takes fewer requests than the names to come: as many as there were, it is supposed.</summary>
        public bool IsWorthReading(long? records)
        {
            _pages = records is { } count ? (count + SearchQuery.LargestPage - 1) / SearchQuery.LargestPage : long.MaxValue;
            return IsFewer(_pages);
        }

        public void Know(IReadOnlyList<Found> records)
        {
            _all = records;
            _byKey = records
                .SelectMany(static one => one.Keys.OfType<string>().Distinct(StringComparer.OrdinalIgnoreCase), (one, key) => (one, key))
                .ToLookup(static pair => pair.key.Trim(), static pair => pair.one, StringComparer.OrdinalIgnoreCase);
        }

        public void Dispose() => _gate.Dispose();

        private bool IsFewer(long pages) => pages <= 2 * _names;
    }
}
