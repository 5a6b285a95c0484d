using Copper.Client;
using Copper.Client.Metadata;
using CopperPS.Binding;

namespace CopperPS.Cmdlets.Base;

/// <summary>What collecting fields may ask of the account, on the pipeline thread.</summary>
/// <param name="client">Whose account it is.</param>
/// <param name="names">Resolves names.</param>
/// <param name="records">Finds records by their names.</param>
/// <param name="dateFormat">How the account writes days.</param>
/// <param name="wait">Waits for a request on the pipeline thread.</param>
/// <param name="warn">Writes a warning.</param>
internal sealed class AccountLookup(
    CopperClient client, NameResolver names, RecordLookup records, string dateFormat, Action<Func<CancellationToken, Task>> wait,
    Action<string> warn)
{
    public CopperClient Client => client;

    public NameResolver Names => names;

    public RecordLookup Records => records;

    /// <summary>How the account writes days, as a .NET format.</summary>
    public string DateFormat => dateFormat;

    public void Warn(string message) => warn(message);

    public TResult Wait<TResult>(Func<CancellationToken, Task<TResult>> request)
    {
        TResult result = default!;
        wait(async token => result = await request(token).ConfigureAwait(false));
        return result;
    }

    /// <summary>A reference whose id is found where it was given by name.</summary>
    /// <exception cref="InputRejectedException">A name is unknown or ambiguous.</exception>
    public CopperReference Resolve(CopperReference reference, string? entity) =>
        Wait(token => ResolveAsync(reference, entity, token));

    /// <inheritdoc cref="Resolve"/>
    public async Task<CopperReference> ResolveAsync(CopperReference reference, string? entity, CancellationToken cancellationToken) =>
        await records.ResolveAsync(
            await names.ResolveAsync(reference, entity, cancellationToken).ConfigureAwait(false), entity, cancellationToken)
            .ConfigureAwait(false);

    /// <summary>A record of one of several kinds, which is found where it was given by name.</summary>
    /// <exception cref="InputRejectedException">The name is unknown or ambiguous.</exception>
    public CopperReference ResolveRelated(CopperReference reference, string? type, string[] allowed) =>
        Wait(token => records.ResolveRelatedAsync(reference, type, allowed, token));
}
