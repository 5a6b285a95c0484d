using System.ComponentModel;
using System.Runtime.CompilerServices;
using Copper.Client.Models;

namespace Copper.Client.Metadata;

/// <summary>A list of the account by which names stand for ids. It is read once per client, and then cached.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public sealed class AccountList
{
    /// <summary>The words for what is listed, in the API's singular spelling.</summary>
    public static readonly IReadOnlyList<string> Entities =
    [
        CopperEntityNames.User, CopperEntityNames.ContactType, CopperEntityNames.CustomerSource, CopperEntityNames.LossReason,
        CopperEntityNames.LeadStatus, CopperEntityNames.Pipeline, CopperEntityNames.PipelineStage,
        CopperEntityNames.ActivityType, CopperEntityNames.CustomActivityType, CopperEntityNames.CustomFieldDefinition,
    ];

    /// <summary>The items of a cached list, for as long as it is cached.</summary>
    private static readonly ConditionalWeakTable<object, IReadOnlyList<AccountItem>> Items = new();

    private readonly Func<bool> _isCached;
    private readonly Func<CancellationToken, Task<IReadOnlyList<AccountItem>>> _get;
    private readonly Action _invalidate;

    private AccountList(
        string itemName, Func<bool> isCached, Func<CancellationToken, Task<IReadOnlyList<AccountItem>>> get, Action invalidate)
    {
        ItemName = itemName;
        _isCached = isCached;
        _get = get;
        _invalidate = invalidate;
    }

    /// <summary>What one of the items is called.</summary>
    public string ItemName { get; }

    /// <summary>The list is cached.</summary>
    public bool IsCached => _isCached();

    /// <summary>The list of things of this kind; null when the account has no such list.</summary>
    public static AccountList? Find(CopperMetadata metadata, string? entity) => entity switch
    {
        CopperEntityNames.User => From(metadata.Users),
        CopperEntityNames.ContactType => From(metadata.ContactTypes),
        CopperEntityNames.CustomerSource => From(metadata.CustomerSources),
        CopperEntityNames.LossReason => From(metadata.LossReasons),
        CopperEntityNames.LeadStatus => From(metadata.LeadStatuses),
        CopperEntityNames.Pipeline => From(metadata.Pipelines),

        // The pipelines bring their stages, so that one request serves for both.
        CopperEntityNames.PipelineStage => From(metadata.Pipelines, entity, static pipelines =>
            pipelines.SelectMany(static pipeline => pipeline.Stages.Select(stage => AccountItem.Of(stage, pipeline)))),
        CopperEntityNames.ActivityType => From(metadata.ActivityTypes),
        CopperEntityNames.CustomActivityType => From(metadata.CustomActivityTypes),
        CopperEntityNames.CustomFieldDefinition => From(metadata.CustomFieldDefinitions),
        _ => null,
    };

    /// <summary>The items; from the cache when they are there.</summary>
    public Task<IReadOnlyList<AccountItem>> GetAsync(CancellationToken cancellationToken) => _get(cancellationToken);

    /// <summary>The next call reads the list again.</summary>
    public void Invalidate() => _invalidate();

    private static AccountList From<T>(MetadataList<T> list)
        where T : class, ICopperRecord, INamed => new(
            list.ItemName,
            () => list.Peek() is not null,
            async token => Items.GetValue(
                await list.GetAsync(token).ConfigureAwait(false),
                static cached => ((IReadOnlyList<T>)cached).Select(static item => AccountItem.Of(item)).ToArray()),
            list.Forget);

    private static AccountList From<T>(MetadataList<T> list, string itemName, Func<IReadOnlyList<T>, IEnumerable<AccountItem>> itemsOf)
        where T : class => new(
            itemName,
            () => list.Peek() is not null,
            async token => itemsOf(await list.GetAsync(token).ConfigureAwait(false)).ToArray(),
            list.Forget);
}
