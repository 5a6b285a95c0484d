using Copper.Client;
using Copper.Client.Crm;
using Copper.Client.Crm.Metadata;
using CopperPS.Abstractions;
using CopperPS.Pipeline;

namespace CopperPS.Binding;

/// <summary>
/// Finds the id behind the name of something in the account. Names compare without case; a list is read once per session,
/// and once more when a name is not in it, since it may be new.
/// </summary>
internal static class NameResolver
{
    /// <summary>The same reference with its id. One that has an id already, or whose kind has no list of names, comes back as it is.</summary>
    /// <param name="client">Whose account it is.</param>
    /// <param name="reference">What was given.</param>
    /// <param name="entity">What was meant.</param>
    /// <param name="cancellationToken">Ends the look-up.</param>
    /// <exception cref="RefusedException">No item has the name, or several have.</exception>
    public static Task<CopperReference> ResolveAsync(CopperClient client, CopperReference reference, string? entity, CancellationToken cancellationToken)
    {
        var metadata = client.Metadata;
        return reference.Name is null or "" ? Task.FromResult(reference) : entity switch
        {
            "user" => ResolveAsync(metadata.Users, static user => [user.Name, user.Email], reference, cancellationToken),
            "contact type" => ResolveAsync(metadata.ContactTypes, static item => [item.Name], reference, cancellationToken),
            "customer source" => ResolveAsync(metadata.CustomerSources, static item => [item.Name], reference, cancellationToken),
            "loss reason" => ResolveAsync(metadata.LossReasons, static item => [item.Name], reference, cancellationToken),
            "lead status" => ResolveAsync(metadata.LeadStatuses, static item => [item.Name], reference, cancellationToken),
            "pipeline" => ResolveAsync(metadata.Pipelines, static item => [item.Name], reference, cancellationToken),
            "pipeline stage" => ResolveAsync(metadata.PipelineStages, static item => [item.Name], reference, cancellationToken),
            _ => Task.FromResult(reference),
        };
    }

    private static async Task<CopperReference> ResolveAsync<T>(MetadataList<T> list, Func<T, string?[]> namesOf, CopperReference reference, CancellationToken cancellationToken)
        where T : class, ICopperRecord
    {
        var known = list.Peek() is not null;
        var items = await list.GetAsync(cancellationToken).ConfigureAwait(false);
        var found = Find();
        if (found.Length == 0 && known)
        {
            list.Forget();
            items = await list.GetAsync(cancellationToken).ConfigureAwait(false);
            found = Find();
        }

        return found.Length == 1
            ? reference.WithId(found[0].Id)
            : throw new RefusedException(found.Length == 0
                ? ErrorRecords.UnknownName(reference, list.ItemName, items.Select(item => namesOf(item)[0] ?? string.Empty))
                : ErrorRecords.AmbiguousName(reference, list.ItemName, found.Select(static item => item.Id)));

        T[] Find() => items.Where(item => namesOf(item).Any(name => string.Equals(name?.Trim(), reference.Name, StringComparison.OrdinalIgnoreCase))).ToArray();
    }
}
