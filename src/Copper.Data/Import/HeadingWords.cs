using Copper.Data.Columns;

namespace Copper.Data.Import;

/// <summary>
/// Words that other programs write above a column. They only suggest a column: what is meant is for the user to say, since a word such as
/// Account is a company in one file and an owner in another.
/// </summary>
internal static class HeadingWords
{
    /// <summary>For each word the columns that it may stand for; the first that the entity has counts.</summary>
    private static readonly Dictionary<string, string[]> Columns = Read(
        ("Email", "mail emails mailaddress emailadress emailadresse mailadresse courriel correo primaryemail email"),
        ("LastName Name", "surname familyname family lastname secondname nachname familienname zuname"),
        ("FirstName Name", "givenname given first forename firstname christianname vorname rufname prenom"),
        ("LastName Name", "last"),
        ("Name", "fullname displayname contact contactname contactperson ansprechpartner person kontakt names"),
        ("Prefix", "salutation anrede honorific"),
        ("Company Name", "organisation organization organisationname organizationname company companyname firm firma firmenname "
            + "unternehmen employer account accountname business businessname arbeitgeber entreprise societe empresa"),
        ("Name", "customer customername client clientname kunde kundenname deal dealname opportunity opportunityname project projectname "
            + "task taskname subject betreff projekt aufgabe lead leadname"),
        ("Title", "titel position jobtitle job role function funktion berufsbezeichnung stelle"),
        ("Phone", "mobile mobilephone mobilenumber mobileno cell cellphone cellular tel telephone telephonenumber telefon telefonnummer "
            + "telno phoneno phones phonenumbers contactnumber handy handynummer mobil businessphone officephone homephone rufnummer"),
        ("Street", "addressline addressline1 address1 street1 streetaddress streetname strasse straße adresse anschrift rue"),
        ("City", "town locality citytown ort stadt wohnort ville ciudad"),
        ("State", "province region county stateprovince stateregion bundesland kanton"),
        ("PostalCode", "postcode postal zip zipcode zippostcode zippostalcode postalcode postcodezip plz postleitzahl codepostal"),
        ("Country", "nation countryname countrycode land pays pais"),
        ("Website", "web homepage webpage site websites webseite webaddress internet url"),
        ("Social", "linkedin twitter socials socialprofile linkedinurl facebook"),
        ("EmailDomain", "domainname domains emaildomains"),
        ("Assignee", "owner ownername salesrep salesperson accountmanager accountowner responsible zustandig zuständig besitzer betreuer"),
        ("Tags", "labels label category categories keywords groups schlagworte schlagwörter"),
        ("Details", "notes note comment comments remark remarks description notiz notizen bemerkung bemerkungen kommentar beschreibung"),
        ("MonetaryValue", "amount dealvalue dealsize dealamount price revenue budget betrag wert umsatz value"),
        ("MonetaryUnit", "currencycode currency währung waehrung"),
        ("CloseDate", "closingdate closedate expectedclose estimatedclosedate abschlussdatum"),
        ("DueDate", "deadline dueby duedate due fälligam fällig"),
        ("ReminderDate", "remindat reminder erinnerung"),
        ("WinProbability", "probability winrate chance wahrscheinlichkeit"),
        ("Stage", "dealstage phase salesstage"),
        ("Pipeline", "funnel salespipeline"),
        ("CustomerSource", "origin leadsource howfound herkunft quelle"),
        ("ContactType", "type contacttype kontaktart"),
        ("Status", "leadstatus dealstatus state"),
        ("Priority", "importance urgency priorität"),
        ("Id", "copperid recordid personid contactid companyid leadid"));

    /// <summary>The columns that a heading may stand for, the likeliest first; none for a word that nobody knows.</summary>
    /// <param name="map">The columns of the entity.</param>
    /// <param name="key">The heading without spaces and signs.</param>
    public static IReadOnlyList<string> Of(ColumnMap map, string key)
    {
        var word = key.ToLowerInvariant().TrimEnd('0', '1', '2', '3', '4', '5', '6', '7', '8', '9');
        var names = Columns.TryGetValue(word, out var known) ? known
            // Mail privat, Adresse e-mail: whatever else stands there, it is the address.
            : word.Contains("email") || word.StartsWith("mail", StringComparison.Ordinal) || word.EndsWith("mail", StringComparison.Ordinal)
                ? ["Email"]
            : word.Contains("phone") || word.Contains("telefon") || word.Contains("mobil") ? ["Phone"]
            : [];
        return [.. names.Where(name => map.Find(name) is not null)];
    }

    private static Dictionary<string, string[]> Read(params (string Columns, string Words)[] lines)
    {
        var columns = new Dictionary<string, string[]>(StringComparer.Ordinal);
        foreach (var (names, words) in lines)
        {
            foreach (var word in words.Split(' '))
            {
                if (!columns.ContainsKey(word))
                {
                    columns.Add(word, names.Split(' '));
                }
            }
        }

        return columns;
    }
}
