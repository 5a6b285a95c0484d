namespace CopperPS.Binding;

/// <summary>Ties a parameter to a member of a request body, in the API's own spelling.</summary>
[AttributeUsage(AttributeTargets.Property)]
public abstract class MemberAttribute : Attribute
{
    private protected MemberAttribute(string name) => Name = name;

    /// <summary>The member's name on the wire.</summary>
    public string Name { get; }

    /// <summary>What a reference points to, in the API's singular word, so that a record of another entity is rejected.</summary>
    public string? Entity { get; set; }
}

/// <summary>The parameter is this field of the record.</summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class FieldAttribute(string name) : MemberAttribute(name);

/// <summary>The parameter is this criterion of a search.</summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class FilterAttribute(string name) : MemberAttribute(name)
{
    /// <summary>Null asks for records that have none: the API writes -2 for it, and knows it for some criteria only.</summary>
    public bool AllowsNone { get; set; }

    /// <summary>The service takes one text at a time: there is a search for each of several.</summary>
    public bool TakesOne { get; set; }
}
