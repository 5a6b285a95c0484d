using Copper.Client;
using Copper.Client.Metadata;
using Copper.Client.Models;

namespace CopperPS.Binding.Completers;

/// <summary>Offers the stages of the pipeline that was typed before; all stages when none was.</summary>
public sealed class StageCompleter : NameCompleter
{
    private protected override string EntityFor(TypedCommand command) => CopperEntityNames.PipelineStage;

    private protected override Task<IEnumerable<AccountItem>> AmongAsync(
        IReadOnlyList<AccountItem> items, CopperClient client, TypedCommand command, CancellationToken cancellationToken) =>
        OfTypedPipelinesAsync(items, client, command, cancellationToken);

    /// <summary>Set finds the stage in the pipeline that the opportunity has, and a search in each of those given.</summary>
    private protected override bool NameServesForSeveral(TypedCommand command) =>
        command.Verb.Equals("Set", StringComparison.OrdinalIgnoreCase) || (command.Verb.Equals("Get", StringComparison.OrdinalIgnoreCase)
            && command.References("Pipeline") is not null);

    /// <summary>The stages of the pipelines that were typed; everything when none was, or the items are no stages.</summary>
    internal static async Task<IEnumerable<AccountItem>> OfTypedPipelinesAsync(
        IReadOnlyList<AccountItem> items, CopperClient client, TypedCommand command, CancellationToken cancellationToken)
    {
        if (command.References("Pipeline") is not { } typed || items.All(static item => item.PipelineId is null))
        {
            return items;
        }

        var pipelines = await AccountList.Find(client.Metadata, CopperEntityNames.Pipeline)!
            .GetAsync(cancellationToken).ConfigureAwait(false);
        var meant = pipelines.Where(pipeline => typed.Any(reference => reference.Id == pipeline.Id || (reference.Name is { } name
            && pipeline.IsCalled(name)))).Select(static pipeline => (long?)pipeline.Id).ToArray();
        return items.Where(item => meant.Contains(item.PipelineId));
    }
}
