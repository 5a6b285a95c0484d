using System.Globalization;
using Copper.Sandbox.Accounts;
using Copper.Sandbox.Values;

namespace Copper.Sandbox.Demo;

internal static class DemoPeople
{
    private const int Part = 2;

    public static void Fill(Account account, SandboxOptions options)
    {
        var random = new DemoRandom(options.Seed, Part);
        var calendar = new DemoCalendar(random, options.People);
        Record[] companies = [.. account.Companies.All.OrderBy(company => company.Id)];
        var addresses = new Dictionary<string, int>();
        for (int index = 0; index < options.People; index++)
        {
            var company = companies.Length > 0 && random.Chance(80) ? random.Pick(companies) : null;
            var draft = Create(account, random, calendar, index, company, addresses);
            var person = DemoAccount.Add(draft);
            person.Followed = random.Chance(10);
            SetPrimaryContact(company, person);
        }
    }

    private static RecordDraft Create(
        Account account, DemoRandom random, DemoCalendar calendar, int index, Record? company, Dictionary<string, int> addresses)
    {
        var companyAddress = company is null ? null : EntitySchemas.Company.Get<Address>(company, "address");
        var country = companyAddress is null ? DemoContacts.PickCountry(random) : DemoContacts.CountryOf(companyAddress);
        var city = companyAddress is null
            ? random.Pick(country.Cities)
            : country.Cities.First(candidate => candidate.Name == companyAddress.City);
        var person = DemoAccount.NewRecord(account, EntitySchemas.Person);
        DemoAccount.SetCommon(person, random, calendar, index);
        string addressName = DemoContacts.SetName(person, random, country);
        person["address"] = DemoContacts.Address(random, country, city);
        person["company_id"] = company is null ? null : Boxed.Integer(company.Id);
        person["contact_type_id"] = Boxed.Integer(random.Pick(account.ContactTypes.Items).Id);
        person["emails"] = Emails(random, addressName, company, addresses);
        person["phone_numbers"] = Phones(random, city);
        person["socials"] = random.Chance(30)
            ? new[] { new ContactPoint("https://www.linkedin.com/in/" + addressName.Replace('.', '-'), "linkedin") }
            : Array.Empty<ContactPoint>();
        person["title"] = company is null ? null : random.Pick(DemoWords.JobTitles);
        person["interaction_count"] = Boxed.Integer(0);
        person["custom_fields"] = DemoCustomFields.RandomValues(account, "person", random, 35);
        return person;
    }

    /// <summary>An address at the company or at a mail provider; sometimes a private one besides. No address occurs twice.</summary>
    private static ContactPoint[] Emails(DemoRandom random, string name, Record? company, Dictionary<string, int> addresses)
    {
        string domain = company is null
            ? random.Pick(DemoWords.MailProviders)
            : EntitySchemas.Company.Get<string>(company, "email_domain")!;
        var first = new ContactPoint(Unused(name, domain, addresses), company is null ? "personal" : "work");
        return company is not null && random.Chance(20)
            ? [first, new ContactPoint(Unused(name, random.Pick(DemoWords.MailProviders), addresses), "personal")]
            : [first];
    }

    private static string Unused(string name, string domain, Dictionary<string, int> addresses)
    {
        string address = name + "@" + domain;
        addresses.TryGetValue(address, out int uses);
        addresses[address] = uses + 1;
        return uses == 0 ? address : name + (uses + 1).ToString(CultureInfo.InvariantCulture) + "@" + domain;
    }

    private static ContactPoint[] Phones(DemoRandom random, DemoCity city)
    {
        if (!random.Chance(85))
        {
            return [];
        }

        var work = new ContactPoint(random.Digits(city.Phone), "work");
        return random.Chance(40) ? [work, new ContactPoint(random.Digits(city.Phone), "mobile")] : [work];
    }

    private static void SetPrimaryContact(Record? company, Record person)
    {
        if (company is not null)
        {
            company.Values[EntitySchemas.Company.IndexOf("primary_contact_id")] ??= Boxed.Integer(person.Id);
        }
    }
}
