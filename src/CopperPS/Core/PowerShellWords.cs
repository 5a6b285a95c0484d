using System.Management.Automation;
using Copper.Client.Json;
using Copper.Data;

namespace CopperPS.Core;

/// <summary>Messages of the library in the words of the prompt: values as PowerShell writes them, and cmdlets to type.</summary>
public sealed class PowerShellWords : ErrorWords, IModuleAssemblyInitializer
{
    /// <inheritdoc/>
    public override string Null => "$null";

    /// <inheritdoc/>
    public override string Dictionary => "a hashtable";

    /// <inheritdoc/>
    public override string JoinsTexts => "-join makes one of several";

    /// <inheritdoc/>
    public override string WritesDates => ".ToString('yyyy-MM-dd')";

    /// <inheritdoc/>
    public override string ReadsCulture(string culture) =>
        $"Import-CopperRecord -Culture {culture} reads a file of such dates";

    /// <inheritdoc/>
    public override string ChangeConnections => "Add-CopperConnection and Remove-CopperConnection change them";

    /// <inheritdoc/>
    public override string ReadConnections => "Get-CopperConnection reads those of a record";

    /// <inheritdoc/>
    public override string ReadDefinitions => "Get-CopperCustomFieldDefinition reads them";

    /// <inheritdoc/>
    public override string ShowRateLimit => "Get-CopperRateLimit shows the windows";

    /// <inheritdoc/>
    public override string ConnectHub => "run Connect-CopperHub again";

    /// <inheritdoc/>
    public override string SayPipeline => "Say which pipeline with -Pipeline";

    /// <inheritdoc/>
    public override string Flag(bool value) => value ? "$true" : "$false";

    /// <inheritdoc/>
    public override string Entries(params (string Name, string Value)[] entries) =>
        "@{ " + string.Join("; ", entries.Select(static entry => $"{NameOf(entry.Name)} = {entry.Value}")) + " }";

    /// <inheritdoc/>
    public override string FilterRecords(string? field) => field is null
        ? "Filter the output with Where-Object."
        : $"Filter the output: Where-Object {{ $_.CustomFields['{field.Replace("'", "''")}'] -eq '...' }}.";

    /// <inheritdoc/>
    public override string MakeFilterable(long id) =>
        $"Set-CopperCustomFieldDefinition {id} -Filterable changes that, or filter the output with Where-Object";

    /// <inheritdoc/>
    public override string MoveToCompany(long person, long company) => $"Set-CopperPerson {person} -Company {company} does it.";

    /// <inheritdoc/>
    public override string Advise(string what, string neutral, params string[] values) => what switch
    {
        Advice.CsvEncoding => $"Import-Csv -Encoding {values[0]}",
        Advice.CsvInWindows1252 => "Import-Csv -Encoding 1252 (Windows PowerShell: Default)",
        Advice.CsvInItsEncoding => "give Import-Csv the -Encoding that it has",
        Advice.CsvDelimiter => $"Import-Csv -Delimiter {Quoted(values[0])}",
        Advice.CsvWithoutFirstLine =>
            $"Leave it out: Get-Content file.csv | Select-Object -Skip 1 | ConvertFrom-Csv -Delimiter {Quoted(values[0])}",
        Advice.CsvReader => "Import-Csv",
        Advice.CsvWriter => "Export-Csv",
        Advice.WriteRows =>
            $"Get-Copper{values[0]} | ConvertTo-CopperFlatRecord | Export-Csv {values[1]}.csv -NoTypeInformation -Encoding UTF8",
        Advice.FlattenRecords => "ConvertTo-CopperFlatRecord",
        Advice.Program => "PowerShell",
        Advice.AddTag => "Set- with -AddTag",
        Advice.CreateCompanies => "Add -CreateCompany",
        Advice.Undo => "Undo-CopperChange",
        Advice.Force => "With -Force",
        Advice.RegisterWebhook => "Register-CopperWebhook creates it again.",
        Advice.RemoveConnection => "Give Remove-CopperConnection what Get-CopperConnection has read.",
        Advice.ResumeBackup => "Add -Resume",
        Advice.GoOnWithBackup => $"Go on with it: Backup-CopperAccount -Path '{values[0]}' -Resume.",
        Advice.LeaveOutPrevious => "Leave out -Previous",
        Advice.NameEntity => "Name one with -Entity.",
        Advice.RestoreConflict => "-OnConflict",
        Advice.RestoreConflictSkip => "-OnConflict Skip",
        Advice.Restore => "Restore-CopperSnapshot",
        Advice.TestSnapshot => "Test-CopperSnapshot",
        Advice.ExportConfiguration => "Export-CopperConfiguration",
        Advice.ImportConfiguration => "Import-CopperConfiguration",
        Advice.PruneConfiguration => "Import-CopperConfiguration -Prune",
        Advice.SetFieldCurrency => "Set-CopperCustomFieldDefinition -Currency",
        Advice.SetWebhook => $"Set-CopperWebhook -{values[0]}",
        Advice.RegisterConfiguredWebhook =>
            $"Register-CopperWebhook -Target '{values[0]}' -Type {values[1]} -Event {values[2]}"
                + string.Concat(values.Skip(3).Select(static name => " -" + name)),
        Advice.ChangeFeed => "Get-CopperChange",
        Advice.BeginSuppressionList => "Remove-CopperDataSubject -SuppressionPath",
        Advice.UpdateLibrary => "CopperPS. Update the module to read it.",
        _ => neutral,
    };

    /// <summary>The module is imported.</summary>
    public void OnImport() => Current = this;

    private static string Quoted(string delimiter) => delimiter == "\t" ? "\"`t\"" : $"'{delimiter}'";

    private static string NameOf(string name) => name.All(char.IsLetterOrDigit) ? name : $"'{name}'";
}
