using System.Globalization;
using Copper.Client.Json;
using Copper.Client.Models;

namespace Copper.Data.ChangeFeed;

/// <summary>One record that has changed since the last run.</summary>
public sealed class CopperChange
{
    internal CopperChange(CopperChangeKind change, string entity, long id)
    {
        Change = change;
        Entity = entity;
        Id = id;
    }

    /// <summary>What happened.</summary>
    public CopperChangeKind Change { get; }

    /// <summary>The entity, in the API's singular word.</summary>
    public string Entity { get; }

    /// <summary>The id of the record.</summary>
    public long Id { get; }

    /// <summary>The name of the record; of a deleted one, as it was known last.</summary>
    public string? Name { get; internal init; }

    /// <summary>When it was last updated, by the service's clock (UTC); null where that is not known, and for a deleted one.</summary>
    public DateTimeOffset? Modified { get; internal init; }

    /// <summary>The record as it is; null for a deleted one.</summary>
    public ICopperRecord? Record { get; internal init; }

    /// <summary>
    /// What the values that differ were when the last run read them; null for a record that is new, and for a deleted one that only runs
    /// have read that did not end.
    /// </summary>
    public CopperChangedValues? Before { get; internal init; }

    /// <summary>
    /// What they are now; null for a new record, of which <see cref="Record"/> has all, and for a deleted one. Empty for one that was
    /// modified and holds what it held before.
    /// </summary>
    public CopperChangedValues? After { get; internal init; }

    /// <summary>The account that the record is of.</summary>
    /// <remarks>A method, since a property would be shown among the change's own members.</remarks>
    [System.ComponentModel.EditorBrowsable(System.ComponentModel.EditorBrowsableState.Never)]
    public RecordAccount? GetAccount() => Account;

    internal RecordAccount? Account { get; init; }

    /// <summary>The names of the properties that differ. The list's text is all of them, joined by <c>; </c>.</summary>
    public IReadOnlyList<string> Properties => new CopperList<string>(After?.Keys ?? Enumerable.Empty<string>());

    /// <summary>For example <c>Changed person 7 'Ada': Title</c>.</summary>
    public override string ToString() => string.Format(
        CultureInfo.InvariantCulture, "{0} {1} {2} '{3}'{4}", Change, Entity, Id, Name, After is { Count: > 0 }
            ? ": " + string.Join(", ", Properties)
            : string.Empty);
}
