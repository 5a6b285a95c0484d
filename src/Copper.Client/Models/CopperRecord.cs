using System.Globalization;

namespace Copper.Client.Models;

/// <summary>
/// What records have in common: two are equal when their entity and their id are, whatever else they hold. A pointer to a record,
/// such as what a task belongs to, equals the record.
/// </summary>
/// <remarks>
/// So <c>Distinct</c>, <c>Contains</c> and dictionaries tell two people of one name apart. There is an order too, by text and then by id,
/// for languages that sort and compare objects as they are.
/// </remarks>
[System.Diagnostics.CodeAnalysis.SuppressMessage(
    "Design",
    "CA1036:Override methods on comparable types",
    Justification = "The order is for sorting only: a record is not less than another.")]
public abstract class CopperRecord : IComparable
{
    /// <summary>Stands for the entity of a pointer that names none.</summary>
    private protected const string UnknownEntity = "record";

    private protected CopperRecord()
    {
    }

    /// <summary>Where the names behind the ids are; null for a record that no client has read.</summary>
    internal INameSource? NameSource { get; private set; }

    /// <summary>The records within this one: what it belongs to, the stages of a pipeline.</summary>
    private protected virtual IEnumerable<CopperRecord?> Parts => [];

    /// <summary>The ids whose names the record shows.</summary>
    internal virtual IEnumerable<NameReference> NameReferences => [];

    /// <summary>The other records that the record names by their ids, where it has a place for their names.</summary>
    internal virtual IEnumerable<RecordPointer> Pointers => [];

    private ICopperRecord Self => (ICopperRecord)this;

    /// <summary>What tells the record apart from others of its entity and id; null where the id is enough.</summary>
    private protected virtual string? Scope => null;

    /// <summary>The id tells which record it is. Zero is what a record has that was not read from the service.</summary>
    private protected virtual bool IsIdentified => Self.Id != 0;

    /// <summary>Both are one record, or neither is there.</summary>
    public static bool operator ==(CopperRecord? left, CopperRecord? right) => Equals(left, right);

    /// <summary>They are different records.</summary>
    public static bool operator !=(CopperRecord? left, CopperRecord? right) => !Equals(left, right);

    /// <summary>The other is a record of the same entity with the same id.</summary>
    public override bool Equals(object? obj) =>
        ReferenceEquals(this, obj)
        || (obj is CopperRecord other
            && IsIdentified
            && Self.Id == other.Self.Id
            && IsKnown(Self.GetEntityType())
            && string.Equals(Self.GetEntityType(), other.Self.GetEntityType(), StringComparison.OrdinalIgnoreCase)
            && string.Equals(Scope, other.Scope, StringComparison.OrdinalIgnoreCase));

    /// <inheritdoc/>
    public override int GetHashCode() => Self.Id.GetHashCode();

    /// <summary>Zero for the same record; else the order of the texts, and of the ids for those of one text.</summary>
    /// <exception cref="ArgumentException">The other is no record.</exception>
    int IComparable.CompareTo(object? obj)
    {
        switch (obj)
        {
            case null:
                return 1;
            case CopperRecord other when Equals(other):
                return 0;
            case CopperRecord other:
                var order = CultureInfo.CurrentCulture.CompareInfo.Compare(ToString(), other.ToString(), CompareOptions.IgnoreCase);
                order = order != 0 ? order : string.CompareOrdinal(Self.GetEntityType(), other.Self.GetEntityType());
                order = order != 0 ? order : Self.Id.CompareTo(other.Self.Id);
                return order != 0 ? order : 1;
            default:
                throw new ArgumentException("A record has an order among records only.", nameof(obj));
        }
    }

    /// <summary>
    /// The account that the record was read from; null for one that was not read by a client: from a file, or created by a program.
    /// </summary>
    /// <remarks>A method, since a property would be shown among the record's own members.</remarks>
    [System.ComponentModel.EditorBrowsable(System.ComponentModel.EditorBrowsableState.Never)]
    public RecordAccount? GetAccount() => NameSource?.Account;

    /// <summary>Tells the record where its names are, and of which account it is.</summary>
    internal virtual void Attach(INameSource source)
    {
        NameSource = source;
        foreach (var part in Parts)
        {
            part?.Attach(source);
        }
    }

    /// <summary>The records that a response was read into: one, several, or those within a conversion.</summary>
    internal static IEnumerable<CopperRecord?> In(object? value) => value switch
    {
        CopperRecord record => [record],
        IEnumerable<CopperRecord?> records => records,
        CopperLeadConversion conversion => [conversion.Person, conversion.Company, conversion.Opportunity],
        _ => [],
    };

    /// <summary>The name behind an id; null where the client has not read the list, or the list does not have the id.</summary>
    private protected string? NameOf(NameList list, long? id) =>
        id is { } number ? NameSource?.NameOf(new NameReference(list, number)) : null;

    /// <summary>The references of a record, without those that have no id.</summary>
    private protected static IEnumerable<NameReference> References(params (NameList List, long? Id)[] ids)
    {
        foreach (var (list, id) in ids)
        {
            if (id is { } number)
            {
                yield return new NameReference(list, number);
            }
        }
    }

    /// <summary>A pointer whose entity the service did not name points to nothing certain.</summary>
    private static bool IsKnown(string entity) => entity != UnknownEntity;
}
