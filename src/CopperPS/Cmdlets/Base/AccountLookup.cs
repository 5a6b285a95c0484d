using Copper.Client;
using Copper.Client.Metadata;
using Copper.Client.Relations;
using CopperPS.Binding;

namespace CopperPS.Cmdlets.Base;

/// <summary>What collecting fields may ask of the account, on the pipeline thread.</summary>
/// <param name="client">Whose account it is.</param>
/// <param name="names">Resolves names.</param>
/// <param name="records">Finds records by their names.</param>
/// <param name="related">The names of the records that were given.</param>
/// <param name="note">Notes the name of a record that was given.</param>
/// <param name="dateFormat">How the account writes days.</param>
/// <param name="wait">Waits for a request on the pipeline thread.</param>
/// <param name="warn">Writes a warning.</param>
/// <param name="isPreview">The user wants to see what would be done, or to be asked.</param>
/// <param name="isWhatIf">The user wants to see what would be done, and nothing is.</param>
internal sealed class AccountLookup(
    CopperClient client, NameResolver names, RecordLookup records, RelatedNames related,
    Func<CopperReference, string?, CopperReference> note, string dateFormat,
    Action<Func<CancellationToken, Task>> wait, Action<string> warn, Func<bool> isPreview,
    Func<bool> isWhatIf)
{
    public CopperClient Client => client;

    public NameResolver Names => names;

    public RecordLookup Records => records;

    /// <summary>The names of the records that were given, by which a change is described.</summary>
    public RelatedNames Related => related;

    /// <summary>How the account writes days, as a .NET format.</summary>
    public string DateFormat => dateFormat;

    /// <summary>The user wants to see what would be done, and nothing is.</summary>
    public bool IsWhatIf => isWhatIf();

    public void Warn(string message) => warn(message);

    public TResult Wait<TResult>(Func<CancellationToken, Task<TResult>> request)
    {
        TResult result = default!;
        wait(async token => result = await request(token).ConfigureAwait(false));
        return result;
    }

    /// <summary>
    /// The items of a list, for those who look at what would be done: it is read for them, so that what they see does not depend on what
    /// the session has read before. Null for nobody, and where the list cannot be had.
    /// </summary>
    public IReadOnlyList<AccountItem>? ItemsForPreview(AccountList list)
    {
        try
        {
            return isPreview() ? Wait(list.GetAsync) : null;
        }
        catch (CopperException)
        {
            return null;
        }
    }

    /// <summary>A reference whose id is found where it was given by name.</summary>
    /// <exception cref="InputRejectedException">A name is unknown or ambiguous.</exception>
    public CopperReference Resolve(CopperReference reference, string? entity) =>
        Wait(token => ResolveAsync(reference, entity, token));

    /// <inheritdoc cref="Resolve"/>
    public async Task<CopperReference> ResolveAsync(CopperReference reference, string? entity, CancellationToken cancellationToken) =>
        await records.ResolveAsync(
            await names.ResolveAsync(Own(reference), entity, cancellationToken).ConfigureAwait(false), entity, cancellationToken)
            .ConfigureAwait(false);

    /// <summary>A record of one of several kinds, which is found where it was given by name.</summary>
    /// <exception cref="InputRejectedException">The name is unknown or ambiguous.</exception>
    public CopperReference ResolveRelated(CopperReference reference, string? type, string[] allowed) =>
        Note(Wait(token => records.ResolveRelatedAsync(Own(reference), type, allowed, token)), type);

    /// <summary>The same reference, unless it is a record of another account, whose id means another record here.</summary>
    /// <exception cref="InputRejectedException">It is of another account.</exception>
    public CopperReference Own(CopperReference reference) => ReferenceRejections.Own(reference, client.Account);

    /// <summary>Notes the name of a record that was given.</summary>
    public CopperReference Note(CopperReference reference, string? entity) => note(reference, entity);
}
