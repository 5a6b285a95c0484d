using Copper.Client.Models;
using CopperPS.Binding;

namespace CopperPS.Cmdlets.Base;

/// <summary>How the names of one kind of thing are resolved where a list alone does not tell: a stage means one of the pipeline.</summary>
/// <typeparam name="T">The model.</typeparam>
internal interface IReferenceRule<in T>
    where T : class, ICopperRecord
{
    /// <summary>The id, when it can be told without the record as it stands; false when the rule has added a step that tells it.</summary>
    /// <exception cref="Copper.Client.Metadata.InputRejectedException">A name is unknown or ambiguous.</exception>
    bool TryResolve(CopperReference reference, out long? id);

    /// <summary>Resolves the name in an edited cell, knowing the record as it stands.</summary>
    Task<CopperReference> ResolveAsync(CopperReference name, T present, CancellationToken cancellationToken);
}
