using System.Management.Automation;

namespace CopperPS.Cmdlets.Base;

/// <summary>What comes down the pipeline as a row of a table.</summary>
internal static class PipelineRow
{
    /// <summary>
    /// The row has a property that the command takes. One without any says nothing of the record, which would be made of the typed
    /// parameters once for each of them: texts, numbers and hashtables come so by mistake.
    /// </summary>
    public static bool SaysAnything(object row, InvocationInfo invocation) =>
        PSObject.AsPSObject(row).Properties.Any(property => Taken(invocation).Any(name => string.Equals(name, property.Name, StringComparison.OrdinalIgnoreCase)));

    /// <summary>The properties that the command takes, for messages.</summary>
    public static IEnumerable<string> Taken(InvocationInfo invocation) => invocation.MyCommand.Parameters.Values
        .Where(static parameter => parameter.ParameterSets.Values.Any(static set => set.ValueFromPipelineByPropertyName))
        .Select(static parameter => parameter.Name);
}
