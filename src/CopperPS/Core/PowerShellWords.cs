using System.Management.Automation;
using Copper.Client.Json;

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

    /// <summary>The module is imported.</summary>
    public void OnImport() => Current = this;

    private static string NameOf(string name) => name.All(char.IsLetterOrDigit) ? name : $"'{name}'";
}
