using System.Globalization;

namespace Copper.Client.Metadata;

/// <summary>
/// The countries of ISO 3166-1 by their two-letter codes, which addresses and searches use. Names are English; names in the language of
/// the country or of the user are read where .NET knows them.
/// </summary>
public static class Countries
{
    /// <summary>Code and name of each country. More names follow after a bar.</summary>
    private const string Table =
        "AF Afghanistan;AX Åland Islands|Aland Islands;AL Albania;DZ Algeria;AS American Samoa;AD Andorra;AO Angola;AI Anguilla;"
        + "AQ Antarctica;AG Antigua and Barbuda;AR Argentina;AM Armenia;AW Aruba;AU Australia;AT Austria;AZ Azerbaijan;BS Bahamas;"
        + "BH Bahrain;BD Bangladesh;BB Barbados;BY Belarus;BE Belgium;BZ Belize;BJ Benin;BM Bermuda;BT Bhutan;BO Bolivia;"
        + "BQ Bonaire, Sint Eustatius and Saba|Caribbean Netherlands;BA Bosnia and Herzegovina|Bosnia;BW Botswana;BV Bouvet Island;"
        + "BR Brazil;IO British Indian Ocean Territory;BN Brunei|Brunei Darussalam;BG Bulgaria;BF Burkina Faso;BI Burundi;"
        + "CV Cabo Verde|Cape Verde;KH Cambodia;CM Cameroon;CA Canada;KY Cayman Islands;CF Central African Republic;TD Chad;CL Chile;"
        + "CN China;CX Christmas Island;CC Cocos (Keeling) Islands|Cocos Islands;CO Colombia;KM Comoros;CG Congo|Congo-Brazzaville;"
        + "CD Congo (Democratic Republic)|Democratic Republic of the Congo|Congo-Kinshasa;CK Cook Islands;CR Costa Rica;"
        + "CI Côte d'Ivoire|Cote d'Ivoire|Ivory Coast;HR Croatia;CU Cuba;CW Curaçao|Curacao;CY Cyprus;CZ Czechia|Czech Republic;"
        + "DK Denmark;DJ Djibouti;DM Dominica;DO Dominican Republic;EC Ecuador;EG Egypt;SV El Salvador;GQ Equatorial Guinea;ER Eritrea;"
        + "EE Estonia;SZ Eswatini|Swaziland;ET Ethiopia;FK Falkland Islands|Malvinas;FO Faroe Islands;FJ Fiji;FI Finland;FR France;"
        + "GF French Guiana;PF French Polynesia;TF French Southern Territories;GA Gabon;GM Gambia;GE Georgia;DE Germany;GH Ghana;"
        + "GI Gibraltar;GR Greece;GL Greenland;GD Grenada;GP Guadeloupe;GU Guam;GT Guatemala;GG Guernsey;GN Guinea;GW Guinea-Bissau;"
        + "GY Guyana;HT Haiti;HM Heard Island and McDonald Islands;VA Holy See|Vatican|Vatican City;HN Honduras;HK Hong Kong;HU Hungary;"
        + "IS Iceland;IN India;ID Indonesia;IR Iran;IQ Iraq;IE Ireland;IM Isle of Man;IL Israel;IT Italy;JM Jamaica;JP Japan;JE Jersey;"
        + "JO Jordan;KZ Kazakhstan;KE Kenya;KI Kiribati;KP North Korea|Korea (Democratic People's Republic);"
        + "KR South Korea|Korea|Republic of Korea;KW Kuwait;KG Kyrgyzstan;LA Laos;LV Latvia;LB Lebanon;LS Lesotho;LR Liberia;LY Libya;"
        + "LI Liechtenstein;LT Lithuania;LU Luxembourg;MO Macao|Macau;MG Madagascar;MW Malawi;MY Malaysia;MV Maldives;ML Mali;MT Malta;"
        + "MH Marshall Islands;MQ Martinique;MR Mauritania;MU Mauritius;YT Mayotte;MX Mexico;FM Micronesia;MD Moldova;MC Monaco;"
        + "MN Mongolia;ME Montenegro;MS Montserrat;MA Morocco;MZ Mozambique;MM Myanmar|Burma;NA Namibia;NR Nauru;NP Nepal;"
        + "NL Netherlands|The Netherlands|Holland;NC New Caledonia;NZ New Zealand;NI Nicaragua;NE Niger;NG Nigeria;NU Niue;"
        + "NF Norfolk Island;MK North Macedonia|Macedonia;MP Northern Mariana Islands;NO Norway;OM Oman;PK Pakistan;PW Palau;"
        + "PS Palestine|Palestinian Territories;PA Panama;PG Papua New Guinea;PY Paraguay;PE Peru;PH Philippines;PN Pitcairn;PL Poland;"
        + "PT Portugal;PR Puerto Rico;QA Qatar;RE Réunion|Reunion;RO Romania;RU Russia|Russian Federation;RW Rwanda;"
        + "BL Saint Barthélemy|Saint Barthelemy;SH Saint Helena;KN Saint Kitts and Nevis;LC Saint Lucia;MF Saint Martin;"
        + "PM Saint Pierre and Miquelon;VC Saint Vincent and the Grenadines;WS Samoa;SM San Marino;ST Sao Tome and Principe;"
        + "SA Saudi Arabia;SN Senegal;RS Serbia;SC Seychelles;SL Sierra Leone;SG Singapore;SX Sint Maarten;SK Slovakia;SI Slovenia;"
        + "SB Solomon Islands;SO Somalia;ZA South Africa;GS South Georgia and the South Sandwich Islands;SS South Sudan;ES Spain;"
        + "LK Sri Lanka;SD Sudan;SR Suriname;SJ Svalbard and Jan Mayen;SE Sweden;CH Switzerland;SY Syria;TW Taiwan;TJ Tajikistan;"
        + "TZ Tanzania;TH Thailand;TL Timor-Leste|East Timor;TG Togo;TK Tokelau;TO Tonga;TT Trinidad and Tobago;TN Tunisia;"
        + "TR Türkiye|Turkey|Turkiye;TM Turkmenistan;TC Turks and Caicos Islands;TV Tuvalu;UG Uganda;UA Ukraine;"
        + "AE United Arab Emirates|UAE;GB United Kingdom|UK|Great Britain|Britain|England|Scotland|Wales|Northern Ireland;"
        + "US United States|USA|United States of America|America;UM United States Minor Outlying Islands;UY Uruguay;UZ Uzbekistan;"
        + "VU Vanuatu;VE Venezuela;VN Vietnam|Viet Nam;VG British Virgin Islands;VI U.S. Virgin Islands|US Virgin Islands;"
        + "WF Wallis and Futuna;EH Western Sahara;YE Yemen;ZM Zambia;ZW Zimbabwe";

    /// <summary>German names that differ from the English ones; .NET knows them only where the user's language is German.</summary>
    private const string German =
        "AF Afghanistan;EG Ägypten;AL Albanien;DZ Algerien;AR Argentinien;AM Armenien;AZ Aserbaidschan;ET Äthiopien;AU Australien;"
        + "BD Bangladesch;BY Weißrussland|Weissrussland|Belarus;BE Belgien;BO Bolivien;BA Bosnien und Herzegowina|Bosnien;BW Botsuana;"
        + "BR Brasilien;BG Bulgarien;CL Chile;CN China;CR Costa Rica;CI Elfenbeinküste;DK Dänemark;DE Deutschland;"
        + "DO Dominikanische Republik;EE Estland;FI Finnland;FJ Fidschi;FO Färöer;FR Frankreich;GA Gabun;GE Georgien;GR Griechenland;"
        + "GB Großbritannien|Grossbritannien|Vereinigtes Königreich;GL Grönland;IN Indien;ID Indonesien;IQ Irak;IR Iran;IE Irland;"
        + "IS Island;IT Italien;JM Jamaika;JP Japan;JO Jordanien;KH Kambodscha;CM Kamerun;CA Kanada;KZ Kasachstan;QA Katar;KE Kenia;"
        + "KG Kirgisistan;CO Kolumbien;HR Kroatien;CU Kuba;LV Lettland;LB Libanon;LY Libyen;LT Litauen;LU Luxemburg;MG Madagaskar;"
        + "MY Malaysia;MV Malediven;MA Marokko;MU Mauritius;MK Nordmazedonien|Mazedonien;MX Mexiko;MD Moldau|Moldawien;MN Mongolei;"
        + "ME Montenegro;MZ Mosambik;NA Namibia;NZ Neuseeland;NL Niederlande|Holland;KP Nordkorea;NO Norwegen;OM Oman;"
        + "AT Österreich|Oesterreich;PG Papua-Neuguinea;PE Peru;PH Philippinen;PL Polen;PT Portugal;RO Rumänien;RU Russland|Rußland;"
        + "ZM Sambia;SM San Marino;SA Saudi-Arabien;SE Schweden;CH Schweiz|Suisse|Svizzera|Svizra;SN Senegal;RS Serbien;ZW Simbabwe;"
        + "SG Singapur;SK Slowakei;SI Slowenien;ES Spanien;LK Sri Lanka;ZA Südafrika;KR Südkorea|Korea;SY Syrien;TJ Tadschikistan;"
        + "TW Taiwan;TZ Tansania;TH Thailand;CZ Tschechien|Tschechische Republik;TN Tunesien;TR Türkei;UG Uganda;UA Ukraine;HU Ungarn;"
        + "UZ Usbekistan;VA Vatikanstadt|Vatikan;VE Venezuela;AE Vereinigte Arabische Emirate|VAE;US Vereinigte Staaten;"
        + "VN Vietnam;CY Zypern;AD Andorra;LI Liechtenstein;MC Monaco;MT Malta;IL Israel;HK Hongkong;MO Macau";

    private static readonly (string Code, string[] Names)[] Rows =
    [
        .. Table.Split(';').Select(static row => (row.Substring(0, 2), row.Substring(3).Split('|'))),
    ];

    private static readonly Lazy<IReadOnlyDictionary<string, string>> CodeByName = new(ReadNames);

    /// <summary>The codes and the usual English names, in the order of the names.</summary>
    public static IReadOnlyList<KeyValuePair<string, string>> All { get; } =
        [.. Rows.Select(static row => new KeyValuePair<string, string>(row.Code, row.Names[0]))];

    /// <summary>The two-letter code of a country; null for a text that is neither a name nor a code. Case does not matter.</summary>
    public static string? CodeOf(string text) =>
        (text ?? throw new ArgumentNullException(nameof(text))) is var name && CodeByName.Value.TryGetValue(name.Trim(), out var code)
            ? code
            : null;

    private static Dictionary<string, string> ReadNames()
    {
        var codes = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        foreach (var (code, names) in Rows)
        {
            codes[code] = code;
            foreach (var name in names)
            {
                codes[name] = code;
            }
        }

        foreach (var row in German.Split(';'))
        {
            foreach (var name in row.Substring(3).Split('|'))
            {
                if (!codes.ContainsKey(name))
                {
                    codes[name] = row.Substring(0, 2);
                }
            }
        }

        // What the tables say comes first: the name of one country in its own language may be that of another in English.
        foreach (var (code, _) in Rows)
        {
            foreach (var name in LocalNames(code))
            {
                if (!codes.ContainsKey(name))
                {
                    codes[name] = code;
                }
            }
        }

        return codes;
    }

    private static string[] LocalNames(string code)
    {
        try
        {
            var region = new RegionInfo(code);
            return [region.NativeName, region.DisplayName];
        }
        catch (ArgumentException)
        {
            // .NET has no data of this country here.
            return [];
        }
    }
}
