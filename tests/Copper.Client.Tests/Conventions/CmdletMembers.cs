using System.Text.RegularExpressions;

namespace Copper.Client.Tests.Conventions;

/// <summary>The API's names that the cmdlets of an entity have parameters for, read from their source.</summary>
internal static class CmdletMembers
{
    private static readonly Dictionary<string, string[]> Sources = new(StringComparer.Ordinal)
    {
        ["person"] = ["/People/", "ContactCmdlet.cs", "NamedRecordCmdlet.cs"],
        ["company"] = ["/Companies/", "ContactCmdlet.cs", "NamedRecordCmdlet.cs"],
        ["lead"] = ["/Leads/", "ContactCmdlet.cs", "NamedRecordCmdlet.cs"],
        ["opportunity"] = ["/Opportunities/", "NamedRecordCmdlet.cs"],
        ["project"] = ["/Cmdlets/Projects/", "NamedRecordCmdlet.cs"],
        ["task"] = ["/Cmdlets/Tasks/", "NamedRecordCmdlet.cs"],
        ["activity"] = ["/Activities/"],
    };

    /// <param name="attribute">Field for what is written, Filter for what is searched for.</param>
    /// <param name="entity">The entity, in the API's singular word.</param>
    public static HashSet<string> Of(string attribute, string entity) =>
    [
        .. SourceTree.Files("CopperPS")
            .Where(file => Sources[entity].Any(part => file.Path.Contains(part, StringComparison.Ordinal)))
            .SelectMany(static file => file.Lines)
            .Select(line => Regex.Match(line, $"""\[{attribute}\("([a-z_]+)"[,)]"""))
            .Where(static match => match.Success)
            .Select(static match => match.Groups[1].Value),
    ];
}
