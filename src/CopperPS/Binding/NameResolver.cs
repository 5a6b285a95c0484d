using Copper.Client;
using Copper.Client.Models;
using CopperPS.Core;

namespace CopperPS.Binding;

/// <summary>
/// Finds the id behind the name of something in the account, for one run of a cmdlet. Names compare without case. A list is
/// read once per session; when a name is not in a list that was kept, it is read once more, since the name may be new – but
/// once in a run only, or a CSV file with a thousand misspelt rows would make a thousand requests.
/// </summary>
/// <param name="client">Whose account it is.</param>
/// <param name="currentUser">The id of the credential's user, where it is known.</param>
internal sealed class NameResolver(CopperClient client, long? currentUser)
{
    /// <summary>The credential's user, unless somebody is really called so.</summary>
    private const string Me = "me";

    private readonly HashSet<string> _readAgain = [];

    /// <summary>The same reference with its id. One that has an id already, or whose kind has no list of names, comes back as it is.</summary>
    /// <param name="reference">What was given.</param>
    /// <param name="entity">What was meant.</param>
    /// <param name="cancellationToken">Ends the look-up.</param>
    /// <param name="among">The items that may be meant; all of them without it.</param>
    /// <exception cref="InputRejectedException">No item has the name, or several have.</exception>
    public async Task<CopperReference> ResolveAsync(CopperReference reference, string? entity, CancellationToken cancellationToken, Func<AccountItem, bool>? among = null)
    {
        if (string.IsNullOrEmpty(reference.Name) || AccountList.Find(client, entity) is not { } list)
        {
            return reference;
        }

        // Nobody needs to be looked up anew to find oneself.
        var isMe = entity == "user" && string.Equals(reference.Name, Me, StringComparison.OrdinalIgnoreCase);
        var found = await FindAsync(list, reference.Name!, among ?? (static _ => true), !isMe, cancellationToken).ConfigureAwait(false);
        return found.Length switch
        {
            1 => reference.WithId(found[0].Id),
            0 when isMe => reference.WithId(currentUser ??= (await client.GetCurrentUserAsync(cancellationToken).ConfigureAwait(false)).Id),
            0 => throw new InputRejectedException(NameErrors.Unknown(reference, list.ItemName, (await list.GetAsync(cancellationToken).ConfigureAwait(false)).Where(among ?? (static _ => true)))),
            _ => throw new InputRejectedException(NameErrors.Ambiguous(reference, list.ItemName, found)),
        };
    }

    /// <summary>The item of this id has this name; false too where there is no list of such items.</summary>
    public async Task<bool> IsCalledAsync(string entity, long id, string name, CancellationToken cancellationToken) =>
        AccountList.Find(client, entity) is { } list
        && (await list.GetAsync(cancellationToken).ConfigureAwait(false)).Any(item => item.Id == id && item.IsCalled(name.Trim()));

    /// <summary>The stages of this name, at least one: in the pipelines given, or in all of them.</summary>
    /// <exception cref="InputRejectedException">No stage has the name, or none of these pipelines has such a stage.</exception>
    public async Task<StageChoice> FindStagesAsync(CopperReference stage, IReadOnlyCollection<long>? pipelines, CancellationToken cancellationToken)
    {
        var list = AccountList.Find(client, "pipeline stage")!;
        var found = await FindAsync(list, stage.Name!, item => pipelines is null || pipelines.Contains(item.PipelineId ?? 0), true, cancellationToken).ConfigureAwait(false);
        var all = await list.GetAsync(cancellationToken).ConfigureAwait(false);
        return found.Length > 0 ? new StageChoice(stage, found, all) : throw new InputRejectedException(NameErrors.UnknownStage(stage, pipelines, all));
    }

    /// <summary>The one type of activities of this name.</summary>
    /// <param name="reference">What was given.</param>
    /// <param name="name">Its name, without the category that may stand before it.</param>
    /// <param name="category">The only category that is meant; null for any.</param>
    /// <param name="cancellationToken">Ends the look-up.</param>
    /// <exception cref="InputRejectedException">No type has the name, or several have.</exception>
    public async Task<CopperActivityType> FindActivityTypeAsync(CopperReference reference, string name, string? category, CancellationToken cancellationToken)
    {
        var list = AccountList.Find(client, "activity type")!;
        bool IsMeant(AccountItem item) => category is null || string.Equals(item.Place, category, StringComparison.OrdinalIgnoreCase);
        var found = await FindAsync(list, name, IsMeant, true, cancellationToken).ConfigureAwait(false);
        return found.Length switch
        {
            1 => (CopperActivityType)found[0].Record,
            0 => throw new InputRejectedException(NameErrors.Unknown(reference, list.ItemName, (await list.GetAsync(cancellationToken).ConfigureAwait(false)).Where(IsMeant))),
            _ => throw new InputRejectedException(NameErrors.Ambiguous(reference, list.ItemName, found)),
        };
    }

    /// <summary>Rows that are worked on at the same time share this.</summary>
    private bool TryReadAgain(AccountList list)
    {
        lock (_readAgain)
        {
            return _readAgain.Add(list.ItemName);
        }
    }

    private async Task<AccountItem[]> FindAsync(AccountList list, string name, Func<AccountItem, bool> isMeant, bool mayReadAgain, CancellationToken cancellationToken)
    {
        var wasKept = list.IsKept;
        var found = Among(await list.GetAsync(cancellationToken).ConfigureAwait(false));
        if (found.Length > 0 || !wasKept || !mayReadAgain || !TryReadAgain(list))
        {
            return found;
        }

        list.Forget();
        return Among(await list.GetAsync(cancellationToken).ConfigureAwait(false));

        AccountItem[] Among(IReadOnlyList<AccountItem> items) => items.Where(item => item.IsCalled(name) && isMeant(item)).ToArray();
    }
}
