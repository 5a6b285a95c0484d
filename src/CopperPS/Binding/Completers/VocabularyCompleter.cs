using System.Collections;
using System.Management.Automation;
using System.Management.Automation.Language;
using System.Reflection;

namespace CopperPS.Binding.Completers;

/// <summary>Offers the words that the parameter's <see cref="VocabularyAttribute"/> names.</summary>
public sealed class VocabularyCompleter : IArgumentCompleter
{
    /// <inheritdoc/>
    public IEnumerable<CompletionResult> CompleteArgument(
        string commandName, string parameterName, string wordToComplete, CommandAst commandAst, IDictionary fakeBoundParameters)
    {
        var words = typeof(VocabularyCompleter).Assembly.GetTypes()
            .Where(type => type.GetCustomAttribute<CmdletAttribute>() is { } cmdlet
                && commandName.EndsWith($"{cmdlet.VerbName}-{cmdlet.NounName}", StringComparison.OrdinalIgnoreCase))
            .Select(type =>
                type.GetProperty(parameterName, BindingFlags.Public | BindingFlags.Instance | BindingFlags.IgnoreCase)
                    ?.GetCustomAttribute<VocabularyAttribute>()
                    ?.Words)
            .FirstOrDefault(static words => words is not null);
        return Completion.Of(words ?? [], wordToComplete, static word => (word, word));
    }
}
