using System.Collections;
using System.Diagnostics.CodeAnalysis;
using System.Text.Json;
using Copper.Client.Json;

namespace Copper.Client.Models;

/// <summary>
/// Names with secret values. As a dictionary it shows the names, and <c>***</c> for each value, so that neither a view nor
/// a serializer nor a log gives one away; only a request to the service and a comparison see them.
/// </summary>
[SuppressMessage("Usage", "CA2237", Justification = "It must not be serialized with its values.")]
public sealed class CopperSecretMap : Dictionary<string, string>, IJsonWritable
{
    /// <summary>Stands for a value.</summary>
    public const string Mask = Redaction.Mask;

    /// <summary>A member of this name holds a secret, such as secret, Authorization or apiKey: its value is not to be shown.</summary>
    /// <param name="name">The name, in any spelling.</param>
    public static bool IsSecretName(string name) => Redaction.IsSecretName(name ?? throw new ArgumentNullException(nameof(name)));

    /// <summary>A shorter value may be a part of any word.</summary>
    private const int ShortestAnywhere = 4;

    private readonly Dictionary<string, string> _values;

    /// <summary>These names with these values.</summary>
    /// <param name="values">Names and values.</param>
    /// <param name="ignoresCase">The names are the same in capitals, as those of HTTP headers are.</param>
    public CopperSecretMap(IEnumerable<KeyValuePair<string, string>> values, bool ignoresCase = false)
        : base(ignoresCase ? StringComparer.OrdinalIgnoreCase : StringComparer.Ordinal)
    {
        _values = new Dictionary<string, string>(Comparer);
        foreach (var pair in values)
        {
            _values[pair.Key] = pair.Value;
            this[pair.Key] = Mask;
        }
    }

    /// <summary>Every name is found with its value. All are compared, in a time that does not depend on where they differ.</summary>
    /// <param name="find">The value that came under a name, or null.</param>
    public bool Matches(Func<string, string?> find)
    {
        var same = true;
        foreach (var pair in _values)
        {
            same &= FixedTime.AreEqual(pair.Value, find(pair.Key));
        }

        return same;
    }

    /// <summary>Rejects a secret that is none: without a pair, or with a name whose value is null.</summary>
    /// <exception cref="ArgumentException">There is no pair, or one has no value.</exception>
    internal void CheckComplete()
    {
        if (_values.Count == 0)
        {
            throw new ArgumentException("There is no pair to compare, so that everything would carry it.");
        }

        foreach (var pair in _values)
        {
            if (pair.Value is null)
            {
                throw new ArgumentException($"The secret has no value for '{pair.Key}': it is null.");
            }
        }
    }

    /// <summary>Both have the same names and values. None at all is the same as an empty one.</summary>
    public static bool AreSame(CopperSecretMap? one, CopperSecretMap? other) =>
        (one?.Count ?? 0) == (other?.Count ?? 0)
        && (one is null || one.Matches(name => other is not null && other._values.TryGetValue(name, out var value) ? value : null));

    /// <summary>The same pairs, whose names are the same in capitals.</summary>
    public CopperSecretMap IgnoringCase() => new(_values, ignoresCase: true);

    /// <summary>
    /// The text without the values, should the service repeat them in an error. A value shorter than four characters is taken out only
    /// where it is the value of its name: elsewhere that would garble the text.
    /// </summary>
    internal string Redact(string text)
    {
        // A value that is part of another one goes last.
        foreach (var pair in _values.OrderByDescending(static pair => pair.Value.Length))
        {
            text = pair.Value.Length < ShortestAnywhere
                ? Redaction.RedactMember(text, pair.Key, pair.Value)
                : Redaction.Redact(text, pair.Value, ShortestAnywhere);
        }

        return text;
    }

    /// <summary>The names, each with <c>***</c>.</summary>
    public override string ToString() => string.Join("; ", Keys.Select(static name => name + "=" + Mask));

    void IJsonWritable.WriteTo(Utf8JsonWriter writer)
    {
        JsonValueWriter.Check("secret", _values);
        JsonValueWriter.Write(writer, (IDictionary)_values);
    }
}
