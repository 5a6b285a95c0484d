using System.Globalization;
using Copper.Client;
using Copper.Client.Metadata;

namespace CopperPS.Binding.Completers;

/// <summary>
/// Offers the names of things of one kind. A name that several have, or that looks like an id, is offered as the id that tells it
/// apart.
/// </summary>
public abstract class NameCompleter : AccountCompleter
{
    private protected NameCompleter()
    {
    }

    /// <summary>The word for what is listed; null for nothing.</summary>
    private protected abstract string? EntityFor(TypedCommand command);

    /// <summary>The items that the command can mean.</summary>
    private protected virtual Task<IEnumerable<AccountItem>> AmongAsync(
        IReadOnlyList<AccountItem> items, CopperClient client, TypedCommand command, CancellationToken cancellationToken) =>
        Task.FromResult<IEnumerable<AccountItem>>(items);

    /// <summary>A name serves although several have it.</summary>
    private protected virtual bool NameServesForSeveral(TypedCommand command) => false;

    private protected override async Task<IEnumerable<Suggestion>> SuggestAsync(
        CopperClient client, TypedCommand command, CancellationToken cancellationToken)
    {
        if (AccountList.Find(client.Metadata, EntityFor(command)) is not { } list)
        {
            return [];
        }

        var all = await list.GetAsync(cancellationToken).ConfigureAwait(false);
        var items = await AmongAsync(all, client, command, cancellationToken).ConfigureAwait(false);
        return items
            .Where(static item => item.Name.Length > 0)
            .GroupBy(static item => item.Name, StringComparer.OrdinalIgnoreCase)
            .SelectMany(same => NameServesForSeveral(command) ? [Several([.. same])] : same.Select(item => One(item, !same.Skip(1).Any())));
    }

    private static Suggestion One(AccountItem item, bool isUnique)
    {
        var named = item.OtherName is null ? item.Name : $"{item.Name} <{item.OtherName}>";
        var toolTip = $"{named} (id {item.Key}{(item.PipelineId is null ? string.Empty : $", pipeline {item.Place}")})";

        // A user is found by the address as well as by the name.
        return isUnique && !IsNumber(item.Name)
            ? new Suggestion(item.Name, toolTip, item.OtherName is null ? null : named)
            : new Suggestion(item.OtherName ?? item.Key, toolTip, item.OtherName is null
                && item.Place is not null ? $"{item.Name} ({item.Place})" : named);
    }

    private static Suggestion Several(IReadOnlyList<AccountItem> same) => new(
        same[0].Name,
        $"{same[0].Name} ({string.Join("; ", same.Select(Describe))})");

    private static string Describe(AccountItem item) =>
        item.PipelineId is null ? $"id {item.Key}" : $"id {item.Key}, pipeline {item.Place}";

    private static bool IsNumber(string name) => long.TryParse(name, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out _);
}
