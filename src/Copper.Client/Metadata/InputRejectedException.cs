namespace Copper.Client.Metadata;

/// <summary>Input of one record, row or search is not valid. Nothing was sent for it.</summary>
public sealed class InputRejectedException : ArgumentException
{
    /// <param name="reason">Why.</param>
    /// <param name="message">What is wrong, and what is valid.</param>
    /// <param name="value">What was given.</param>
    public InputRejectedException(InputRejection reason, string message, object? value)
        : base(message)
    {
        Reason = reason;
        Value = value;
    }

    /// <summary>Why the input was rejected.</summary>
    public InputRejection Reason { get; }

    /// <summary>What was given; null when nothing was.</summary>
    public object? Value { get; }

    /// <summary>The list in which a name was looked for, for example pipeline stage; null when none was.</summary>
    public string? ListName { get; init; }

    /// <summary>The name that was looked for in <see cref="ListName"/>.</summary>
    public string? SoughtName { get; init; }

    /// <summary>The entity whose custom fields were looked at; null when none were.</summary>
    public string? FieldEntity { get; init; }

    /// <summary>The custom field whose choices were looked at; null when none were.</summary>
    public long? FieldId { get; init; }

    /// <summary>What to do next, beside what the message states; null when the message states it all.</summary>
    public string? Advice { get; init; }

    /// <summary>
    /// The same would be said of every other record: what was typed is wrong or missing, or two parameters contradict each other.
    /// </summary>
    public bool IsOfEveryRecord { get; init; }

    /// <summary>
    /// A column is missing, as it is in every row of the same file: said of the first row, it is true of the others.
    /// </summary>
    public bool IsOfEveryRow { get; init; }

    /// <summary>None or several have the name.</summary>
    public bool IsAboutName => Reason is InputRejection.UnknownName or InputRejection.AmbiguousName;
}
