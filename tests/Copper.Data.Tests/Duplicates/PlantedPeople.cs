using System.Globalization;
using Copper.Client.Models;

namespace Copper.Data.Tests.Duplicates;

/// <summary>
/// Invented people of whom some are there twice, in the ways in which that happens, and others who only look alike. The same every time.
/// </summary>
internal sealed class PlantedPeople
{
    private static readonly string[] Starts =
        ["Ab", "Bar", "Cor", "Dal", "Eng", "Fis", "Gar", "Hol", "Jan", "Kel", "Lam", "Mar", "Nor", "Ost", "Pet", "Ros", "Sal", "Tor",
            "Vel", "Wei"];

    private static readonly string[] Middles =
        ["a", "ber", "cha", "den", "ero", "fel", "gin", "hau", "ima", "kow", "lan", "mon", "nov", "ora", "pol", "ren",
            "ste", "tti", "uri", "zen"];

    private static readonly string[] Ends =
        ["berg", "dorf", "er", "feld", "hofer", "ini", "ka", "let", "mann", "nard", "ov", "quist", "ric", "sen",
            "ton", "ult", "vich", "well"];

    private static readonly string[] FirstNames =
    [
        "Adam", "Alice", "Amélie", "Andrea", "Anna", "Antonio", "Beatrix", "Björn", "Carmen", "Charlotte", "Chloé", "Conrad", "Dagmar",
        "Daniel", "Dorothea", "Edgar", "Elena", "Emil", "Fabian", "Felicitas", "Florian", "François", "Gabriel", "Gerda",
        "Gustav", "Hannah", "Hector",
        "Helene", "Ingrid", "Isabel", "Jakob", "Jérôme", "Johanna", "Jürgen", "Karim", "Katharina", "Konstantin", "Laurent",
        "Leonie", "Lorenzo",
        "Lucía", "Magdalena", "Marcel", "Mathilde", "Maximilian", "Nadia", "Nikolai", "Noémie", "Oliver", "Ottilie", "Pascal",
        "Patricia",
        "Quentin", "Raphael", "Rebecca", "Roberto", "Rosalind", "Sabine", "Sebastian", "Søren", "Stefanie", "Sylvester", "Tabea", "Theodor",
        "Ursula", "Valentin", "Veronika", "Viktor", "Wilhelm", "Xenia", "Yannick", "Zacharias",
    ];

    private static readonly string[] Forms = ["GmbH", "Inc.", "Ltd", "S.A.S.", "GmbH & Co. KG", "AG", "S.L.", "B.V."];

    private readonly Random _random = new(20261129);
    private readonly List<CopperPerson> _people = [];

    public PlantedPeople(int count, int pairs)
    {
        while (_people.Count < count)
        {
            Add(Original());
        }

        for (var pair = 0; pair < pairs; pair++)
        {
            var original = _people[pair * (count / pairs)];
            Kinds[pair % Kinds.Count].Plant(this, original, out var copy);
            Pairs.Add((original.Id, Add(copy).Id, Kinds[pair % Kinds.Count].Name));
        }

        AddDecoys();
    }

    public IReadOnlyList<CopperPerson> People => _people;

    /// <summary>The two ids of each person who is there twice, and the kind of the copy.</summary>
    public List<(long One, long Other, string Kind)> Pairs { get; } = [];

    private delegate void Planter(PlantedPeople people, CopperPerson original, out CopperPerson copy);

    private static List<(string Name, Planter Plant)> Kinds { get; } =
    [
        ("typing error", static (PlantedPeople people, CopperPerson original, out CopperPerson copy) =>
            copy = With(people.WithTypo(original.Name!), original.CompanyName)),
        ("accents", static (PlantedPeople people, CopperPerson original, out CopperPerson copy) =>
        {
            original.Name = original.Name!.Replace("a", "á").Replace("o", "ö");
            copy = With(original.Name.Replace("á", "a").Replace("ö", "o").ToUpperInvariant(), original.CompanyName);
        }),
        ("umlauts", static (PlantedPeople people, CopperPerson original, out CopperPerson copy) =>
        {
            original.Name += "müller";
            copy = With(original.Name.Replace("ü", "ue"), original.CompanyName);
        }),
        ("company form", static (PlantedPeople people, CopperPerson original, out CopperPerson copy) =>
            copy = With(original.Name!, Company(original) + " " + Forms[people._random.Next(Forms.Length)])),
        ("phone format", static (PlantedPeople people, CopperPerson original, out CopperPerson copy) =>
        {
            var digits = people.Number();
            original.PhoneNumbers.Add(new CopperPhoneNumber { Number = "+49 " + digits.Insert(2, " ") });
            copy = With(original.Name!, null);
            copy.PhoneNumbers.Add(new CopperPhoneNumber { Number = $"(0{digits[..2]}) {digits[2..5]}/{digits[5..]}" });
        }),
        ("second e-mail", static (PlantedPeople people, CopperPerson original, out CopperPerson copy) =>
        {
            var address = $"Private.{original.Id}@mail.example";
            original.Emails.Add(new CopperEmail { Email = address });
            copy = With(original.Name!.Split(' ')[0][0] + ". " + original.Name.Split(' ')[1], null);
            copy.Emails.Add(new CopperEmail { Email = address.ToLowerInvariant() });
        }),
        ("swapped", static (PlantedPeople people, CopperPerson original, out CopperPerson copy) =>
            copy = With(string.Join(" ", original.Name!.Split(' ').Reverse()), original.CompanyName)),
        ("comma", static (PlantedPeople people, CopperPerson original, out CopperPerson copy) =>
            copy = With($"{original.Name!.Split(' ')[1]}, Dr. {original.Name.Split(' ')[0]}", original.CompanyName)),
        ("middle name", static (PlantedPeople people, CopperPerson original, out CopperPerson copy) =>
            copy = With(original.Name!.Replace(" ", " Maria "), original.CompanyName)),
        ("typing error, same phone", static (PlantedPeople people, CopperPerson original, out CopperPerson copy) =>
        {
            var digits = people.Number();
            original.PhoneNumbers.Add(new CopperPhoneNumber { Number = "0" + digits });
            copy = With(people.WithTypo(original.Name!), null);
            copy.PhoneNumbers.Add(new CopperPhoneNumber { Number = "+43" + digits });
        }),
    ];

    private static CopperPerson With(string name, string? company) => new() { Name = name, CompanyName = company };

    private CopperPerson Add(CopperPerson person)
    {
        person.Id = _people.Count + 1;
        person.DateCreated = new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero).AddMinutes(person.Id);
        _people.Add(person);
        return person;
    }

    private CopperPerson Original()
    {
        var company = $"{Pick(Starts)}{Pick(Middles)} {Pick(Starts)}{Pick(Ends)} {Pick(Forms)}";
        var person = With($"{Pick(FirstNames)} {LastName()}", company);
        var domain = Company(person).Replace(" ", "-").ToLowerInvariant() + ".example";
        person.Emails.Add(new CopperEmail { Email = $"p{_people.Count + 1}@{domain}" });
        person.PhoneNumbers.Add(new CopperPhoneNumber { Number = "+44 " + Number() });
        return person;
    }

    private void AddDecoys()
    {
        for (var place = 0; place < 1000; place++)
        {
            // The same name with another company.
            var original = _people[place * 7];
            Add(With(original.Name!, $"Other {place.ToString(CultureInfo.InvariantCulture)} Works Ltd"));
        }

        foreach (var size in new[] { 3, 20, 400 })
        {
            // A switchboard, and an address of an office.
            var number = Number();
            for (var place = 0; place < size; place++)
            {
                var person = With($"{Pick(FirstNames)} {LastName()}", null);
                person.PhoneNumbers.Add(new CopperPhoneNumber { Number = number });
                person.Emails.Add(new CopperEmail { Email = $"info@switchboard-{size}.example" });
                Add(person);
            }
        }

        for (var place = 0; place < 200; place++)
        {
            // A family, with one phone and one address.
            var name = LastName();
            var number = Number();
            foreach (var first in new[] { "Daniel", "Daniela", "Rosalind" })
            {
                var person = With($"{first} {name}", null);
                person.PhoneNumbers.Add(new CopperPhoneNumber { Number = number });
                Add(person);
            }

            Add(With($"Viktor {name} Jr.", $"{name} Works"));
            Add(With($"Viktor {name} Sr.", $"{name} Works"));
        }

        foreach (var number in new[] { "", "000000000", "1234", "n/a" })
        {
            for (var place = 0; place < 50; place++)
            {
                var person = With(place % 2 == 0 ? null! : "Unknown", null);
                person.PhoneNumbers.Add(new CopperPhoneNumber { Number = number });
                person.Emails.Add(new CopperEmail { Email = "noreply@example.com" });
                Add(person);
            }
        }
    }

    /// <summary>A letter too much, too few, another one, or two that are swapped.</summary>
    private string WithTypo(string name)
    {
        var start = name.LastIndexOf(' ') + 2;
        var place = _random.Next(start, name.Length - 1);
        return _random.Next(4) switch
        {
            0 => name.Remove(place, 1),
            1 => name.Insert(place, "q"),
            2 => name.Remove(place, 1).Insert(place, "x"),
            _ => name[..place] + name[place + 1] + name[place] + name[(place + 2)..],
        };
    }

    private static string Company(CopperPerson person) => string.Join(" ", person.CompanyName!.Split(' ').Take(2));

    private string LastName() => Pick(Starts) + Pick(Middles) + Pick(Middles) + Pick(Ends);

    private string Number() => "3" + _random.Next(10_000_000, 99_999_999).ToString(CultureInfo.InvariantCulture);

    private string Pick(string[] words) => words[_random.Next(words.Length)];
}
