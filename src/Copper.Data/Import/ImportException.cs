namespace Copper.Data.Import;

/// <summary>A file cannot be imported as it is: no record was read, and nothing is written. The message says what to do.</summary>
public sealed class ImportException : Exception
{
    /// <summary>An exception with this message.</summary>
    public ImportException(string message)
        : base(message)
    {
    }

    /// <summary>The headings that <see cref="ImportOptions.ColumnMap"/> would settle; empty where none would.</summary>
    public IReadOnlyList<string> Headings { get; init; } = [];

    /// <summary>For each of these headings the column that it stands for most likely, null for none; empty where nothing is suggested.
    /// </summary>
    public IReadOnlyList<string?> Columns { get; init; } = [];
}
