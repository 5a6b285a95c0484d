using System.Collections;
using System.Management.Automation;
using System.Management.Automation.Language;
using System.Management.Automation.Runspaces;

namespace CopperPS.Binding.Completers;

/// <summary>
/// The session that a command will use which is still being typed: the one given, or the default. One that is given but cannot be
/// told yet is not replaced by another: it may be of another account.
/// </summary>
internal static class TypedSession
{
    private const string Parameter = "Session";

    /// <param name="command">What was typed.</param>
    /// <param name="bound">The parameters as PowerShell bound them.</param>
    /// <param name="current">The default session.</param>
    public static T? Of<T>(CommandAst command, IDictionary bound, T? current)
        where T : class
    {
        var given = Bare(bound[Parameter]);
        return given is not null ? given as T
            : IsTyped(command) ? null
            : TryFind(command, out given) ? given as T
            : current;
    }

    /// <summary>-S will do for it where no other parameter begins so, and where one does, the command will not run.</summary>
    private static bool IsTyped(CommandAst command) => command.CommandElements
        .OfType<CommandParameterAst>()
        .Any(static parameter => parameter.ParameterName.Length > 0
            && Parameter.StartsWith(parameter.ParameterName, StringComparison.OrdinalIgnoreCase));

    /// <summary>
    /// The session comes from a table of parameters (@table), or is that of <c>$PSDefaultParameterValues</c>: PowerShell tells
    /// completers of neither.
    /// </summary>
    private static bool TryFind(CommandAst command, out object? session)
    {
        session = null;
        var tables = command.CommandElements.OfType<VariableExpressionAst>().Where(static variable => variable.Splatted).ToArray();
        foreach (var table in tables)
        {
            // A table that is not there yet may come to hold a session.
            if (ValueOf(table.VariablePath.UserPath) is not { } value)
            {
                return true;
            }

            if (value is IDictionary parameters
                && TryGet(parameters, static key => key.Equals(Parameter, StringComparison.OrdinalIgnoreCase), out session))
            {
                return true;
            }
        }

        var name = command.GetCommandName() ?? string.Empty;
        return ValueOf("PSDefaultParameterValues") is IDictionary defaults && TryGet(defaults, key => IsDefaultOf(key, name), out session);
    }

    private static bool TryGet(IDictionary table, Func<string, bool> isMeant, out object? value)
    {
        foreach (DictionaryEntry entry in table)
        {
            if (entry.Key is string key && isMeant(key))
            {
                value = Bare(entry.Value);
                return true;
            }
        }

        value = null;
        return false;
    }

    /// <summary>A key such as Get-Copper*:Session.</summary>
    private static bool IsDefaultOf(string key, string command)
    {
        var parts = key.Trim().Split(':');
        return parts.Length == 2
            && parts[1].Trim().Equals(Parameter, StringComparison.OrdinalIgnoreCase)
            && new WildcardPattern(parts[0].Trim(), WildcardOptions.IgnoreCase).IsMatch(command);
    }

    /// <summary>
    /// A variable's value, as the prompt sees it; null when there is none. The state of a runspace cannot be asked while it
    /// completes, but a script runs in it.
    /// </summary>
    private static object? ValueOf(string variable) => Runspace.DefaultRunspace is null
        ? null
        : Bare(ScriptBlock.Create("param($Name) Get-Variable -Name $Name -ValueOnly -ErrorAction Ignore")
            .Invoke(WildcardPattern.Escape(variable))
            .FirstOrDefault());

    private static object? Bare(object? value) => value is PSObject wrapped ? wrapped.BaseObject : value;
}
