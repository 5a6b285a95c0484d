namespace Copper.Client.Crm;

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
    /// <summary>The parts in their usual order, with one space between them; empty when there are none.</summary>
    public string FullName => Squeeze(string.Join(" ", Prefix, First, Middle, Last, Suffix));

    /// <summary>
    /// The name of a record. One whose name is not kept in parts has all of it in <see cref="First"/>, so that nothing of it is lost.
    /// </summary>
    public static PersonalName Of(IPersonalRecord record)
    {
        var name = new PersonalName(
            Known(record.Prefix), Known(record.FirstName), Known(record.MiddleName), Known(record.LastName), Known(record.Suffix));
        return name.FullName.Length > 0 ? name : new PersonalName(null, Known(record.Name), null, null, null);
    }

    /// <summary>The parts make up this full name; spaces and case do not matter.</summary>
    public bool IsNamed(string? fullName) => string.Equals(FullName, Squeeze(fullName), StringComparison.OrdinalIgnoreCase);

    /// <summary>The full name.</summary>
    public override string ToString() => FullName;

    private static string? Known(string? part) => string.IsNullOrWhiteSpace(part) ? null : part!.Trim();

    private static string Squeeze(string? text) =>
        string.Join(" ", (text ?? string.Empty).Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
}
