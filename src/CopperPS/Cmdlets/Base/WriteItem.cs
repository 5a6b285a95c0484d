using CopperPS.Binding;

namespace CopperPS.Cmdlets.Base;

/// <summary>The current item of a writer, as it was given.</summary>
internal sealed class WriteItem
{
    private WriteItem(object? given, CopperReference? record, RecordRow? row)
    {
        Given = given;
        Record = record;
        Row = row;
    }

    /// <summary>A row, a record, an id; null when nothing but parameters was given.</summary>
    public object? Given { get; }

    /// <summary>The item when it is a record: only what was typed is meant, and the record itself.</summary>
    public CopperReference? Record { get; }

    /// <summary>The item when it is a row: its columns are meant.</summary>
    public RecordRow? Row { get; }

    /// <summary>What the pipeline brought for a new record.</summary>
    /// <param name="input">A record, a row, or nothing.</param>
    /// <param name="isAbout">
    /// Columns of a record that lost its type, by its kind: they stand for the record, not for values of the new one.
    /// </param>
    public static WriteItem OfNew(object? input, Func<RecordOrigin, bool>? isAbout = null)
    {
        var reference = input is null ? null : CopperReference.From(input);
        var row = RecordRow.From(input);
        return reference is { IsRecord: true } || (reference is { Id: > 0 } && row is not null && isAbout?.Invoke(row.Origin) == true)
            ? new WriteItem(input, reference, null)
            : new WriteItem(input, null, row);
    }

    /// <summary>A record to update.</summary>
    /// <param name="reference">What -Id was given.</param>
    /// <param name="idWasTyped">It was typed, so that neither a record nor a row brings values.</param>
    /// <param name="takesRows">The cmdlet has fields that a row can fill.</param>
    public static WriteItem OfExisting(CopperReference? reference, bool idWasTyped, bool takesRows) => new(
        reference?.Source,
        reference is { IsRecord: true } && !idWasTyped ? reference : null,
        idWasTyped || !takesRows ? null : RecordRow.From(reference?.Source));
}
