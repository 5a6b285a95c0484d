using System.Collections;
using System.ComponentModel;
using System.Management.Automation;
using Copper.Data.DataSubjects;
using CopperPS.Formatting;

namespace CopperPS.Cmdlets.DataSubjects;

/// <summary>What the views of data subjects compute, also of objects that come out of a job or a file.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class DataSubjectFormat
{
    /// <summary>What a record has to do with the person, in a colour where it needs a look.</summary>
    public static string Relation(object? value) => EnumText.Of<DataSubjectRelation>(value) switch
    {
        nameof(DataSubjectRelation.Unclear) => Colours.Red(nameof(DataSubjectRelation.Unclear)),
        nameof(DataSubjectRelation.Mention) => Colours.Faint(nameof(DataSubjectRelation.Mention)),
        var other => other,
    };

    /// <summary>What was done; what stays is faint.</summary>
    public static string Action(object? value) => EnumText.Of<DataSubjectAction>(value) switch
    {
        nameof(DataSubjectAction.Keep) => Colours.Faint(nameof(DataSubjectAction.Keep)),
        var other => other,
    };

    /// <summary>The record, or the end of the path of a folder or file.</summary>
    public static string What(object? entity, object? id, object? path)
    {
        var file = path?.ToString() is { Length: > 0 } text ? System.IO.Path.GetFileName(text.TrimEnd('/', '\\')) : null;
        var record = entity is null ? null : $"{entity} {id}".TrimEnd();
        return EnumText.OneLine(record is null ? file : file is null ? record : $"{record} in {file}");
    }

    /// <summary>Where it is.</summary>
    public static string Place(object? value) => EnumText.Of<DataSubjectPlace>(value);

    /// <summary>The items of a list, one a line.</summary>
    public static string Lines(object? list) => string.Join("\n", Items(list).Select(static item => EnumText.OneLine(item?.ToString())));

    /// <summary>Names and values in one line.</summary>
    public static string Line(object? value) => EnumText.OneLine(value?.ToString());

    private static IEnumerable<object?> Items(object? list) =>
        (list is PSObject wrapped ? wrapped.BaseObject : list) is IEnumerable items and not string ? items.Cast<object?>() : [];

    internal static string Unknown(CopperDataSubject subject) =>
        $"No person and no lead has the address '{subject.Email}'. Check its spelling. All records are read for texts that mention it.";
}
