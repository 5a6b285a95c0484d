using Copper.Sandbox.Errors;

namespace Copper.Sandbox.Accounts;

/// <summary>What an attribute type needs to know while it reads a value sent by the client.</summary>
internal sealed class AttributeReading(Account account, string entityType, string attribute, object? current, ValidationErrors errors)
{
    public Account Account { get; } = account;

    /// <summary>Singular name of the entity the attribute belongs to.</summary>
    public string EntityType { get; } = entityType;

    /// <summary>The attribute's name as messages show it.</summary>
    public string Label => ValidationErrors.Label(attribute);

    /// <summary>The value the record has so far; only custom fields are merged into it.</summary>
    public object? Current { get; } = current;

    /// <summary>Records an error; the returned null is never stored because the request is rejected.</summary>
    public object? Fail(string message)
    {
        errors.Add(attribute, message);
        return null;
    }

    public void FailUnrecognized(IReadOnlyCollection<string> names) => errors.AddUnrecognized(names);
}
