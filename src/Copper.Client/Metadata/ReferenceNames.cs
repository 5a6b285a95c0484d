using Copper.Client.Entities;
using Copper.Client.Models;

namespace Copper.Client.Metadata;

/// <summary>
/// The names behind the ids in the records of one client, from the lists that it has cached. It does not keep the client alive, and
/// outlives it with what was loaded last. Sends nothing. Safe from any thread.
/// </summary>
internal sealed class ReferenceNames : INameSource
{
    private const string StageScope = "stage";

    private readonly WeakReference<MetadataCache> _cache;
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

    public ReferenceNames(MetadataCache cache) => _cache = new WeakReference<MetadataCache>(cache);

    /// <summary>The pipelines bring their stages, so that one request serves for both.</summary>
    public static NameList TableOf(NameList list) => list == NameList.PipelineStages ? NameList.Pipelines : list;

    /// <inheritdoc/>
    public string? NameOf(NameReference reference) =>
        Known(reference.List) is { } names && names.TryGetValue(KeyOf(reference), out var name) ? name : null;

    /// <summary>The list has the id, be it without a name.</summary>
    public bool Has(NameReference reference) => Known(reference.List)?.ContainsKey(KeyOf(reference)) == true;

    /// <summary>Tells records, and those within a conversion, where their names are.</summary>
    public void Attach(object? value)
    {
        switch (value)
        {
            case CopperRecord record:
                record.Attach(this);
                break;
            case IEnumerable<CopperRecord?> records:
                foreach (var record in records)
                {
                    record?.Attach(this);
                }

                break;
            case CopperLeadConversion conversion:
                conversion.Person?.Attach(this);
                conversion.Company?.Attach(this);
                conversion.Opportunity?.Attach(this);
                break;
        }
    }

    private static (string? Scope, long Id) KeyOf(NameReference reference) => (
        reference.List switch
        {
            NameList.PipelineStages => StageScope,
            NameList.ActivityTypes => reference.Category?.ToLowerInvariant() ?? CopperActivityType.UserCategory,
            _ => null,
        },
        reference.Id);

    private IReadOnlyDictionary<(string? Scope, long Id), string?>? Known(NameList list) =>
        _tables.TryGetValue(TableOf(list), out var table)
            ? table.Known(_cache.TryGetTarget(out var cache) ? cache : null)
            : null;
}
