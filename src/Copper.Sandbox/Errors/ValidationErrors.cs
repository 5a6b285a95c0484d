using System.Text;
using System.Text.Json;

namespace Copper.Sandbox.Errors;

/// <summary>Collects what is wrong with the attributes of a request.</summary>
internal sealed class ValidationErrors
{
    private readonly List<KeyValuePair<string, string>> _errors = [];

    public static ValidationErrors Of(string attribute, string message)
    {
        var errors = new ValidationErrors();
        errors.Add(attribute, message);
        return errors;
    }

    public bool Any => _errors.Count > 0;

    /// <summary>Whether an error about the attribute was recorded already.</summary>
    public bool Concerns(string attribute) => _errors.Exists(error => error.Key == attribute);

    public void Add(string attribute, string message) => _errors.Add(new(attribute, message));

    /// <summary>Unknown members are said before everything else, as in recorded responses.</summary>
    public void AddUnrecognized(IReadOnlyCollection<string> names)
    {
        if (names.Count > 0)
        {
            _errors.Insert(0, new("base", "Unrecognized attributes specified: " + string.Join(", ", names)));
        }
    }

    public void ThrowIfAny()
    {
        if (Any)
        {
            throw ApiException.Invalid(this);
        }
    }

    /// <summary>The text form of single requests: <c>Invalid input: Validation errors: Name: can't be blank</c>, one error a
    /// line.</summary>
    public string ToMessage() =>
        "Invalid input: Validation errors: " + string.Join("\n", _errors.Select(error => $"{Label(error.Key)}: {error.Value}"));

    /// <summary>The object form of bulk items: <c>{"name":[{"error":"invalid"}]}</c>.</summary>
    public void WriteObject(Utf8JsonWriter writer)
    {
        writer.WriteStartObject();
        foreach (var group in _errors.GroupBy(error => error.Key))
        {
            writer.WriteStartArray(group.Key);
            foreach (var error in group)
            {
                writer.WriteStartObject();
                writer.WriteString("error", error.Value);
                writer.WriteEndObject();
            }

            writer.WriteEndArray();
        }

        writer.WriteEndObject();
    }

    /// <summary>Shows <c>company_id</c> as <c>Company Id</c>.</summary>
    public static string Label(string attribute)
    {
        var label = new StringBuilder(attribute.Length);
        bool startOfWord = true;
        foreach (char letter in attribute)
        {
            label.Append(letter == '_' ? ' ' : startOfWord ? char.ToUpperInvariant(letter) : letter);
            startOfWord = letter == '_';
        }

        return label.ToString();
    }
}
