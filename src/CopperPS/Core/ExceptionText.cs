using System.Text.RegularExpressions;

namespace CopperPS.Core;

/// <summary>The message of an exception as a user reads it.</summary>
internal static class ExceptionText
{
    /// <summary>
    /// What .NET adds to the message of an <see cref="ArgumentException"/>: the name of a parameter of a method, which no user has given,
    /// and the value, which the message states itself.
    /// </summary>
    private static readonly Regex Tail = new(
        @"( \(Parameter '\w+'\)|\r?\nParameter name: \w+)(\r?\nActual value was .*)?\s*$", RegexOptions.Singleline);

    /// <summary>The message without what .NET adds to it for programmers.</summary>
    public static string Of(Exception exception) => exception is ArgumentException { ParamName: not null }
        ? Tail.Replace(exception.Message, string.Empty)
        : exception.Message;
}
