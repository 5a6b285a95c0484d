using System.Globalization;

namespace Copper.Data.Import;

/// <summary>How the rows of a file become records.</summary>
public sealed class ImportOptions
{
    /// <summary>The entity: person, company, lead, opportunity, project or task.</summary>
    public string Entity { get; init; } = string.Empty;

    /// <summary>
    /// The rules by which the record of a row is found; the first that finds one counts. Id, Email, EmailDomain, Name, PhoneNumber,
    /// CompanyName, CustomField:Name of the field, or several that must all hold, for example Name+CompanyName.
    /// </summary>
    public IReadOnlyList<string> MatchOn { get; init; } = [];

    /// <summary>What is done with a row whose record is there.</summary>
    public ImportMatchAction OnMatch { get; init; } = ImportMatchAction.Update;

    /// <summary>A row whose record is not there creates it; otherwise it is skipped.</summary>
    public bool CreatesMissing { get; init; } = true;

    /// <summary>
    /// A company that a row of people or opportunities names and that is not there is created before the row; otherwise the row is held.
    /// </summary>
    public bool CreatesCompanies { get; init; }

    /// <summary>Columns that are never changed on a record that is there.</summary>
    public IReadOnlyList<string> Protect { get; init; } = [];

    /// <summary>Headings of the file and the columns that they stand for; null for a heading that is not used.</summary>
    public IReadOnlyDictionary<string, string?> ColumnMap { get; init; } = new Dictionary<string, string?>();

    /// <summary>A blank cell clears the field; otherwise it says nothing.</summary>
    public bool EmptyClears { get; init; }

    /// <summary>How the account writes a close date: MM/dd/yyyy or dd/MM/yyyy.</summary>
    public string DateFormat { get; init; } = "MM/dd/yyyy";

    /// <summary>
    /// How the file writes dates and numbers; null, the default, for <see cref="CultureInfo.CurrentCulture"/>. Dates with the year first
    /// and numbers such as 2500.50 are read the same in every culture.
    /// </summary>
    public CultureInfo? Culture { get; init; }

    /// <summary>The file shows moments in UTC instead of local time.</summary>
    public bool InUtc { get; init; }
}
