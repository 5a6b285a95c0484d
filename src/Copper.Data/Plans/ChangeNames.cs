using Copper.Data.Columns;

namespace Copper.Data.Plans;

/// <summary>The names by which changes are shown in place of ids; null where nobody knows one.</summary>
internal abstract class ChangeNames
{
    /// <summary>How the account writes a close date; null where that is not known.</summary>
    public virtual string? DateFormat => null;

    /// <summary>The name of a custom field.</summary>
    public virtual string? OfField(long field) => null;

    /// <summary>The value of a custom field as people read it: the label of a choice, a day.</summary>
    public virtual string? OfValue(long field, object? value) => null;

    /// <summary>The name behind an id of a list of the account, such as that of a user.</summary>
    public virtual string? OfItem(Column column, long id) => null;

    /// <summary>The name of a record that is pointed to.</summary>
    public virtual string? OfRecord(RecordEnd end) => null;
}
