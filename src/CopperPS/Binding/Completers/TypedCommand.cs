using System.Collections;
using System.Globalization;
using System.Management.Automation;
using System.Management.Automation.Language;

namespace CopperPS.Binding.Completers;

/// <summary>The command whose argument is completed, as far as it is typed.</summary>
internal sealed class TypedCommand(string name, string parameter, string? word, IDictionary bound, CommandAst? ast = null)
{
    /// <summary>
    /// The noun, without the prefix, of the nearest Get- cmdlet of this module before it in the pipeline: Person. Null when there is none.
    /// </summary>
    public string? SourceNoun => (ast?.Parent as PipelineAst)?.PipelineElements
        .TakeWhile(element => !ReferenceEquals(element, ast))
        .OfType<CommandAst>()
        .Select(static command => command.GetCommandName())
        .LastOrDefault(static command => command?.StartsWith(Getting, StringComparison.OrdinalIgnoreCase) == true)?
        .Substring(Getting.Length);

    private const string Getting = "Get-Copper";

    /// <summary>The parameter whose value is completed.</summary>
    public string Parameter => parameter;

    /// <summary>What was typed of the value, without quotes or the beginning of a hashtable.</summary>
    public string Word => (word ?? string.Empty).Trim('\'', '"', '@', '{', ' ');

    /// <summary>A name holds what was typed.</summary>
    public bool Fits(string name) => CultureInfo.InvariantCulture.CompareInfo.IndexOf(name, Word, CompareOptions.OrdinalIgnoreCase) >= 0;

    /// <summary>The verb of the cmdlet, without the module that may stand before it.</summary>
    public string Verb => Parts[0];

    /// <summary>The noun of the cmdlet without the prefix: Pipeline.</summary>
    public string Noun =>
        Parts.Length > 1 && Parts[1].StartsWith("Copper", StringComparison.OrdinalIgnoreCase)
            ? Parts[1].Substring("Copper".Length)
            : string.Empty;

    /// <summary>What was typed for a parameter, as text.</summary>
    public string? Text(string of) => bound[of] is { } value ? PSObject.AsPSObject(value).BaseObject as string : null;

    private string[] Parts => name.Substring(name.LastIndexOf('\\') + 1).Split(['-'], 2);

    /// <summary>
    /// What was typed for a parameter, as references: names, numbers or records. Null when nothing was typed, or nothing that is
    /// known before the command runs.
    /// </summary>
    public IReadOnlyList<CopperReference>? References(string of)
    {
        var value = bound[of];
        return value is null
            ? null
            : ((CopperReference?[]?)new ReferenceTransformationAttribute().Transform(null!, value))?.OfType<CopperReference>().ToArray();
    }
}
