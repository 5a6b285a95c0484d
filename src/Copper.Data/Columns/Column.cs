using Copper.Client.Models;

namespace Copper.Data.Columns;

/// <summary>
/// One column of a flat record, for both ways: what stands in it for a record, and how a cell of it becomes a field of the request
/// body.
/// </summary>
public sealed class Column
{
    private readonly Func<ICopperRecord, RecordNames, object?> _read;

    internal Column(string name, ColumnKind kind, string? field, Func<ICopperRecord, RecordNames, object?> read)
    {
        Name = name;
        Kind = kind;
        Field = field;
        Properties = [name];
        _read = read;
        Member = string.Concat(name.Select(static (letter, place) =>
            char.IsUpper(letter) ? (place > 0 ? "_" : string.Empty) + char.ToLowerInvariant(letter) : letter.ToString()));
    }

    /// <summary>The heading.</summary>
    public string Name { get; }

    /// <summary>What the column holds.</summary>
    public ColumnKind Kind { get; }

    /// <summary>The member of the request body that is written from the column; null when nothing is.</summary>
    public string? Field { get; }

    /// <summary>The properties of the model that the column shows.</summary>
    public IReadOnlyList<string> Properties { get; internal init; }

    /// <summary>Why nothing is written from the column, in a sentence; null when it is written.</summary>
    public string? WhyReadOnly { get; internal init; }

    /// <summary>
    /// The service changes it by itself, or it tells which record is meant: a file that shows another value says nothing by it.
    /// </summary>
    public bool IsServerSet { get; internal init; }

    /// <summary>The service sets it once for each record; in an export of the record another value is an edit.</summary>
    public bool IsSetOnce { get; internal init; }

    /// <summary>The words that the field takes, in the API's spelling; empty when it takes any text.</summary>
    public IReadOnlyList<string> Words { get; internal init; } = [];

    /// <summary>The column can be written.</summary>
    public bool CanBeWritten => WhyReadOnly is null;

    /// <summary>The list whose names the column shows.</summary>
    public NameList List { get; internal init; }

    /// <summary>The entity of the record that the column points to, in the API's singular word; null when it points to none.</summary>
    public string? Target { get; internal init; }

    /// <summary>The place in a list of e-mail addresses, phone numbers and the like, from 0.</summary>
    public int Place { get; internal init; }

    /// <summary>The column shows all that is left of such a list from its place on.</summary>
    public bool TakesRest { get; internal init; }

    /// <summary>The id whose name the column shows, and for types of activities the category that the id belongs to.</summary>
    internal Func<ICopperRecord, (long? Id, string? Category)>? Reference { get; init; }

    /// <summary>The member of a record that has the column's name, as the service spells it: date_created for DateCreated.</summary>
    internal string Member { get; }

    /// <summary>What stands in the column for a record: text, a number, true or false; null for nothing.</summary>
    /// <param name="record">The record, of the entity that has the column.</param>
    /// <param name="names">The names behind ids; those that the record needs are loaded, see <see cref="RecordNames"/>.</param>
    public object? Read(ICopperRecord record, RecordNames names) => _read(record, names);

    /// <inheritdoc/>
    public override string ToString() => Name;
}
