using Copper.Client.Json;

namespace Copper.Client.Hub;

/// <summary>
/// A user of the CopperHub. The password is asked for only when the client logs in, goes into that one form and nowhere
/// else: no property, text or trace shows it.
/// </summary>
public sealed class CopperHubCredential
{
    private readonly Func<string> _password;

    /// <summary>A user whose password is kept elsewhere, for example encrypted.</summary>
    /// <param name="userName">The name to log in with.</param>
    /// <param name="password">Gives the password; called at each login.</param>
    /// <exception cref="ArgumentException">The name is empty, or no proper text.</exception>
    public CopperHubCredential(string userName, Func<string> password)
    {
        UserName = string.IsNullOrWhiteSpace(userName) ? throw new ArgumentException("The user name is empty.") : userName;
        JsonValueWriter.CheckText("the user name", userName);
        _password = password ?? throw new ArgumentNullException(nameof(password));
    }

    /// <summary>A user with this password.</summary>
    /// <exception cref="ArgumentException">The name is empty.</exception>
    public CopperHubCredential(string userName, string password)
        : this(userName, () => password)
    {
    }

    /// <summary>The name to log in with.</summary>
    public string UserName { get; }

    /// <summary>The user name.</summary>
    public override string ToString() => UserName;

    internal string RevealPassword() => _password();
}
