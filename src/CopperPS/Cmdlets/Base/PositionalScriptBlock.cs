using System.Management.Automation;
using System.Runtime.CompilerServices;
using CopperPS.Binding;
using CopperPS.Core;

namespace CopperPS.Cmdlets.Base;

/// <summary>
/// A script block in the first place, as in Get-CopperPerson | New-CopperTask { "Call $($_.Name)" }. PowerShell runs it for each item and
/// says all the same that no parameter takes it, unless it is given by name. A hidden parameter takes what PowerShell has already used.
/// </summary>
internal static class PositionalScriptBlock
{
    private const string Parameter = "ScriptBlock";

    private static readonly ConditionalWeakTable<InvocationInfo, Dictionary<string, ParameterMetadata>> Known = new();

    /// <summary>The hidden parameter; null where nothing is piped, since a script block needs items to run for.</summary>
    public static RuntimeDefinedParameterDictionary? Offer(InvocationInfo? invocation) => invocation?.ExpectingInput != true
        ? null
        : new RuntimeDefinedParameterDictionary
        {
            [Parameter] = new RuntimeDefinedParameter(
                Parameter, typeof(object), [new ParameterAttribute { Position = 0, DontShow = true }]),
        };

    /// <summary>Something stands in a place for which there is no other parameter: a script block, which is run, or what is one too many.
    /// </summary>
    public static bool IsGiven(InvocationInfo invocation) => invocation.BoundParameters.ContainsKey(Parameter);

    /// <summary>The parameter is the one of the first place.</summary>
    public static bool IsFor(InvocationInfo invocation, string parameter) =>
        IsGiven(invocation) && IsFirst(ParametersOf(invocation)[parameter]);

    /// <summary>Why it is for nothing: it is no script block, or the first place is taken by a value. Null where it is run.</summary>
    public static ErrorRecord? Problem(InvocationInfo invocation, BoundParameters bound)
    {
        if (!invocation.BoundParameters.TryGetValue(Parameter, out var given))
        {
            return null;
        }

        if (CellValue.Bare(given) is not ScriptBlock code)
        {
            var text = CellValue.Describe(given);
            return ErrorRecords.Invalid(
                $"No positional parameter of {invocation.MyCommand.Name} takes '{text}'. Give it behind the name of its parameter, or put "
                    + "a text of several words into quotes.",
                given);
        }

        if (ParametersOf(invocation).Values.Where(IsFirst).FirstOrDefault(first => bound.IsConstant(first.Name)) is not { } taken)
        {
            return null;
        }

        return ErrorRecords.Invalid(
            $"A script block stands in a place where {invocation.MyCommand.Name} takes none: {{{VisibleText.Of(code.ToString())}}}. "
                + $"-{taken.Name} has a value already. Give the script block behind the name of its parameter, for example "
                + $"-{taken.Name} {{ … }}.",
            code);
    }

    /// <summary>
    /// The parameters of a command, by their names. PowerShell puts them together anew each time for a command that may have hidden ones.
    /// </summary>
    public static IReadOnlyDictionary<string, ParameterMetadata> ParametersOf(InvocationInfo invocation) => Known.GetValue(
        invocation, static key => new Dictionary<string, ParameterMetadata>(key.MyCommand.Parameters, StringComparer.OrdinalIgnoreCase));

    private static bool IsFirst(ParameterMetadata parameter) =>
        parameter.Name != Parameter && parameter.ParameterSets.Values.Any(static set => set.Position == 0);
}
