using System.Globalization;
using System.Text;
using System.Text.Json;
using Copper.Client;
using Copper.Client.Metadata;

namespace Copper.Data.Duplicates;

/// <summary>
/// Records that somebody has looked at and found to be different, from a file: a CSV file, or JSON lines.
/// </summary>
/// <remarks>
/// Each line names two or more ids; each of them is different from each other one. A CSV file has the column Ids with several of them,
/// separated by spaces, commas or semicolons, or a column for each (Id1, Id2, …). A JSON line is an object with the member Ids, or a list
/// of ids. The column or member Entity says which records are meant; without it, the line counts for all.
/// </remarks>
public sealed class DistinctRecords
{
    private readonly Dictionary<long, List<(string? Entity, HashSet<long> Ids)>> _byId = [];

    /// <summary>How many lines name records.</summary>
    public int Count { get; private set; }

    /// <summary>Reads a file.</summary>
    /// <param name="path">The file; its encoding is UTF-8, or what its first bytes say.</param>
    /// <exception cref="InputRejectedException">A line is not valid; the message says which, and why.</exception>
    /// <exception cref="IOException">The file cannot be read.</exception>
    public static DistinctRecords Read(string path)
    {
        var records = new DistinctRecords();
        using var reader = new StreamReader(path, Encoding.UTF8);
        string[]? headings = null;
        for (var number = 1; reader.ReadLine() is { } line; number++)
        {
            if (line.Trim() is not { Length: > 0 } text || text.StartsWith("#TYPE", StringComparison.OrdinalIgnoreCase))
            {
                continue;
            }

            try
            {
                if (text[0] is '{' or '[')
                {
                    records.AddJson(text);
                }
                else if (headings is null)
                {
                    headings = Cells(text);
                    CheckHeadings(headings);
                }
                else
                {
                    records.AddCells(headings, Cells(text));
                }
            }
            catch (Exception exception) when (exception is FormatException or JsonException)
            {
                throw new InputRejectedException(
                    InputRejection.Invalid, $"Line {number} of '{path}' is not valid: {exception.Message} Nothing was read or sent.", path);
            }
        }

        return records;
    }

    /// <summary>Says that records are different.</summary>
    /// <param name="entity">The API's singular word; null for records of any kind.</param>
    /// <param name="ids">Two ids or more.</param>
    public void Add(string? entity, IReadOnlyCollection<long> ids)
    {
        var set = new HashSet<long>(ids);
        foreach (var id in set)
        {
            if (!_byId.TryGetValue(id, out var sets))
            {
                _byId.Add(id, sets = []);
            }

            sets.Add((entity, set));
        }

        Count++;
    }

    /// <summary>The two were found to be different.</summary>
    /// <param name="entity">The API's singular word.</param>
    /// <param name="one">An id.</param>
    /// <param name="other">Another id.</param>
    public bool AreDistinct(string entity, long one, long other) => one != other && _byId.TryGetValue(one, out var sets)
        && sets.Exists(set => (set.Entity is null || set.Entity == entity) && set.Ids.Contains(other));

    private static void CheckHeadings(string[] headings)
    {
        if (!headings.Any(IsIdHeading))
        {
            throw new FormatException(
                $"The headings are {string.Join(", ", headings)}, and none of them is Ids, or Id1 and Id2. A JSON line begins with "
                    + "{ or [.");
        }
    }

    private static bool IsIdHeading(string heading) => heading.StartsWith("Id", StringComparison.OrdinalIgnoreCase)
        && heading.Substring(2) is var rest
        && (rest.Length == 0 || rest.Equals("s", StringComparison.OrdinalIgnoreCase) || rest.All(char.IsDigit));

    private static string[] Cells(string line)
    {
        var cells = new List<string>();
        var cell = new StringBuilder();
        var isQuoted = false;
        foreach (var letter in line)
        {
            if (letter == '"')
            {
                isQuoted = !isQuoted;
            }
            else if (letter == ',' && !isQuoted)
            {
                cells.Add(cell.ToString().Trim());
                cell.Clear();
            }
            else
            {
                cell.Append(letter);
            }
        }

        cells.Add(cell.ToString().Trim());
        return [.. cells];
    }

    private void AddCells(string[] headings, string[] cells)
    {
        if (cells.Length > headings.Length)
        {
            throw new FormatException($"It has {cells.Length} cells, and there are {headings.Length} headings.");
        }

        string? entity = null;
        var ids = new List<long>();
        for (var place = 0; place < cells.Length; place++)
        {
            if (IsIdHeading(headings[place]))
            {
                ids.AddRange(cells[place].Split([' ', ',', ';'], StringSplitOptions.RemoveEmptyEntries).Select(IdIn));
            }
            else if (headings[place].Equals("Entity", StringComparison.OrdinalIgnoreCase) && cells[place].Length > 0)
            {
                entity = EntityIn(cells[place]);
            }
        }

        AddChecked(entity, ids);
    }

    private void AddJson(string line)
    {
        using var document = JsonDocument.Parse(line);
        var root = document.RootElement;
        if (root.ValueKind == JsonValueKind.Array)
        {
            AddChecked(null, IdsIn(root));
            return;
        }

        string? entity = null;
        var ids = new List<long>();
        foreach (var member in root.EnumerateObject())
        {
            if (member.Name.Equals("Entity", StringComparison.OrdinalIgnoreCase) && member.Value.ValueKind == JsonValueKind.String)
            {
                entity = EntityIn(member.Value.GetString()!);
            }
            else if (IsIdHeading(member.Name))
            {
                ids.AddRange(IdsIn(member.Value));
            }
        }

        AddChecked(entity, ids);
    }

    private static List<long> IdsIn(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Array => [.. value.EnumerateArray().SelectMany(IdsIn)],
        JsonValueKind.Number => [IdIn(value.GetRawText())],
        JsonValueKind.String => [.. value.GetString()!.Split([' ', ',', ';'], StringSplitOptions.RemoveEmptyEntries).Select(IdIn)],
        _ => throw new FormatException($"{value.GetRawText()} is no id."),
    };

    private static string EntityIn(string word) => CopperEntities.FindPrimary(word)?.Name
        ?? throw new FormatException($"'{word}' is no kind of records. It is one of: {string.Join(", ", DuplicateIndex.Entities)}.");

    private static long IdIn(string text) =>
        long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var id) && id > 0
            ? id
            : throw new FormatException($"'{text}' is no id.");

    private void AddChecked(string? entity, List<long> ids)
    {
        if (ids.Distinct().Count() < 2)
        {
            throw new FormatException("It names fewer than two different ids, so it says nothing.");
        }

        Add(entity, ids);
    }
}
