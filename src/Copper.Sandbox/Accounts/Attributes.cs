using Copper.Sandbox.Values;

namespace Copper.Sandbox.Accounts;

/// <summary>Shorthand for the lines of the attribute tables in <see cref="EntitySchemas"/>.</summary>
internal static class Attributes
{
    public static StringType Text { get; } = new();

    public static NumberType Number { get; } = new();

    public static BooleanType Flag { get; } = new();

    public static StringArrayType Strings { get; } = new();

    public static TagsType Tags { get; } = new();

    public static AddressType PostalAddress { get; } = new();

    public static CustomFieldsType CustomFields { get; } = new();

    public static LeadOriginsType LeadOrigins { get; } = new();

    public static ContactPointArrayType Emails { get; } = new(ContactPointType.Email);

    public static ContactPointArrayType PhoneNumbers { get; } = new(ContactPointType.PhoneNumber);

    public static ContactPointArrayType Socials { get; } = new(ContactPointType.Social);

    public static ContactPointArrayType Websites { get; } = new(ContactPointType.Website);

    /// <summary>The id. It is not stored among the values; the record itself knows it.</summary>
    public static EntityAttribute Id { get; } = Derived("id", IntegerType.Any, (_, _, record) => Boxed.Integer(record.Id));

    public static EntityAttribute Name { get; } = new("name", Text, AttributeAccess.Required);

    public static EntityAttribute Read(string name, AttributeType type) => new(name, type, AttributeAccess.ReadOnly);

    public static EntityAttribute Date(string name) => new(name, IntegerType.Timestamp, AttributeAccess.ReadOnly);

    public static EntityAttribute Write(string name, AttributeType type) => new(name, type, AttributeAccess.Writable);

    public static EntityAttribute WriteOnce(string name, AttributeType type) => new(name, type, AttributeAccess.CreateOnly);

    public static EntityAttribute Derived(string name, AttributeType type, Func<Account, EntitySchema, Record, object?> derive) =>
        new(name, type, AttributeAccess.ReadOnly, derive);
}
