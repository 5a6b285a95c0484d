using Copper.Client.Metadata;
using Copper.Client.Models;
using Copper.Data.Duplicates;

namespace Copper.Data.Tests.Duplicates;

/// <summary>Which records are one, and how certain that is.</summary>
public sealed class DuplicateRuleTests
{
    private const string Exact = "Exact";
    private const string Likely = "Likely";
    private const string None = "";

    [Theory]
    [InlineData("Müller", "Mueller", Exact)]
    [InlineData("Müller", "MULLER", Exact)]
    [InlineData("O’Brien", "OBrien", Exact)]
    [InlineData("Ångström", "Aangstroem", Exact)]
    [InlineData("Weiß", "Weiss", Exact)]
    [InlineData("Muller", "Mueller", Likely)]
    [InlineData("Lovelace", "Lovelaec", Likely)]
    [InlineData("Lovelace Jr.", "Lovelace Sr.", None)]
    [InlineData("Lovelace", "Lovelace III", None)]
    [InlineData("Kay", "May", Likely)]
    [InlineData("Li", "Lu", None)]
    [InlineData("Smith", "Schmidt", None)]
    [InlineData("Route 66", "Route 67", None)]
    public void Last_names_within_a_company(string one, string other, string confidence) =>
        AssertFound(confidence, Person(1, "Ada " + one, "Engines Ltd"), Person(2, "Ada " + other, "ENGINES Inc."));

    [Theory]
    [InlineData("Ada Lovelace", "Lovelace, Ada", Exact)]
    [InlineData("Ada Lovelace", "Dr. Ada Lovelace, PhD", Exact)]
    [InlineData("Ada Lovelace", "Lovelace Ada", Likely)]
    [InlineData("Ada Lovelace", "Ada King Lovelace", Likely)]
    [InlineData("Anne-Marie Weber", "Annemarie Weber", Likely)]
    [InlineData("Daniel Weber", "Daniela Weber", None)]
    [InlineData("Ada Lovelace", "Byron Lovelace", None)]
    [InlineData("Ada", "Ada", Likely)]
    [InlineData("Unknown", "unknown", None)]
    [InlineData(null, null, None)]
    [InlineData("\ud800", "\ud800", None)]
    [InlineData("李 明", "李 明", Exact)]
    public void Names_within_a_company(string? one, string? other, string confidence) =>
        AssertFound(confidence, Person(1, one, "Engines"), Person(2, other, "Engines"));

    [Theory]
    [InlineData("Engines GmbH & Co. KG", "Engines S.A.S.", Exact)]
    [InlineData("The Engines Company", "engines", Exact)]
    [InlineData("Smith & Sons", "Smith and Sons, Inc.", Exact)]
    [InlineData("A.B.C. Sp. z o.o.", "ABC", Exact)]
    [InlineData("Müller AG", "MUELLER", Exact)]
    [InlineData("Babbage Engines", "Babbage Enginse", Likely)]
    [InlineData("Engines 1", "Engines 2", None)]
    [InlineData("ABC", "ABD", None)]
    [InlineData("GmbH", "GmbH", Exact)]
    [InlineData("n/a", "N/A", None)]
    public void Names_of_companies(string one, string other, string confidence) =>
        AssertFound(confidence, new CopperCompany { Id = 1, Name = one }, new CopperCompany { Id = 2, Name = other });

    [Theory]
    [InlineData("engines.example", "https://www.Engines.example:443/about?x=1", "Engines", "Engines Ltd", Exact)]
    [InlineData("engines.example", "http://engines.example", "Engines", "Analytics", Likely)]
    [InlineData("engines.example", "https://other.example", "Engines", "Engines", Likely)]
    [InlineData("gmail.com", "gmail.com", "Engines", "Analytics", None)]
    [InlineData("linkedin.com", "https://uk.linkedin.com/company/engines", "Engines", "Analytics", None)]
    [InlineData("", "", "Engines", "Analytics", None)]
    public void Domains_of_companies(string domain, string website, string one, string other, string confidence) =>
        AssertFound(
            confidence,
            new CopperCompany { Id = 1, Name = one, EmailDomain = domain },
            new CopperCompany { Id = 2, Name = other, Websites = [new CopperWebsite { Url = website }] });

    [Theory]
    [InlineData("ada@engines.example", "ADA@Engines.example ", "Ada Lovelace", "A. Lovelace", Exact)]
    [InlineData("ada@engines.example", "ada@engines.example", "Ada Lovelace", null, Exact)]
    [InlineData("family@engines.example", "family@engines.example", "Ada Lovelace", "Byron Lovelace", Likely)]
    [InlineData("info@engines.example", "info@engines.example", "Ada Lovelace", "Charles Babbage", None)]
    [InlineData("no-reply@engines.example", "no-reply@engines.example", null, null, None)]
    [InlineData("@", "@", "Ada Lovelace", "Charles Babbage", None)]
    public void Addresses(string one, string other, string? name, string? otherName, string confidence) =>
        AssertFound(confidence, WithEmails(Lead(1, name), "x@else.example", one), WithEmails(Lead(2, otherName), other));

    [Theory]
    [InlineData("+49 (30) 123 45 67", "030/1234567", Exact)]
    [InlineData("000000000", "000000000", None)]
    [InlineData("123456789", "123456789", None)]
    [InlineData("17", "17", None)]
    [InlineData("", null, None)]
    public void Numbers_of_people_with_one_name(string? one, string? other, string confidence)
    {
        // Their companies differ, so that the name alone is no reason.
        var (first, second) = (Person(1, "Ada Lovelace", "Engines"), Person(2, "Ada Lovelace", "Analytics"));
        first.PhoneNumbers.Add(new CopperPhoneNumber { Number = one });
        second.PhoneNumbers.Add(new CopperPhoneNumber { Number = other });
        AssertFound(confidence, first, second);
    }

    [Fact]
    public void Namesakes_are_no_duplicates()
    {
        AssertFound(None, Person(1, "Ada Lovelace", "Engines"), Person(2, "Ada Lovelace", "Analytics"));
        AssertFound(Likely, Person(1, "Ada Lovelace", "Engines"), Person(2, "Ada Lovelace", null));

        // Two colleagues, who have addresses of their own.
        AssertFound(
            Likely,
            WithEmails(Person(1, "Ada Lovelace", "Engines"), "ada@engines.example"),
            WithEmails(Person(2, "Ada Lovelace", "Engines"), "ada2@engines.example"));

        // One without a company does not join two of different companies.
        var groups = Find(
            [], Person(1, "Ada Lovelace", "Engines"), Person(2, "Ada Lovelace", "Analytics"), Person(3, "Ada Lovelace", null));
        Assert.Equal(2, Assert.Single(groups).Count);

        var (here, there) = (Person(1, "Ada Lovelace", null), Person(2, "Ada Lovelace", null));
        (here.Address, there.Address) = (new CopperAddress { City = "London" }, new CopperAddress { City = "Paris" });
        AssertFound(None, here, there);
    }

    [Fact]
    public void Given_rules_are_the_only_ones()
    {
        CopperPerson[] people =
            [Person(1, "Ada Lovelace", "Engines"), Person(2, "Ada Lovelace", "Analytics"), Person(3, "Byron", "Engines")];
        people[1].PhoneNumbers.Add(new CopperPhoneNumber { Number = "020 7946 0000" });
        people[2].PhoneNumbers.Add(new CopperPhoneNumber { Number = "020 7946 0000" });

        var byName = Assert.Single(Find(["name"], people));
        Assert.Equal((DuplicateConfidence.Likely, "1 2"), (byName.Confidence, string.Join(" ", byName.Ids.Order())));
        var byNumber = Assert.Single(Find(["PhoneNumber"], people));
        Assert.Equal((DuplicateConfidence.Likely, "2 3"), (byNumber.Confidence, string.Join(" ", byNumber.Ids.Order())));
        Assert.Empty(Find(["Name + CompanyName"], people));

        var joined = Assert.Single(Find(["Name", "PhoneNumber"], people));
        Assert.Equal(3, joined.Count);
        Assert.Equal(["Name", "PhoneNumber"], joined.Reasons);
    }

    [Fact]
    public void Custom_fields_are_keys()
    {
        var number = new CopperCustomFieldDefinition { Id = 7, Name = "ERP number", DataType = "String", AvailableOn = ["person"] };
        CopperPerson[] people = [Person(1, "Ada", null), Person(2, "Byron", null), Person(3, "Charles", null)];
        people[0].CustomFields.Add(new CopperCustomFieldValue { DefinitionId = 7, Value = "K-1" });
        people[1].CustomFields.Add(new CopperCustomFieldValue { DefinitionId = 7, Value = "k-1 " });
        people[2].CustomFields.Add(new CopperCustomFieldValue { DefinitionId = 7, Value = "" });
        var options = new DuplicateOptions
        {
            Entity = CopperEntityNames.Person, MatchOn = ["CustomField:erp number"], CustomFields = [number],
        };

        var group = Assert.Single(DuplicateFinder.FindAmong(people, options));
        Assert.Equal((DuplicateConfidence.Exact, "1 2"), (group.Confidence, string.Join(" ", group.Ids.Order())));
    }

    [Theory]
    [InlineData("Id", "every person has an id of its own")]
    [InlineData("Nmae", "'Nmae' is no rule for a person. The rules are: Email,")]
    [InlineData("", "'' is no rule for a person")]
    [InlineData("Name+", "'' is no rule for a person")]
    [InlineData("Name+SimilarName", "asks for the same thing twice")]
    [InlineData("EmailDomain", "alone finds colleagues, not duplicates. Combine it with the name: Name+EmailDomain")]
    [InlineData("CustomField:Size", "the custom field 'Size', and a person has none of that name")]
    public void A_rule_that_finds_nothing_is_rejected(string rule, string message) => Assert.Contains(
        message, Assert.Throws<InputRejectedException>(() => Find([rule], Person(1, "Ada", null))).Message, StringComparison.Ordinal);

    [Fact]
    public void The_most_complete_record_is_kept_then_the_oldest()
    {
        var (old, full, young) =
            (Person(3, "Ada Lovelace", "Engines"), Person(2, "Ada Lovelace", "Engines"), Person(1, "Ada Lovelace", "Engines"));
        full.Tags.Add("vip");
        old.DateCreated = new DateTimeOffset(2020, 5, 1, 0, 0, 0, TimeSpan.Zero);
        young.DateCreated = new DateTimeOffset(2024, 5, 1, 0, 0, 0, TimeSpan.Zero);

        var group = Assert.Single(Find([], old, full, young));
        Assert.Equal([2, 1, 3], group.Ids);
        Assert.Equal((2, "It is the most complete: 2 values, the next one has 1."), (group.Keep!.Id, group.KeepReason));

        group = Assert.Single(Find([], old, young));
        Assert.Equal((3, "It is the oldest of those with 1 value: created 2020-05-01."), (group.Keep!.Id, group.KeepReason));

        young.DateCreated = old.DateCreated;
        group = Assert.Single(Find([], old, young));
        Assert.Equal((1, "It has the lowest id of those with 1 value and the same age."), (group.Keep!.Id, group.KeepReason));
    }

    [Fact]
    public void Uncertain_records_make_the_group_uncertain()
    {
        CopperPerson[] people =
            [Person(1, "Ada Lovelace", "Engines"), Person(2, "Ada Lovelace", "Engines"), Person(3, "Ada Lovelaec", "Engines")];

        var group = Assert.Single(Find([], people));
        Assert.Equal((3, DuplicateConfidence.Likely), (group.Count, group.Confidence));
        Assert.Equal(["Name+CompanyName", "SimilarName+CompanyName"], group.Reasons);
    }

    [Fact]
    public void A_key_of_too_many_is_no_reason_and_a_warning_says_so()
    {
        var people = Enumerable.Range(1, 30).Select(static id => Person(id, $"P{(char)('A' + (id % 26))}{id} Lovelace", null)).ToList();
        people[29].Name = people[0].Name;
        people.ForEach(static person => person.PhoneNumbers.Add(new CopperPhoneNumber { Number = "020 7946 0000" }));
        var warnings = new List<string>();

        var groups = DuplicateFinder.FindAmong(
            people, new DuplicateOptions { Entity = CopperEntityNames.Person, MatchOn = ["PhoneNumber"] }, warnings);

        Assert.Equal([1, 30], Assert.Single(groups).Ids);
        Assert.Equal(
            "PhoneNumber: one value is shared by more than 25 people each, at most by 30, for example by 1, 2, 3. That is no reason by "
                + "itself: of these, only records with the same name count.",
            Assert.Single(warnings));
    }

    /// <summary>A block that is too large for comparing each with each is split by letters; pairs in it are found all the same.</summary>
    [Fact]
    public void Similar_names_are_found_in_a_large_company()
    {
        var people = Enumerable.Range(0, 5000).Select(static id => Person(
            id + 1, $"{Word(id * 7919)} {Word((id * 104_729) + 13)}", "Engines")).ToList();
        people.Add(Person(5001, people[17].Name!.Remove(3, 1), "Engines"));
        people.Add(Person(5002, string.Join(" ", people[18].Name!.Split(' ').Reverse()), "Engines"));
        people.Add(Person(5003, people[19].Name!.Replace(" ", " Maria "), "Engines"));

        var found = Find(["SimilarName+CompanyName"], [.. people]).Select(static group => string.Join(" ", group.Ids.Order())).ToArray();
        Assert.Contains("18 5001", found);
        Assert.Contains("19 5002", found);
        Assert.Contains("20 5003", found);

        static string Word(int seed)
        {
            var random = new Random(seed);
            return string.Concat(Enumerable.Range(0, 8).Select(_ => (char)('a' + random.Next(26))));
        }
    }

    [Fact]
    public void A_lead_that_was_converted_and_a_record_that_comes_twice_are_left_out()
    {
        var converted = Lead(2, "Ada Lovelace");
        converted.ConvertedAt = DateTimeOffset.UnixEpoch;
        Assert.Empty(DuplicateFinder.FindAmong(
            [Lead(1, "Ada Lovelace"), converted, Lead(1, "Ada Lovelace")], new DuplicateOptions { Entity = CopperEntityNames.Lead }));
    }

    private static IReadOnlyList<CopperDuplicateGroup> Find(string[] rules, params CopperPerson[] people) =>
        DuplicateFinder.FindAmong(people, new DuplicateOptions { Entity = CopperEntityNames.Person, MatchOn = rules });

    private static void AssertFound(string confidence, params ICopperRecord[] records) => Assert.Equal(
        confidence,
        string.Concat(DuplicateFinder.FindAmong(records, new DuplicateOptions { Entity = records[0].GetEntityType() })
            .Select(static group => group.Confidence.ToString())));

    private static CopperPerson Person(long id, string? name, string? company) => new() { Id = id, Name = name, CompanyName = company };

    private static CopperLead Lead(long id, string? name) => new() { Id = id, Name = name };

    private static CopperPerson WithEmails(CopperPerson person, params string[] addresses)
    {
        person.Emails.AddRange(addresses.Select(static address => new CopperEmail { Email = address }));
        return person;
    }

    private static CopperLead WithEmails(CopperLead lead, params string[] addresses)
    {
        lead.Emails.AddRange(addresses.Select(static address => new CopperEmail { Email = address }));
        return lead;
    }
}
