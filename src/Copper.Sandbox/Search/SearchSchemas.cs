using Copper.Sandbox.Accounts;
using static Copper.Sandbox.Search.Filters;

namespace Copper.Sandbox.Search;

/// <summary>
/// Filters and sort keys of each search endpoint. Source: the search pages of developer.copper.com, completed by the
/// vendor's Postman collection and OpenAPI file; filters known from the latter only are marked.
/// </summary>
internal static partial class SearchSchemas
{
    /// <summary>The search of a main entity.</summary>
    public static SearchSchema Of(EntitySchema entity) => entity.Type switch
    {
        "lead" => Leads,
        "person" => People,
        "company" => Companies,
        "opportunity" => Opportunities,
        "project" => Projects,
        "task" => Tasks,
        _ => throw new ArgumentException(entity.Type, nameof(entity)),
    };

    public static SearchSchema People { get; } = new(
        EntitySchemas.Person,
        "first_name",
        [
            Ids(),
            Contains("name", "name"),
            Phone(),
            EmailList(),
            References("contact_type_ids", "contact_type_id"),
            References("assignee_ids", "assignee_id", allowNone: true),
            References("company_ids", "company_id", allowNone: true),
            RelatedOpportunities(),
            .. Address(),
            Tags(),
            Socials(),
            Followed(),
            Age(),
            Contains("title", "title"), // vendor OpenAPI only
            .. Contacted(),
            .. Dates(),
            CustomFields(),
        ],
        [
            SortKey.By("first_name"),
            SortKey.By("last_name"),
            SortKey.By("name"),
            SortKey.By("title"),
            SortKey.ByContactPoint("email", "emails"),
            SortKey.ByContactPoint("phone", "phone_numbers"),
            SortKey.ByContactPoint("socials", "socials"),
            .. DateSorts(),
            .. AddressSorts(),
        ]);

    private static SearchFilter[] Address() =>
    [
        AddressPart("city", address => address.City),
        AddressPart("state", address => address.State),
        AddressPart("postal_code", address => address.PostalCode),
        Country(),
    ];

    private static SortKey[] AddressSorts() =>
    [
        SortKey.ByAddress("city", address => address.City),
        SortKey.ByAddress("state", address => address.State),
        SortKey.ByAddress("country", address => address.Country),
        SortKey.ByAddress("zip", address => address.PostalCode),
    ];

    private static SearchFilter[] Contacted() =>
    [
        .. NumberRange("interaction_count", "interaction_count"),
        .. DateRange("interaction_date", "date_last_contacted"),
    ];

    private static SearchFilter[] Dates() =>
    [
        .. DateRange("created_date", "date_created"),
        .. DateRange("modified_date", "date_modified"),
    ];

    private static SortKey[] DateSorts() => [SortKey.By("date_created"), SortKey.By("date_modified")];

    private static string? UserName(Account account, long id) => account.Users.NameOf(id);

    private static Func<Account, long, string?> PersonName(string attribute) => (account, id) =>
        account.People.Find(id) is { } person ? EntitySchemas.Person.Get<string>(person, attribute) : null;
}
