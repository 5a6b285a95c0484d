using Copper.Client.Metadata;

namespace CopperPS.Binding;

/// <summary>Resolves references that were given by name; see <see cref="NameResolver"/>.</summary>
internal static class ReferenceResolution
{
    /// <summary>
    /// The same reference with its id. One that has an id already, or whose kind has no list of names, comes back as it is.
    /// </summary>
    /// <param name="resolver">The names of the account.</param>
    /// <param name="reference">What was given.</param>
    /// <param name="entity">What is meant.</param>
    /// <param name="cancellationToken">Ends the look-up.</param>
    /// <param name="among">The items that may be meant; all of them without it.</param>
    /// <exception cref="InputRejectedException">No item has the name, or several have.</exception>
    public static async Task<CopperReference> ResolveAsync(
        this NameResolver resolver, CopperReference reference, string? entity, CancellationToken cancellationToken,
        Func<AccountItem, bool>? among = null) =>
        entity is null || string.IsNullOrEmpty(reference.Name) || !AccountList.Entities.Contains(entity)
            ? reference
            : reference.WithId(
                await resolver
                    .ResolveAsync(reference.Name!, entity, reference.Source, among, cancellationToken)
                    .ConfigureAwait(false));

    /// <summary>The stages that have the name of the reference.</summary>
    /// <exception cref="InputRejectedException">No stage has the name, or none of these pipelines has such a stage.</exception>
    public static Task<StageChoice> FindStagesAsync(
        this NameResolver resolver, CopperReference stage, IReadOnlyCollection<long>? pipelines, CancellationToken cancellationToken) =>
        resolver.FindStagesAsync(stage.Name!, pipelines, stage.Source, cancellationToken);
}
