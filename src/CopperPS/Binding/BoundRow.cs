using System.Management.Automation;

namespace CopperPS.Binding;

/// <summary>
/// The row that PowerShell is binding. It binds a whole object (-InputObject, -Id) before the properties of it, and reports an error
/// about one of those without telling which row it is about: the command never sees the row.
/// </summary>
internal static class BoundRow
{
    /// <summary>A pipeline binds on one thread, and commands in other runspaces on theirs.</summary>
    [ThreadStatic]
    private static object? _current;

    /// <summary>Remembers an item of the pipeline that has properties; a text or a number has none that matter.</summary>
    public static void Note(object? item)
    {
        if (item is not null && PSObject.AsPSObject(item).BaseObject is not (string or ValueType))
        {
            _current = item;
        }
    }

    /// <summary>The binding is over.</summary>
    public static void Clear() => _current = null;

    /// <summary>The value is a cell of the row.</summary>
    public static bool HasCell(object? value) => _current is { } row && IsCell(PSObject.AsPSObject(row), CellValue.Bare(value));

    /// <summary>The same exception with the row in its message, when the value is a cell of it.</summary>
    public static ArgumentTransformationMetadataException NameIn(ArgumentTransformationMetadataException exception, object? value) =>
        HasCell(value) && RowDescription.NameOf(_current!) is { } name
            ? new ArgumentTransformationMetadataException($"{exception.Message} It is in the row with {name}.", exception.InnerException)
            : exception;

    private static bool IsCell(PSObject row, object? value) => RowValues.NamesOf(row).Any(name =>
        CellValue.Bare(RowValues.ValueOf(row, name)) is { } cell
            && (ReferenceEquals(cell, value) || (cell is ValueType && cell.Equals(value))));
}
