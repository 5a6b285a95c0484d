using System.Collections;
using System.Management.Automation;

namespace CopperPS.Abstractions;

/// <summary>
/// Which parameters count as given for the present item. What was typed counts, null included. What the pipeline brought
/// counts when it holds something: an empty cell of a CSV file is not given, and a record that is piped brings its id only –
/// its own fields must not be echoed back.
/// </summary>
internal sealed class GivenParameters
{
    private readonly InvocationInfo _invocation;
    private readonly HashSet<string> _typed;

    /// <summary>To be made before the first item comes down the pipeline.</summary>
    public GivenParameters(InvocationInfo invocation)
    {
        _invocation = invocation;
        _typed = new HashSet<string>(invocation.BoundParameters.Keys, StringComparer.OrdinalIgnoreCase);
    }

    public bool WasTyped(string parameter) => _typed.Contains(parameter);

    /// <param name="parameter">The parameter's name.</param>
    /// <param name="value">What it holds now. PowerShell puts the default back before each item, but goes on listing what an earlier item bound.</param>
    /// <param name="inputIsRecord">The present item is a record.</param>
    public bool Contains(string parameter, object? value, bool inputIsRecord) =>
        WasTyped(parameter) || (!inputIsRecord && !IsBlank(value) && _invocation.BoundParameters.ContainsKey(parameter));

    private static bool IsBlank(object? value) => (value is PSObject wrapped ? wrapped.BaseObject : value) switch
    {
        null => true,
        string text => string.IsNullOrWhiteSpace(text),
        Binding.CopperReference reference => reference.IsBlank,
        IDictionary => false,
        ICollection list => list.Cast<object?>().All(IsBlank),
        _ => false,
    };
}
