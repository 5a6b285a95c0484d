using Copper.Sandbox.Accounts;
using Copper.Sandbox.Values;

namespace Copper.Sandbox.Demo;

/// <summary>Countries and addresses for companies, people and leads.</summary>
internal static class DemoContacts
{
    /// <summary>How many of twenty contacts live in each of the countries.</summary>
    private static readonly int[] Shares = [7, 4, 3, 2, 1, 1, 2];

    public static DemoCountry PickCountry(DemoRandom random)
    {
        int ticket = random.Next(Shares.Sum());
        int country = 0;
        while (ticket >= Shares[country])
        {
            ticket -= Shares[country++];
        }

        return DemoCountries.All[country];
    }

    public static DemoCountry CountryOf(Address address) => DemoCountries.All.First(country => country.Code == address.Country);

    public static Address Address(DemoRandom random, DemoCountry country, DemoCity city)
    {
        string number = (1 + random.Next(240)).ToString(System.Globalization.CultureInfo.InvariantCulture);
        string street = country.StreetPattern.Replace("{0}", number).Replace("{1}", random.Pick(country.Streets));
        return new Address(street, city.Name, city.State, random.Digits(city.PostalCode), country.Code);
    }

    /// <summary>Sets name and name parts; returns the name as it goes into an e-mail address.</summary>
    public static string SetName(RecordDraft contact, DemoRandom random, DemoCountry country)
    {
        string first = random.Pick(country.FirstNames);
        string last = random.Pick(country.LastNames);
        string? prefix = random.Chance(3) ? "Dr." : null;
        string? middle = random.Chance(6) ? ((char)('A' + random.Next(26))) + "." : null;
        contact["name"] = string.Join(" ", new[] { prefix, first, middle, last }.Where(part => part is not null));
        contact["prefix"] = prefix;
        contact["first_name"] = first;
        contact["middle_name"] = middle;
        contact["last_name"] = last;
        return DemoText.ToAddressPart(first + " " + last, '.');
    }
}
