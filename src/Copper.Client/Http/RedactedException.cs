using Copper.Client.Json;

namespace Copper.Client;

/// <summary>
/// Stands in for the cause of an error whose text holds a secret: the text of an exception cannot be changed, and a cause is shown
/// along with the error. Its message stays, without the secret.
/// </summary>
internal sealed class RedactedException : Exception
{
    private readonly string _text;

    private RedactedException(string message, string text)
        : base(message) => _text = text;

    /// <summary>
    /// The cause as it is, or, when it or one of its own causes repeats a secret of the request, what may be shown of it.
    /// </summary>
    public static Exception? Of(Exception? cause, CopperRequest request)
    {
        if (cause is null or CopperException)
        {
            return cause;
        }

        var text = cause.ToString();
        var shown = request.Redact(text);
        return shown == text ? cause : new RedactedException(request.Redact(cause.Message), ErrorText.Printable(shown));
    }

    /// <inheritdoc/>
    public override string ToString() => _text;
}
