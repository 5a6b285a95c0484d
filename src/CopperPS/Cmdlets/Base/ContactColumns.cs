using System.Globalization;
using Copper.Client.Models;
using CopperPS.Binding;
using CopperPS.Core;

namespace CopperPS.Cmdlets.Base;

/// <summary>
/// What a row shows of a record's e-mail addresses, phone numbers, websites or profiles. Email is the first, Email2 the second, and so
/// on; Emails, as a record shows them, are all. What the row does not show stays, and what it replaces keeps its category.
/// </summary>
/// <typeparam name="TPoint">The value object.</typeparam>
internal sealed class ContactColumns<TPoint>
    where TPoint : CopperContactPoint
{
    /// <summary>No export has more columns of a kind.</summary>
    private const int MostColumns = 9;

    /// <summary>A flat record has three columns of a kind, of which the last one shows all that are left.</summary>
    private const int ColumnsOfOne = 2;

    private readonly List<(int Place, TPoint[] Points, bool HasCategories)> _cells = [];
    private readonly List<(string Column, int Place, string Text)> _crowded = [];
    private readonly string _name;
    private TPoint[]? _all;

    private ContactColumns(string name) => _name = name;

    /// <summary>Reads the columns of a row.</summary>
    /// <param name="row">The row.</param>
    /// <param name="first">The name of the first column, to which numbers are added for the others.</param>
    /// <param name="all">The name of the column in which a record shows all of them.</param>
    /// <param name="given">
    /// What the parameter of that name was given by the row; null when it has another name or was given nothing.
    /// </param>
    /// <param name="reader">Reads a cell.</param>
    /// <param name="hasColumnForEach">Each value has a column of its own: several in the cell of one are an error.</param>
    /// <returns>Null when the row shows nothing of them.</returns>
    public static ContactColumns<TPoint>? Of(
        RecordRow row,
        string[] first,
        string all,
        TPoint[]? given,
        ContactPointTransformationAttribute<TPoint> reader,
        bool hasColumnForEach)
    {
        var columns = new ContactColumns<TPoint>(all);
        if (row[all] is { } whole)
        {
            columns._all = Read(whole, reader);
        }

        foreach (var name in first)
        {
            for (var number = 1; number <= MostColumns; number++)
            {
                var column = number == 1 ? name : name + number.ToString(CultureInfo.InvariantCulture);
                var cell = row[column] ?? (number == 1 ? row[name + "1"] : null);
                if (cell is not null && Read(cell, reader) is { Length: > 0 } points)
                {
                    if (cell is string text && points.Length > 1 && number <= ColumnsOfOne && hasColumnForEach)
                    {
                        columns._crowded.Add((column, number - 1, text));
                    }

                    columns._cells.Add((number - 1, points, cell is not string));
                }
            }
        }

        if (columns._cells.Count == 0 && given is { Length: > 0 })
        {
            columns._cells.Add((0, given, false));
        }

        // What a flat record has one column for, it shows as a whole.
        if (row.ShowsWholeRecord
            && columns is { _all: null, _cells.Count: 1 }
            && columns._cells[0] is { Place: 0, HasCategories: false } only
            && !first.Any(name => row.Columns.Contains(name + "2", StringComparer.OrdinalIgnoreCase)))
        {
            columns._all = only.Points;
            columns._cells.Clear();
        }

        return columns._all is null && columns._cells.Count == 0 ? null : columns;
    }

    /// <summary>All that the row shows, for a new record.</summary>
    public TPoint[] ToNew() => Checked(MergeCells([], static (point, _) => point), []) ?? [];

    /// <summary>What the record has afterwards; null when that is what it has.</summary>
    /// <param name="present">What the record has.</param>
    /// <param name="withCategory">Makes the same with another category.</param>
    /// <exception cref="Copper.Client.Metadata.InputRejectedException">A column of one value was edited to hold several.</exception>
    public TPoint[]? Merge(IReadOnlyList<TPoint> present, Func<TPoint, string?, TPoint> withCategory)
    {
        foreach (var (column, place, text) in _crowded)
        {
            // The second value would replace, or be replaced by, what belongs into the next column.
            if (place >= present.Count || Text(present[place]) != text.Trim())
            {
                throw RequestValueConverter.Reject(
                    $"The column {column} holds one value, and several stand in it: '{CellValue.Describe(text)}'. Put the second into "
                        + $"{(place == 0 ? column + "2" : column.TrimEnd('2') + "3")}.",
                    text);
            }
        }

        return Checked(MergeCells(present, withCategory), present);
    }

    /// <summary>What is new must be right; what the record has already stays, whatever it is.</summary>
    private static TPoint[]? Checked(TPoint[]? points, IReadOnlyList<TPoint> present)
    {
        foreach (var point in points ?? [])
        {
            if (!present.Any(other => IsSame(other, point)) && ContactPointCheck.ProblemOf(point) is { } problem)
            {
                throw RequestValueConverter.Reject(problem, Text(point));
            }
        }

        return points;
    }

    private TPoint[]? MergeCells(IReadOnlyList<TPoint> present, Func<TPoint, string?, TPoint> withCategory)
    {
        var result = present.ToList();
        var cells = _cells;
        if (_all is not null && !_all.Select(Text).SequenceEqual(present.Select(Text), StringComparer.Ordinal))
        {
            // The column of all is the whole list: the value of an edited single column must be in it; an unedited one does not count.
            if (_cells.Where(cell => !IsAsPresent(cell.Place, cell.Points, present)).SelectMany(static cell => cell.Points)
                .FirstOrDefault(point => !_all.Any(other => IsSame(other, point))) is { } stray)
            {
                throw RequestValueConverter.Reject(
                    $"'{Text(stray)}' stands in a column of its own, but not in the column {_name}, "
                        + $"which is the whole list: '{string.Join("; ", _all.Select(Text))}'. "
                        + "Leave one of the two columns out.",
                    Text(stray));
            }

            cells = [];
            result = [.. _all.Select((point, place) =>
                present.FirstOrDefault(other => IsSame(other, point))
                ?? (place < present.Count && !_all.Any(other => IsSame(other, present[place]))
                    ? InPlaceOf(present[place], point, withCategory)
                    : point))];
        }

        foreach (var (place, points, hasCategories) in cells)
        {
            for (var i = 0; i < points.Length; i++)
            {
                Put(result, place + i, points[i], hasCategories, withCategory);
            }
        }

        return result.Count == present.Count
            && result.Zip(present, static (a, b) => Text(a) == Text(b) && a.Category == b.Category).All(static same => same)
            ? null
            : [.. result];
    }

    /// <summary>The column shows what the record has in its place: nobody edited it.</summary>
    private static bool IsAsPresent(int place, TPoint[] points, IReadOnlyList<TPoint> present) =>
        points.Select(Text).SequenceEqual(present.Skip(place).Take(points.Length).Select(Text), StringComparer.Ordinal);

    /// <summary>
    /// What replaces another keeps its category. Of a profile the host tells the category, so that one of another host has its own.
    /// </summary>
    private static TPoint InPlaceOf(TPoint former, TPoint point, Func<TPoint, string?, TPoint> withCategory) =>
        former is CopperSocial
            && !string.Equals(Host(Text(former)), Host(Text(point)), StringComparison.OrdinalIgnoreCase)
                ? point
                : withCategory(point, former.Category);

    private static string Host(string url)
    {
        var start = url.IndexOf("//", StringComparison.Ordinal);
        var host = url.Substring(start < 0 ? 0 : start + 2).Split('/', '?', '#')[0];
        return host.StartsWith("www.", StringComparison.OrdinalIgnoreCase) ? host.Substring(4) : host;
    }

    private static void Put(List<TPoint> result, int place, TPoint point, bool hasCategory, Func<TPoint, string?, TPoint> withCategory)
    {
        var at = result.FindIndex(other => IsSame(other, point));
        if (at >= 0)
        {
            // The same value in another spelling is an edit. A value at another place moves to the place that the row states, if that
            // is the first.
            var kept = hasCategory || Text(result[at]) != Text(point)
                ? withCategory(point, hasCategory ? point.Category : result[at].Category)
                : result[at];
            if (place == 0 && at > 0)
            {
                result.RemoveAt(at);
                result.Insert(0, kept);
            }
            else
            {
                result[at] = kept;
            }
        }
        else if (place < result.Count)
        {
            result[place] = hasCategory ? point : InPlaceOf(result[place], point, withCategory);
        }
        else
        {
            result.Add(point);
        }
    }

    private static TPoint[] Read(object cell, ContactPointTransformationAttribute<TPoint> reader)
    {
        try
        {
            return reader.ReadUnchecked(cell) switch
            {
                TPoint[] points => points,
                TPoint point => [point],
                _ => [],
            };
        }
        catch (System.Management.Automation.ArgumentTransformationMetadataException exception)
        {
            throw RequestValueConverter.Reject(ExceptionText.Of(exception), cell);
        }
    }

    private static string Text(TPoint point) => point.ToString()!.Trim();

    private static bool IsSame(TPoint one, TPoint other) => string.Equals(Text(one), Text(other), StringComparison.OrdinalIgnoreCase);
}
