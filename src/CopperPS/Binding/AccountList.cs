using System.Runtime.CompilerServices;
using Copper.Client;
using Copper.Client.Metadata;
using Copper.Client.Models;

namespace CopperPS.Binding;

/// <summary>A list of the account by which names stand for ids. It is read once per session, and then kept.</summary>
internal sealed class AccountList
{
    /// <summary>The words for what is listed, as <see cref="MemberAttribute.Entity"/> has them.</summary>
    public static readonly IReadOnlyList<string> Entities =
    [
        "user", "contact type", "customer source", "loss reason", "lead status", "pipeline", "pipeline stage", "activity type", "custom activity type",
        "custom field definition",
    ];

    /// <summary>What was made of a list that the session keeps, for as long as it keeps it.</summary>
    private static readonly ConditionalWeakTable<object, IReadOnlyList<AccountItem>> Made = new();

    private readonly Func<bool> _isKept;
    private readonly Func<CancellationToken, Task<IReadOnlyList<AccountItem>>> _get;
    private readonly Action _forget;

    private AccountList(string itemName, Func<bool> isKept, Func<CancellationToken, Task<IReadOnlyList<AccountItem>>> get, Action forget)
    {
        ItemName = itemName;
        _isKept = isKept;
        _get = get;
        _forget = forget;
    }

    /// <summary>What one of the items is called.</summary>
    public string ItemName { get; }

    /// <summary>The session has the list already.</summary>
    public bool IsKept => _isKept();

    /// <summary>The list of things of this kind; null when the account has no such list.</summary>
    public static AccountList? Find(CopperClient client, string? entity)
    {
        var metadata = client.Metadata;
        return entity switch
        {
            "user" => From(metadata.Users),
            "contact type" => From(metadata.ContactTypes),
            "customer source" => From(metadata.CustomerSources),
            "loss reason" => From(metadata.LossReasons),
            "lead status" => From(metadata.LeadStatuses),
            "pipeline" => From(metadata.Pipelines),

            // The pipelines bring their stages, so that one request serves for both.
            "pipeline stage" => From(metadata.Pipelines, entity, static pipelines =>
                pipelines.SelectMany(static pipeline => pipeline.Stages.Select(stage => AccountItem.Of(stage, pipeline)))),
            "activity type" => From(metadata.ActivityTypes),
            "custom activity type" => From(metadata.CustomActivityTypes),
            "custom field definition" => From(metadata.CustomFieldDefinitions),
            _ => null,
        };
    }

    public Task<IReadOnlyList<AccountItem>> GetAsync(CancellationToken cancellationToken) => _get(cancellationToken);

    /// <summary>The next call asks the service again.</summary>
    public void Forget() => _forget();

    private static AccountList From<T>(MetadataList<T> list)
        where T : class, ICopperRecord, INamed => new(
            list.ItemName,
            () => list.Peek() is not null,
            async token => Made.GetValue(await list.GetAsync(token).ConfigureAwait(false), static kept => ((IReadOnlyList<T>)kept).Select(static item => AccountItem.Of(item)).ToArray()),
            list.Forget);

    private static AccountList From<T>(MetadataList<T> list, string itemName, Func<IReadOnlyList<T>, IEnumerable<AccountItem>> itemsOf)
        where T : class => new(
            itemName,
            () => list.Peek() is not null,
            async token => itemsOf(await list.GetAsync(token).ConfigureAwait(false)).ToArray(),
            list.Forget);
}
