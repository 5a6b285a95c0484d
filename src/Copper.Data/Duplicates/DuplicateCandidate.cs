using Copper.Client.Models;
using Copper.Data.Import;

namespace Copper.Data.Duplicates;

/// <summary>
/// What of a record is compared once some key of it is shared: a little of it, so that many records need little memory.
/// </summary>
internal sealed class DuplicateCandidate
{
    private DuplicateCandidate()
    {
    }

    public long Id { get; private init; }

    /// <summary>The words of the name, in each form of it.</summary>
    public string[][] Names { get; private init; } = [];

    /// <summary>The words of the company's name, in each form; empty for a company.</summary>
    public string[][] Companies { get; private init; } = [];

    /// <summary>The e-mail addresses, as numbers.</summary>
    public ulong[] Emails { get; private init; } = [];

    /// <summary>The domains that tell of a company, as numbers.</summary>
    public ulong[] Domains { get; private init; } = [];

    /// <summary>The city of the address, as a number; null for none.</summary>
    public ulong? City { get; private init; }

    /// <summary>The candidate of a record.</summary>
    /// <param name="record">The record.</param>
    /// <param name="texts">Words that are kept once, since many names share them.</param>
    public static DuplicateCandidate Of(ICopperRecord record, Dictionary<string, string> texts)
    {
        var isCompany = record is CopperCompany;
        return new DuplicateCandidate
        {
            Id = record.Id,
            Names = Kept(NameText.FormsOf(NameOf(record), isCompany), texts),
            Companies = isCompany ? [] : Kept(NameText.FormsOf(CompanyOf(record), isCompany: true), texts),
            Emails = [.. MatchRule.ValuesOf("Email", record).Where(static email => email.Length > 0).Select(static email => Hash(email))],
            Domains = [.. DomainsOf(record).Select(static domain => Hash(domain)).Distinct()],
            City = MatchRule.Normal((record as IAddressedRecord)?.Address?.City) is { Length: > 0 } city ? Hash(city) : null,
        };

        static ulong Hash(string text) => TextHash.Of(text);
    }

    /// <summary>The name of a person, lead or company.</summary>
    public static string? NameOf(ICopperRecord record) => record switch
    {
        IPersonalRecord person => person.Name,
        CopperCompany company => company.Name,
        _ => null,
    };

    /// <summary>The company's name in a person or a lead.</summary>
    public static string? CompanyOf(ICopperRecord record) => record switch
    {
        CopperPerson person => person.CompanyName,
        CopperLead lead => lead.CompanyName,
        _ => null,
    };

    /// <summary>The domains of a record that tell of a company: of its addresses; of a company those of its websites too.</summary>
    public static IEnumerable<string> DomainsOf(ICopperRecord record) => (record switch
    {
        CopperCompany company => Listed(company.EmailDomains).Prepend(company.EmailDomain).Select(InternetDomain.Telling)
            .Concat(company.Websites.Select(static site => InternetDomain.OfWebsite(site.Url))),
        CopperPerson person => person.Emails.Select(static email => InternetDomain.OfEmail(email.Email)),
        CopperLead lead => lead.Emails.Select(static email => InternetDomain.OfEmail(email.Email)),
        _ => [],
    }).OfType<string>().Distinct();

    private static IEnumerable<string?> Listed(object? domains) => domains switch
    {
        string text => text.Split(',', ';', ' '),
        System.Collections.IEnumerable list => list.Cast<object?>().Select(static item => item as string),
        _ => [],
    };

    private static string[][] Kept(string[][] names, Dictionary<string, string> texts)
    {
        foreach (var words in names)
        {
            for (var place = 0; place < words.Length; place++)
            {
                if (texts.TryGetValue(words[place], out var kept))
                {
                    words[place] = kept;
                }
                else
                {
                    texts.Add(words[place], words[place]);
                }
            }
        }

        return names;
    }
}
