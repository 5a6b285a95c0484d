namespace Copper.Sandbox.Demo;

/// <summary>The countries the demo account does business in. Streets read "number street" or "street number".</summary>
internal static class DemoCountries
{
    public static IReadOnlyList<DemoCountry> All { get; } =
    [
        new(
            "US",
            ["James", "Mary", "Robert", "Patricia", "John", "Jennifer", "Michael", "Linda", "David", "Elizabeth", "William", "Barbara",
                "Richard", "Susan", "Joseph", "Jessica", "Thomas", "Karen", "Daniel", "Sarah", "Anthony", "Nancy", "Mia", "Ethan",
                "Olivia", "Noah", "Ava", "Lucas", "Grace", "Henry"],
            ["Smith", "Johnson", "Williams", "Brown", "Jones", "Garcia", "Miller", "Davis", "Rodriguez", "Martinez", "Wilson", "Anderson",
                "Taylor", "Moore", "Jackson", "Lee", "Thompson", "White", "Harris", "Clark", "Lewis", "Robinson", "Walker", "Young",
                "Allen", "King", "Wright", "Scott", "Hill", "Green", "Adams", "Baker", "Nelson", "Carter", "Mitchell", "Parker"],
            ["Inc.", "LLC", "Corp.", "Group"],
            "{0} {1}",
            ["Main Street", "Oak Avenue", "Maple Drive", "Congress Avenue", "Lakeview Road", "Market Street", "Sunset Boulevard",
                "Mission Street"],
            [
                new("Austin", "TX", "787##", "(512) 555-####"),
                new("San Francisco", "CA", "941##", "(415) 555-####"),
                new("New York", "NY", "100##", "(212) 555-####"),
                new("Chicago", "IL", "606##", "(312) 555-####"),
                new("Seattle", "WA", "981##", "(206) 555-####"),
                new("Boston", "MA", "021##", "(617) 555-####"),
            ]),
        new(
            "GB",
            ["Oliver", "Amelia", "George", "Isla", "Harry", "Emily", "Jack", "Sophie", "Charlie", "Freya", "Alfie", "Poppy",
                "Edward", "Charlotte", "Arthur", "Florence", "Rhys", "Megan", "Callum", "Eilidh"],
            ["Evans", "Thomas", "Roberts", "Hughes", "Edwards", "Wood", "Turner", "Cooper", "Hall", "Ward", "Shaw", "Watson",
                "Bennett", "Gray", "Cox", "Palmer", "Fletcher", "Barker", "Hughes-Jones", "O'Connor", "MacDonald", "Campbell"],
            ["Ltd", "plc", "LLP"],
            "{0} {1}",
            ["High Street", "Church Lane", "Victoria Road", "Station Road", "King Street", "Queens Terrace"],
            [
                new("London", "England", "SW1A #AA", "+44 20 7946 ####"),
                new("Manchester", "England", "M1 #AE", "+44 161 496 ####"),
                new("Edinburgh", "Scotland", "EH1 #BT", "+44 131 496 ####"),
                new("Bristol", "England", "BS1 #TR", "+44 117 496 ####"),
            ]),
        new(
            "DE",
            ["Lukas", "Anna", "Felix", "Lena", "Jonas", "Marie", "Maximilian", "Sophia", "Paul", "Hannah", "Jürgen", "Käthe",
                "Stefan", "Sabine", "Matthias", "Monika", "Björn", "Ute", "Tobias", "Greta"],
            ["Müller", "Schmidt", "Schneider", "Fischer", "Weber", "Meyer", "Wagner", "Becker", "Schulz", "Hoffmann", "Schäfer", "Koch",
                "Bauer", "Richter", "Klein", "Wolf", "Schröder", "Neumann", "Krüger", "Böhm", "Groß", "von der Heide"],
            ["GmbH", "AG", "KG"],
            "{1} {0}",
            ["Hauptstraße", "Lindenallee", "Bahnhofstraße", "Goethestraße", "Am Markt", "Schillerweg"],
            [
                new("Berlin", "Berlin", "101##", "+49 30 ########"),
                new("Munich", "Bayern", "803##", "+49 89 ########"),
                new("Hamburg", "Hamburg", "200##", "+49 40 ########"),
                new("Cologne", "Nordrhein-Westfalen", "506##", "+49 221 #######"),
            ]),
        new(
            "FR",
            ["Camille", "Hugo", "Léa", "Louis", "Manon", "Jules", "Chloé", "Gabriel", "Inès", "Arthur", "Élodie", "François",
                "Hélène", "Jérôme", "Amélie", "Benoît", "Zoé", "Théo"],
            ["Martin", "Bernard", "Dubois", "Durand", "Leroy", "Moreau", "Laurent", "Lefèvre", "Girard", "Bonnet", "Rousseau", "Fontaine",
                "Chevalier", "Robin", "Gauthier", "Mercier", "Besançon", "Lemaître"],
            ["SARL", "SAS", "SA"],
            "{0} {1}",
            ["rue de la Paix", "avenue Victor Hugo", "boulevard Voltaire", "rue du Moulin", "place de l'Église"],
            [
                new("Paris", "Île-de-France", "750##", "+33 1 ## ## ## ##"),
                new("Lyon", "Auvergne-Rhône-Alpes", "6900#", "+33 4 ## ## ## ##"),
                new("Bordeaux", "Nouvelle-Aquitaine", "330##", "+33 5 ## ## ## ##"),
            ]),
        new(
            "ES",
            ["Lucía", "Martín", "Sofía", "Pablo", "Paula", "Álvaro", "Carmen", "Diego", "Elena", "Javier", "Nuria", "Andrés"],
            ["García", "Fernández", "González", "López", "Sánchez", "Pérez", "Gómez", "Ruiz", "Díaz", "Moreno", "Álvarez", "Muñoz"],
            ["S.L.", "S.A."],
            "{1} {0}",
            ["Calle Mayor", "Avenida de la Constitución", "Calle del Sol", "Paseo de Gracia"],
            [
                new("Madrid", "Madrid", "280##", "+34 91 ### ## ##"),
                new("Barcelona", "Cataluña", "080##", "+34 93 ### ## ##"),
            ]),
        new(
            "NL",
            ["Daan", "Emma", "Sem", "Julia", "Lieke", "Bram", "Sanne", "Thijs", "Anouk", "Joost"],
            ["de Jong", "Jansen", "de Vries", "van den Berg", "Bakker", "Visser", "Smit", "Meijer", "van Dijk", "Mulder"],
            ["B.V.", "N.V."],
            "{1} {0}",
            ["Kerkstraat", "Herengracht", "Dorpsweg", "Stationsplein"],
            [
                new("Amsterdam", "Noord-Holland", "10## AB", "+31 20 ### ####"),
                new("Utrecht", "Utrecht", "35## CD", "+31 30 ### ####"),
            ]),
        new(
            "AU",
            ["Charlotte", "Jack", "Ruby", "Cooper", "Matilda", "Lachlan", "Zara", "Archie", "Sienna", "Angus"],
            ["Nguyen", "Kelly", "Ryan", "Murphy", "Stewart", "Morris", "Singh", "Chen", "Kennedy", "Brooks"],
            ["Pty Ltd", "Holdings"],
            "{0} {1}",
            ["George Street", "Collins Street", "Harbour Road", "Wattle Grove"],
            [
                new("Sydney", "NSW", "20##", "+61 2 5550 ####"),
                new("Melbourne", "VIC", "30##", "+61 3 5550 ####"),
            ]),
    ];
}
