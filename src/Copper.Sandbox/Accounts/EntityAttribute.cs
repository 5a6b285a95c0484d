using System.Text.Json;

namespace Copper.Sandbox.Accounts;

/// <summary>Who sets an attribute.</summary>
internal enum AttributeAccess
{
    /// <summary>The server; a client that sends it is rejected.</summary>
    ReadOnly,

    /// <summary>The client, when it creates the record.</summary>
    CreateOnly,

    /// <summary>The client, at any time.</summary>
    Writable,

    /// <summary>The client, at any time; it has to be there and must not be blank.</summary>
    Required,

    /// <summary>The client, when it creates the record, and then it has to be there.</summary>
    RequiredCreateOnly,
}

/// <summary>One line of the attribute table of an entity.</summary>
/// <param name="Name">Name on the wire.</param>
/// <param name="Type">How its values are checked and written.</param>
/// <param name="Access">Who sets it.</param>
/// <param name="Derive">Computes the value when it is read, for attributes that are not stored.</param>
/// <param name="OmittedWhenNull">Whether replies leave the attribute out instead of showing null.</param>
/// <param name="IsNullInsteadOfFalse">Whether replies show null where a flag is not set.</param>
internal sealed record EntityAttribute(
    string Name,
    AttributeType Type,
    AttributeAccess Access,
    Func<Account, EntitySchema, Record, object?>? Derive = null,
    bool OmittedWhenNull = false,
    bool IsNullInsteadOfFalse = false)
{
    /// <summary>The name as replies contain it, encoded once.</summary>
    public JsonEncodedText EncodedName { get; } = JsonEncodedText.Encode(Name);

    public bool IsRequired => Access is AttributeAccess.Required or AttributeAccess.RequiredCreateOnly;

    public bool IsAccepted(bool creating) => Access switch
    {
        AttributeAccess.Writable or AttributeAccess.Required => true,
        AttributeAccess.CreateOnly or AttributeAccess.RequiredCreateOnly => creating,
        _ => false,
    };
}
