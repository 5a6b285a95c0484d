using System.Collections;
using System.Management.Automation;
using System.Management.Automation.Language;

namespace CopperPS.Binding;

/// <summary>The session that a command will use which is still being typed.</summary>
internal static class TypedSession
{
    /// <summary>The session given, or the default. One that is given but cannot be told yet is not replaced by another: it may be of another account.</summary>
    /// <param name="command">What was typed.</param>
    /// <param name="bound">What PowerShell made of its parameters.</param>
    /// <param name="current">The default session.</param>
    public static T? Of<T>(CommandAst command, IDictionary bound, T? current)
        where T : class
    {
        var given = bound["Session"];
        return (given is PSObject wrapped ? wrapped.BaseObject : given) switch
        {
            T session => session,
            null when !IsTyped(command) => current,
            _ => null,
        };
    }

    /// <summary>-S will do for it where no other parameter begins so, and where one does, the command will not run.</summary>
    private static bool IsTyped(CommandAst command) => command.CommandElements
        .OfType<CommandParameterAst>()
        .Any(static parameter => parameter.ParameterName.Length > 0 && "Session".StartsWith(parameter.ParameterName, StringComparison.OrdinalIgnoreCase));
}
