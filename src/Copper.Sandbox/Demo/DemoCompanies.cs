using Copper.Sandbox.Accounts;
using Copper.Sandbox.Values;

namespace Copper.Sandbox.Demo;

internal static class DemoCompanies
{
    private const int Part = 1;

    public static void Fill(Account account, SandboxOptions options)
    {
        var random = new DemoRandom(options.Seed, Part);
        var calendar = new DemoCalendar(random, options.Companies);
        for (int index = 0; index < options.Companies; index++)
        {
            DemoAccount.Add(Create(account, random, calendar, index)).Followed = random.Chance(10);
        }
    }

    private static RecordDraft Create(Account account, DemoRandom random, DemoCalendar calendar, int index)
    {
        var country = DemoContacts.PickCountry(random);
        var city = random.Pick(country.Cities);
        string name = NameOf(index);
        string domain = DemoText.ToAddressPart(name, '-') + ".example";
        var company = DemoAccount.NewRecord(account, EntitySchemas.Company);
        DemoAccount.SetCommon(company, random, calendar, index);
        company["name"] = name + " " + random.Pick(country.CompanySuffixes);
        company["address"] = DemoContacts.Address(random, country, city);
        company["contact_type_id"] = Boxed.Integer(random.Pick(account.ContactTypes.Items).Id);
        company["email_domain"] = domain;
        company["phone_numbers"] = new[] { new ContactPoint(random.Digits(city.Phone), "work") };
        company["websites"] = new[] { new ContactPoint("https://www." + domain, "work") };
        company["socials"] = random.Chance(40)
            ? new[] { new ContactPoint("https://www.linkedin.com/company/" + DemoText.ToAddressPart(name, '-'), "linkedin") }
            : Array.Empty<ContactPoint>();
        company["interaction_count"] = Boxed.Integer(0);
        company["custom_fields"] = DemoCustomFields.RandomValues(account, "company", random, 40);
        return company;
    }

    /// <summary>Every pair of words once, then again with a number.</summary>
    private static string NameOf(int index)
    {
        string[] first = DemoWords.CompanyFirstWords;
        string[] second = DemoWords.CompanySecondWords;
        int pair = index % (first.Length * second.Length);
        int round = index / (first.Length * second.Length);
        string name = first[pair % first.Length] + " " + second[((pair / first.Length) + (pair * 7)) % second.Length];
        return round == 0 ? name : FormattableString.Invariant($"{name} {round + 1}");
    }
}
