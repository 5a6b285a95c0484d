using Copper.Client.Models;

namespace Copper.Client.Metadata;

/// <summary>
/// Resolves names of an account to ids, for one run, such as an import. Names compare without case. A list is read once per client;
/// when a name is not in a list that was cached, the list is read once more, since the name may be new – but once in a run only, or a
/// file with a thousand misspelt rows would cost a thousand requests. Safe from any thread.
/// </summary>
public sealed class NameResolver
{
    /// <summary>The credential's user, unless somebody is really called so.</summary>
    private const string Me = "me";

    private readonly CopperMetadata _metadata;
    private readonly HashSet<string> _reloaded = [];
    private long? _currentUser;

    /// <param name="metadata">The lists of the account.</param>
    /// <param name="currentUser">The id of the credential's user, where it is known.</param>
    public NameResolver(CopperMetadata metadata, long? currentUser = null)
    {
        _metadata = metadata ?? throw new ArgumentNullException(nameof(metadata));
        _currentUser = currentUser;
    }

    /// <summary>The id of the one item of a list that has the name.</summary>
    /// <param name="name">The name; of a user also the e-mail address, or me.</param>
    /// <param name="entity">What is meant: one of <see cref="AccountList.Entities"/>.</param>
    /// <param name="given">What an error is about; the name without it.</param>
    /// <param name="among">The items that may be meant; all of them without it.</param>
    /// <param name="cancellationToken">Ends the look-up.</param>
    /// <exception cref="InputRejectedException">No item has the name, or several have.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The account has no list of such items.</exception>
    public async Task<long> ResolveAsync(
        string name, string entity, object? given = null, Func<AccountItem, bool>? among = null,
        CancellationToken cancellationToken = default)
    {
        var list = AccountList.Find(_metadata, entity)
            ?? throw new ArgumentOutOfRangeException(nameof(entity), entity, "There is no list of these.");
        bool IsMeant(AccountItem item) => among is null || among(item);

        // Nobody needs to be looked up anew to find oneself.
        var isMe = entity == CopperEntityNames.User && string.Equals(name, Me, StringComparison.OrdinalIgnoreCase);
        var found = await FindAsync(list, name, IsMeant, !isMe, cancellationToken).ConfigureAwait(false);
        return found.Length switch
        {
            1 => found[0].Id,
            0 when isMe => _currentUser ??= (await _metadata.GetKnownUserAsync(cancellationToken).ConfigureAwait(false)).Id,
            0 => throw NameRejections.Unknown(
                name, list.ItemName, (await list.GetAsync(cancellationToken).ConfigureAwait(false)).Where(IsMeant), given ?? name),
            _ => throw NameRejections.Ambiguous(name, list.ItemName, found, given ?? name),
        };
    }

    /// <summary>The item of this id has this name; false too where there is no list of such items.</summary>
    public async Task<bool> IsCalledAsync(string entity, long id, string name, CancellationToken cancellationToken = default) =>
        AccountList.Find(_metadata, entity) is { } list
        && (await list.GetAsync(cancellationToken).ConfigureAwait(false)).Any(item => item.Id == id && item.IsCalled(name.Trim()));

    /// <summary>The stages of this name, at least one: in the pipelines given, or in all of them.</summary>
    /// <exception cref="InputRejectedException">No stage has the name, or none of these pipelines has such a stage.</exception>
    public async Task<StageChoice> FindStagesAsync(
        string name, IReadOnlyCollection<long>? pipelines, object? given = null, CancellationToken cancellationToken = default)
    {
        var list = AccountList.Find(_metadata, CopperEntityNames.PipelineStage)!;
        bool IsMeant(AccountItem item) => pipelines is null || pipelines.Contains(item.PipelineId ?? 0);
        var found = await FindAsync(list, name, IsMeant, true, cancellationToken).ConfigureAwait(false);
        var all = await list.GetAsync(cancellationToken).ConfigureAwait(false);
        return found.Length > 0
            ? new StageChoice(name, found, all, given ?? name)
            : throw NameRejections.UnknownStage(name, pipelines, all, given ?? name);
    }

    /// <summary>The one type of activities of this name.</summary>
    /// <param name="name">Its name, without the category that may stand before it.</param>
    /// <param name="category">The only category that is meant; null for any.</param>
    /// <param name="given">What an error is about; the name without it.</param>
    /// <param name="shownName">The name as it was written, for the error.</param>
    /// <param name="cancellationToken">Ends the look-up.</param>
    /// <exception cref="InputRejectedException">No type has the name, or several have.</exception>
    public async Task<CopperActivityType> FindActivityTypeAsync(
        string name, string? category, object? given = null, string? shownName = null, CancellationToken cancellationToken = default)
    {
        var list = AccountList.Find(_metadata, CopperEntityNames.ActivityType)!;
        bool IsMeant(AccountItem item) => category is null || string.Equals(item.Place, category, StringComparison.OrdinalIgnoreCase);
        var found = await FindAsync(list, name, IsMeant, true, cancellationToken).ConfigureAwait(false);
        return found.Length switch
        {
            1 => (CopperActivityType)found[0].Record,
            0 => throw NameRejections.Unknown(
                shownName ?? name, list.ItemName, (await list.GetAsync(cancellationToken).ConfigureAwait(false)).Where(IsMeant), given
                    ?? name),
            _ => throw NameRejections.Ambiguous(shownName ?? name, list.ItemName, found, given ?? name),
        };
    }

    /// <summary>Rows that are worked on at the same time share this.</summary>
    private bool TryReload(AccountList list)
    {
        lock (_reloaded)
        {
            return _reloaded.Add(list.ItemName);
        }
    }

    private async Task<AccountItem[]> FindAsync(
        AccountList list, string name, Func<AccountItem, bool> isMeant, bool mayReload, CancellationToken cancellationToken)
    {
        var wasCached = list.IsCached;
        var found = Among(await list.GetAsync(cancellationToken).ConfigureAwait(false));
        if (found.Length > 0 || !wasCached || !mayReload || !TryReload(list))
        {
            return found;
        }

        list.Invalidate();
        return Among(await list.GetAsync(cancellationToken).ConfigureAwait(false));

        AccountItem[] Among(IReadOnlyList<AccountItem> items) => items.Where(item => item.IsCalled(name) && isMeant(item)).ToArray();
    }
}
