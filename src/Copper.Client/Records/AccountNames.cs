using System.Collections;
using Copper.Client.CustomFields;
using Copper.Client.Metadata;
using Copper.Client.Models;

namespace Copper.Client;

/// <summary>
/// Completes typed fields and criteria from the lists of the account. One for each write or search: it reads a list at most once more for
/// a name that is new.
/// </summary>
/// <param name="metadata">The lists of the account.</param>
/// <param name="dayFirst">The account writes the day before the month.</param>
/// <param name="loadsNames">Records are returned with the names behind their ids.</param>
internal sealed class AccountNames(CopperMetadata metadata, bool dayFirst, bool loadsNames) : IAccountNames
{
    private readonly NameResolver _names = new(metadata);

    /// <inheritdoc/>
    /// <remarks>developer.copper.com/opportunities/create-a-new-opportunity, close_date.</remarks>
    public string DateFormat { get; } = dayFirst ? "dd/MM/yyyy" : "MM/dd/yyyy";

    /// <inheritdoc/>
    public Task LoadNamesAsync(IEnumerable<ICopperRecord?> records, CancellationToken cancellationToken) =>
        loadsNames ? new RecordNameLoader(metadata).LoadAsync(records, cancellationToken) : Task.CompletedTask;

    /// <inheritdoc/>
    public Task<long> FindIdAsync(string name, string entity, CancellationToken cancellationToken) =>
        _names.ResolveAsync(name, entity, cancellationToken: cancellationToken);

    /// <inheritdoc/>
    public async Task<(long Id, long? PipelineId)> FindStageAsync(string name, long? pipeline, CancellationToken cancellationToken)
    {
        var choice = await _names
            .FindStagesAsync(name, pipeline is { } one ? [one] : null, cancellationToken: cancellationToken).ConfigureAwait(false);
        var stage = choice.In(pipeline);
        return (stage.Id, stage.PipelineId);
    }

    /// <inheritdoc/>
    public async Task<IEnumerable<long>> FindStagesAsync(
        string name, IReadOnlyCollection<long>? pipelines, CancellationToken cancellationToken)
    {
        var choice = await _names.FindStagesAsync(name, pipelines, cancellationToken: cancellationToken).ConfigureAwait(false);
        return choice.Found.Select(static stage => stage.Id);
    }

    /// <inheritdoc/>
    public async Task<(string? Category, long Id)> FindActivityTypeAsync(
        string name, string? category, CancellationToken cancellationToken)
    {
        var type = await _names.FindActivityTypeAsync(name, category, cancellationToken: cancellationToken).ConfigureAwait(false);
        return (type.Category, type.Id);
    }

    /// <inheritdoc/>
    public Task<object[]> GetFieldsAsync(string entity, IDictionary values, CancellationToken cancellationToken) =>
        new CustomFieldResolver(metadata, entity).ForWritingAsync(values, cancellationToken);

    /// <inheritdoc/>
    public Task<object[]> GetCriteriaAsync(string entity, IDictionary values, CancellationToken cancellationToken) =>
        new CustomFieldResolver(metadata, entity).ForSearchingAsync(values, cancellationToken);
}
