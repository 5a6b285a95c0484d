using Copper.Client.Models;

namespace Copper.Client.Metadata;

/// <summary>
/// The names behind ids, from the lists that a client has loaded between two times that its cache was cleared. After that, and after the
/// end of the client, they stay. Sends nothing. Safe from any thread.
/// </summary>
/// <param name="generation">The lists.</param>
/// <param name="account">The client's account.</param>
internal sealed class ListedNames(MetadataGeneration generation, RecordAccount account) : INameSource
{
    private const string StageScope = "stage";

    private readonly Dictionary<NameList, NameTable> _tables = new()
    {
        [NameList.Users] = new NameTable<CopperUser>(
            CopperEntities.User.Path, static user => [(null, user.Id, user.Name is { Length: > 0 } name ? name : user.Email)]),
        [NameList.ContactTypes] = new NameTable<CopperContactType>(
            CopperEntities.ContactType.Path, static type => [(null, type.Id, type.Name)]),
        [NameList.CustomerSources] = new NameTable<CopperCustomerSource>(
            CopperEntities.CustomerSource.Path, static source => [(null, source.Id, source.Name)]),
        [NameList.LossReasons] = new NameTable<CopperLossReason>(
            CopperEntities.LossReason.Path, static reason => [(null, reason.Id, reason.Name)]),
        [NameList.LeadStatuses] = new NameTable<CopperLeadStatus>(
            CopperEntities.LeadStatus.Path, static status => [(null, status.Id, status.Name)]),
        [NameList.Pipelines] = new NameTable<CopperPipeline>(CopperEntities.Pipeline.Path, static pipeline =>
            [(null, pipeline.Id, pipeline.Name), .. pipeline.Stages.Select(static stage => ((string?)StageScope, stage.Id, stage.Name))]),
        [NameList.ActivityTypes] = new NameTable<CopperActivityType>(
            CopperEntities.ActivityType.Path, static type => [(type.Category?.ToLowerInvariant(), type.Id, type.Name)]),
        [NameList.CustomActivityTypes] = new NameTable<CopperCustomActivityType>(
            CopperEntities.CustomActivityType.Path, static type => [(null, type.Id, type.Name)]),
        [NameList.CustomFieldDefinitions] = new NameTable<CopperCustomFieldDefinition>(
            CopperEntities.CustomFieldDefinition.Path, static field => [(null, field.Id, field.Name)]),
    };

    /// <summary>The cache was not cleared since.</summary>
    public bool IsOf(MetadataGeneration current) => ReferenceEquals(generation, current);

    /// <inheritdoc/>
    public RecordAccount? Account => account;

    /// <inheritdoc/>
    public string? NameOf(NameReference reference) =>
        Known(reference.List) is { } names && names.TryGetValue(KeyOf(reference), out var name) ? name : null;

    /// <summary>The list has the id, be it without a name.</summary>
    public bool Has(NameReference reference) => Known(reference.List)?.ContainsKey(KeyOf(reference)) == true;

    private static (string? Scope, long Id) KeyOf(NameReference reference) => (
        reference.List switch
        {
            NameList.PipelineStages => StageScope,
            NameList.ActivityTypes => reference.Category?.ToLowerInvariant() ?? CopperActivityType.UserCategory,
            _ => null,
        },
        reference.Id);

    private IReadOnlyDictionary<(string? Scope, long Id), string?>? Known(NameList list) =>
        _tables.TryGetValue(ReferenceNames.TableOf(list), out var table) ? table.Known(generation) : null;
}
