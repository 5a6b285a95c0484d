using Copper.Client;
using Copper.Client.Models;
using Copper.Data.Columns;

namespace Copper.Data.Import;

/// <summary>
/// The name of a person or a lead in a row that shows it as a whole, in parts, or both. Whoever changes a part changes the whole with
/// it, and the service reads the parts from the whole.
/// </summary>
internal sealed class NameCells
{
    private readonly PersonalName _before;
    private readonly PersonalName _after;
    private readonly string? _whole;
    private readonly Dictionary<string, string?> _parts;

    /// <param name="edits">The edited cells of the row.</param>
    /// <param name="record">The record; null for a new one.</param>
    public NameCells(IReadOnlyList<(ImportHeading Heading, object? Cell)> edits, ICopperRecord? record)
    {
        _before = record is IPersonalRecord personal ? PersonalName.Of(personal) : new PersonalName(null, null, null, null, null);
        _parts = edits.Where(static edit => edit.Heading.Column!.Kind == ColumnKind.NamePart)
            .ToDictionary(static edit => edit.Heading.Column!.Field!, static edit => edit.Cell is null ? null : CellReader.Text(edit.Cell));
        _whole = edits.Where(static edit => edit.Heading.Column is { Field: "name" })
            .Select(static edit => edit.Cell is null ? null : CellReader.Text(edit.Cell)).FirstOrDefault();
        _after = new PersonalName(
            Part("prefix", _before.Prefix),
            Part("first_name", _before.First),
            Part("middle_name", _before.Middle),
            Part("last_name", _before.Last),
            Part("suffix", _before.Suffix));
    }

    /// <summary>
    /// The row shows the whole name and parts that say something else, and one of the two is what the record has. Somebody edited the
    /// other; or it has been written already, and the service has changed the first with it.
    /// </summary>
    /// <param name="shownWhole">The whole name that the row shows, edited or not.</param>
    /// <param name="showsParts">The row has columns of parts.</param>
    public bool Contradict(string shownWhole, bool showsParts) =>
        showsParts && shownWhole.Length > 0 && (_whole is null) != (_parts.Count == 0) && !_after.IsNamed(shownWhole);

    /// <summary>Adds the fields to the body.</summary>
    /// <exception cref="Client.Metadata.InputRejectedException">Nothing would be left of the name.</exception>
    public void AddTo(JsonBody body)
    {
        if (_parts.Count == 0)
        {
            return;
        }

        foreach (var part in _parts)
        {
            body[part.Key] = part.Value;
        }

        if (!body.Contains("name"))
        {
            body["name"] = _after.FullName.Length > 0 ? _after.FullName
                : throw CellReader.Reject("Nothing would be left of the name.", null);
        }
    }

    private string? Part(string field, string? present) => _parts.TryGetValue(field, out var given) ? given : present;
}
