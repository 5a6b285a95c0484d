using Copper.Client.Models;

namespace Copper.Client;

/// <summary>
/// What the service sorts records by, read from the records: for several sorted searches whose records become one sorted result.
/// </summary>
internal static class SortKeys
{
    /// <summary>
    /// Fields that a record has as a word, and that may be sorted by the place of the word in its list. The documentation does not say.
    /// </summary>
    private static readonly string[] Ranked = ["priority", "status"];

    /// <summary>Words of the service for members that are called otherwise.</summary>
    private static readonly Dictionary<string, string> Members = new()
    {
        ["account"] = "company_name",
        ["deal_last_stage"] = "date_stage_changed",
        ["last_interaction"] = "date_last_contacted",
        ["value"] = "monetary_value",
    };

    /// <summary>
    /// The value by which records are compared, null for none; null in place of the function for a field that a record does not tell,
    /// such as the name of a user behind an id.
    /// </summary>
    /// <param name="entity">What is sorted.</param>
    /// <param name="field">The value of sort_by.</param>
    public static Func<T, IComparable?>? Of<T>(CopperEntity<T> entity, string field)
        where T : class, ICopperRecord
    {
        if (PartOf(field) is { } part)
        {
            return entity.SortFields.Contains(field) ? record => part(record) : null;
        }

        var name = Members.TryGetValue(field, out var other) ? other : field;
        return Array.IndexOf(Ranked, name) < 0
            && entity.Item.Properties.FirstOrDefault(member => member.Name == name) is { Get: { } read } property
            && typeof(IComparable).IsAssignableFrom(Nullable.GetUnderlyingType(property.PropertyType) ?? property.PropertyType)
            ? record => (IComparable?)read(record)
            : null;
    }

    /// <summary>The part of an address, or the first of several contact points.</summary>
    private static Func<object, string?>? PartOf(string field) => field switch
    {
        "city" => static record => (record as IContactRecord)?.Address?.City,
        "state" => static record => (record as IContactRecord)?.Address?.State,
        "country" => static record => (record as IContactRecord)?.Address?.Country,
        "zip" => static record => (record as IContactRecord)?.Address?.PostalCode,
        "email" => static record => record switch
        {
            CopperPerson person => person.Email,
            CopperLead lead => lead.Email,
            _ => null,
        },
        "phone" => static record => (record as IContactRecord)?.PhoneNumbers.FirstOrDefault()?.Number,
        "primary_website" => static record => (record as IContactRecord)?.Websites.FirstOrDefault()?.Url,
        "socials" => static record => (record as IContactRecord)?.Socials.FirstOrDefault()?.Url,
        _ => null,
    };
}
