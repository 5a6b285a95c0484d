namespace Copper.Sandbox.Values;

/// <summary>Country names the account understands; records carry two-letter codes.</summary>
internal static class Countries
{
    private static readonly Dictionary<string, string> CodesByName = new(StringComparer.OrdinalIgnoreCase)
    {
        ["Australia"] = "AU",
        ["Austria"] = "AT",
        ["Belgium"] = "BE",
        ["Brazil"] = "BR",
        ["Canada"] = "CA",
        ["Denmark"] = "DK",
        ["France"] = "FR",
        ["Germany"] = "DE",
        ["Great Britain"] = "GB",
        ["India"] = "IN",
        ["Ireland"] = "IE",
        ["Italy"] = "IT",
        ["Japan"] = "JP",
        ["Mexico"] = "MX",
        ["Netherlands"] = "NL",
        ["New Zealand"] = "NZ",
        ["Norway"] = "NO",
        ["Poland"] = "PL",
        ["Portugal"] = "PT",
        ["Spain"] = "ES",
        ["Sweden"] = "SE",
        ["Switzerland"] = "CH",
        ["United Kingdom"] = "GB",
        ["United States"] = "US",
        ["United States of America"] = "US",
    };

    /// <summary>The two-letter code of a country; a text that is neither a name nor a code stays as it is.</summary>
    public static string? ToCode(string? country)
    {
        if (country is null)
        {
            return null;
        }

        return CodesByName.TryGetValue(country, out string? code) ? code
            : country.Length == 2 ? country.ToUpperInvariant()
            : country;
    }
}
