using Copper.Client;

namespace CopperPS.Binding.Completers;

/// <summary>Offers the account's tags.</summary>
public sealed class TagCompleter : AccountCompleter
{
    private protected override async Task<IEnumerable<Suggestion>> SuggestAsync(
        CopperClient client, TypedCommand command, CancellationToken cancellationToken) =>
        (await client.Metadata.Tags.GetAsync(cancellationToken).ConfigureAwait(false))
            .Where(static tag => !string.IsNullOrEmpty(tag.Name))
            .Select(static tag => new Suggestion(tag.Name!, $"{tag.Name} ({tag.Count} records)"));
}
