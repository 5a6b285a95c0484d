using Copper.Client.Models;

namespace Copper.Client;

/// <summary>The parts of somebody's name. Any may be missing: null, or an empty text.</summary>
/// <param name="Prefix">The part before the first name, for example Dr.</param>
/// <param name="First">The first name.</param>
/// <param name="Middle">The middle name.</param>
/// <param name="Last">The last name.</param>
/// <param name="Suffix">The part after the last name, for example Jr.</param>
/// <remarks>
/// A person and a lead must have a full name; the service reads its parts from it (developer.copper.com/people/fetch-a-person-by-id),
/// and the vendor's OpenAPI description also takes the parts in a body. Whoever sends parts sends the full name with them, so that
/// the two agree whichever of them the service goes by.
/// </remarks>
public sealed record PersonalName(string? Prefix, string? First, string? Middle, string? Last, string? Suffix)
{
    /// <summary>Stands for a part that is to be found; no name has it.</summary>
    private const string Rest = "\u0001";

    /// <summary>The parts in their usual order, with one space between them; empty when there are none.</summary>
    public string FullName => Squeeze(string.Join(" ", Prefix, First, Middle, Last, Suffix));

    /// <summary>
    /// The name of a record. One whose name is not kept in parts has all of it in <see cref="First"/>, and where the parts leave out
    /// some of the full name, that stands in the part that it is the place of, so that nothing of it is lost.
    /// </summary>
    public static PersonalName Of(IPersonalRecord record)
    {
        var name = new PersonalName(
            Known(record.Prefix), Known(record.FirstName), Known(record.MiddleName), Known(record.LastName), Known(record.Suffix));
        if (name.FullName.Length == 0)
        {
            return new PersonalName(null, Known(record.Name), null, null, null);
        }

        return name.IsNamed(record.Name) ? name : name.WithRestOf(Squeeze(record.Name));
    }

    /// <summary>The parts make up this full name; spaces and case do not matter.</summary>
    public bool IsNamed(string? fullName) => string.Equals(FullName, Squeeze(fullName), StringComparison.OrdinalIgnoreCase);

    /// <summary>The full name.</summary>
    public override string ToString() => FullName;

    /// <summary>The same parts, and in a missing one what the full name has in its place; the same when the full name is another.</summary>
    private PersonalName WithRestOf(string fullName)
    {
        // The first that fits is taken: what stands after the first name is the last name sooner than a middle name.
        PersonalName[] marked =
        [
            this with { First = First ?? Rest }, this with { Last = Last ?? Rest }, this with { Middle = Middle ?? Rest },
            this with { Prefix = Prefix ?? Rest }, this with { Suffix = Suffix ?? Rest },
        ];
        foreach (var candidate in marked)
        {
            var text = candidate.FullName;
            var place = text.IndexOf(Rest, StringComparison.Ordinal);
            var after = place < 0 ? 0 : text.Length - place - Rest.Length;
            if (place >= 0
                && fullName.Length > place + after
                && fullName.StartsWith(text.Substring(0, place), StringComparison.OrdinalIgnoreCase)
                && fullName.EndsWith(text.Substring(place + Rest.Length), StringComparison.OrdinalIgnoreCase))
            {
                var rest = fullName.Substring(place, fullName.Length - place - after);
                return new PersonalName(
                    Put(candidate.Prefix), Put(candidate.First), Put(candidate.Middle), Put(candidate.Last), Put(candidate.Suffix));

                string? Put(string? part) => part == Rest ? rest : part;
            }
        }

        return this;
    }

    private static string? Known(string? part) => string.IsNullOrWhiteSpace(part) ? null : part!.Trim();

    private static string Squeeze(string? text) =>
        string.Join(" ", (text ?? string.Empty).Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
}
