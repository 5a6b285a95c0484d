using Copper.Sandbox.Accounts;
using Copper.Sandbox.Values;

namespace Copper.Sandbox.Demo;

internal static class DemoLeads
{
    private const int Part = 3;

    public static void Fill(Account account, SandboxOptions options)
    {
        var random = new DemoRandom(options.Seed, Part);
        var calendar = new DemoCalendar(random, options.Leads);
        for (int index = 0; index < options.Leads; index++)
        {
            DemoAccount.Add(Create(account, random, calendar, index)).Followed = random.Chance(10);
        }
    }

    private static RecordDraft Create(Account account, DemoRandom random, DemoCalendar calendar, int index)
    {
        var country = DemoContacts.PickCountry(random);
        var city = random.Pick(country.Cities);
        var status = random.Pick(account.LeadStatuses.Items);
        bool hasValue = random.Chance(70);
        var lead = DemoAccount.NewRecord(account, EntitySchemas.Lead);
        DemoAccount.SetCommon(lead, random, calendar, index);
        string addressName = DemoContacts.SetName(lead, random, country);
        lead["address"] = random.Chance(80) ? DemoContacts.Address(random, country, city) : null;
        lead["company_name"] = random.Chance(75)
            ? random.Pick(DemoWords.CompanyFirstWords) + " " + random.Pick(country.CompanySuffixes)
            : null;
        lead["customer_source_id"] = random.Chance(80) ? Boxed.Integer(random.Pick(account.CustomerSources.Items).Id) : null;
        lead["email"] = random.Chance(90) ? new ContactPoint(addressName + "@" + random.Pick(DemoWords.MailProviders), "work") : null;
        lead["phone_numbers"] = random.Chance(70) ? [new ContactPoint(random.Digits(city.Phone), "work")] : Array.Empty<ContactPoint>();
        lead["monetary_value"] = hasValue ? 500m * (1 + random.Next(60)) : null;
        lead["monetary_unit"] = hasValue ? "USD" : null;
        lead["status"] = status.Name;
        lead["status_id"] = status.Id;
        lead["title"] = random.Chance(60) ? random.Pick(DemoWords.JobTitles) : null;
        lead["interaction_count"] = Boxed.Integer(0);
        lead["custom_fields"] = DemoCustomFields.RandomValues(account, "lead", random, 35);
        return lead;
    }
}
