using Copper.Client.Models;

namespace CopperPS.Binding.Completers;

/// <summary>
/// Offers users for an end of a connection, once its type was typed as User. Records of other types are not looked up by name.
/// </summary>
public sealed class EndpointCompleter : NameCompleter
{
    private protected override string? EntityFor(TypedCommand command)
    {
        var type = command.Text(command.Parameter.Equals("From", StringComparison.OrdinalIgnoreCase) ? "FromType" : "Type");
        return string.Equals(type, CopperEntityNames.User, StringComparison.OrdinalIgnoreCase) ? CopperEntityNames.User : null;
    }
}
