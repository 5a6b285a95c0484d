using System.ComponentModel;
using Copper.Client.Json;

namespace Copper.Data;

/// <summary>
/// What the messages of this library advise. They say it in the words of a C# program; whoever wraps the library in a language of its own
/// overrides <see cref="ErrorWords.Advise"/>, which is given one of these names with the values that are listed here.
/// </summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class Advice
{
    /// <summary>What reads a file of rows in an encoding: its name, as a reader of files calls it.</summary>
    public const string CsvEncoding = nameof(CsvEncoding);

    /// <summary>What reads a file of rows of Windows or Excel.</summary>
    public const string CsvInWindows1252 = nameof(CsvInWindows1252);

    /// <summary>To read a file of rows in the encoding that it has.</summary>
    public const string CsvInItsEncoding = nameof(CsvInItsEncoding);

    /// <summary>What reads a file of rows with a delimiter: the character.</summary>
    public const string CsvDelimiter = nameof(CsvDelimiter);

    /// <summary>To leave out the first line of a file of rows, as a sentence: the delimiter of the others.</summary>
    public const string CsvWithoutFirstLine = nameof(CsvWithoutFirstLine);

    /// <summary>What reads a file of rows.</summary>
    public const string CsvReader = nameof(CsvReader);

    /// <summary>What writes the name of a type into a file of rows in place of several values.</summary>
    public const string CsvWriter = nameof(CsvWriter);

    /// <summary>To write records as rows: the noun of a record, and the name of the file without extension.</summary>
    public const string WriteRows = nameof(WriteRows);

    /// <summary>What makes a row of a record.</summary>
    public const string FlattenRecords = nameof(FlattenRecords);

    /// <summary>What runs in a culture.</summary>
    public const string Program = nameof(Program);

    /// <summary>What adds a tag that holds a comma.</summary>
    public const string AddTag = nameof(AddTag);

    /// <summary>To let an import create companies.</summary>
    public const string CreateCompanies = nameof(CreateCompanies);

    /// <summary>What takes changes back.</summary>
    public const string Undo = nameof(Undo);

    /// <summary>What takes back also what somebody else has changed.</summary>
    public const string Force = nameof(Force);

    /// <summary>What creates a subscription that cannot be brought back, as a sentence.</summary>
    public const string RegisterWebhook = nameof(RegisterWebhook);

    /// <summary>To delete a connection so that it can be brought back, as a sentence.</summary>
    public const string RemoveConnection = nameof(RemoveConnection);

    /// <summary>To go on with a backup.</summary>
    public const string ResumeBackup = nameof(ResumeBackup);

    /// <summary>To go on with the backup of a snapshot that is opened, as a sentence: the folder.</summary>
    public const string GoOnWithBackup = nameof(GoOnWithBackup);

    /// <summary>To name no earlier snapshot.</summary>
    public const string LeaveOutPrevious = nameof(LeaveOutPrevious);

    /// <summary>To name a kind of records, as a sentence.</summary>
    public const string NameEntity = nameof(NameEntity);

    /// <summary>What decides about records that are held by a restore.</summary>
    public const string RestoreConflict = nameof(RestoreConflict);

    /// <summary>What restores a record without what another one has.</summary>
    public const string RestoreConflictSkip = nameof(RestoreConflictSkip);

    /// <summary>What writes the journal of a restore.</summary>
    public const string Restore = nameof(Restore);

    /// <summary>What looks at every file of a snapshot.</summary>
    public const string TestSnapshot = nameof(TestSnapshot);

    /// <summary>What writes a file of a configuration.</summary>
    public const string ExportConfiguration = nameof(ExportConfiguration);

    /// <summary>What brings an account in line with a configuration.</summary>
    public const string ImportConfiguration = nameof(ImportConfiguration);

    /// <summary>What does so, and deletes what the configuration does not have.</summary>
    public const string PruneConfiguration = nameof(PruneConfiguration);

    /// <summary>To change the currency of a custom field.</summary>
    public const string SetFieldCurrency = nameof(SetFieldCurrency);

    /// <summary>To change a subscription: the name of what is changed.</summary>
    public const string SetWebhook = nameof(SetWebhook);

    /// <summary>To create a subscription of a configuration: target, kind of record, kind of change, and names of what is secret.</summary>
    public const string RegisterConfiguredWebhook = nameof(RegisterConfiguredWebhook);

    /// <summary>What reports changes, and keeps a state.</summary>
    public const string ChangeFeed = nameof(ChangeFeed);

    /// <summary>What begins a suppression list.</summary>
    public const string BeginSuppressionList = nameof(BeginSuppressionList);

    /// <summary>What reads files of this library and has to be newer, with the sentence that says so.</summary>
    public const string UpdateLibrary = nameof(UpdateLibrary);

    /// <summary>The words of this process for an advice.</summary>
    /// <param name="what">Its name.</param>
    /// <param name="neutral">The words of a C# program.</param>
    /// <param name="values">What stands in it.</param>
    internal static string Give(string what, string neutral, params string[] values) => ErrorWords.Current.Advise(what, neutral, values);

    /// <summary>A file cannot be read by this version, as two sentences.</summary>
    internal static string LaterVersion(string path) =>
        $"'{path}' was written by a later version of {Give(UpdateLibrary, "Copper.Data. Update the package to read it.")}";
}
