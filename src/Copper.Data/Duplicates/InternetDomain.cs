namespace Copper.Data.Duplicates;

/// <summary>Domains of addresses and websites that tell of a company. Those of mail providers and platforms tell nothing.</summary>
internal static class InternetDomain
{
    private static readonly HashSet<string> Providers = new(StringComparer.Ordinal)
    {
        "gmail", "googlemail", "gmx", "hotmail", "live", "outlook", "proton", "protonmail", "yahoo", "yandex", "ymail",
    };

    private static readonly HashSet<string> Shared = new(StringComparer.Ordinal)
    {
        "126.com", "163.com", "aol.com", "bigpond.com", "bluewin.ch", "btinternet.com", "comcast.net", "facebook.com", "free.fr",
        "freenet.de", "github.com", "google.com", "hispeed.ch", "icloud.com", "instagram.com", "laposte.net", "libero.it", "linkedin.com",
        "linktr.ee", "mac.com", "mail.com", "mail.ru", "me.com", "msn.com", "naver.com", "orange.fr", "qq.com", "sfr.fr", "sky.com",
        "t-online.de", "tiktok.com", "twitter.com", "verizon.net", "wanadoo.fr", "web.de", "wikipedia.org", "x.com", "xing.com",
        "youtube.com", "zoho.com",
    };

    /// <summary>Names before the @ that stand for an office and not for somebody.</summary>
    private static readonly HashSet<string> Roles = new(StringComparer.Ordinal)
    {
        "accounting", "accounts", "admin", "ap", "ar", "bestellung", "billing", "booking", "bookings", "buchhaltung", "contact", "contacto",
        "donotreply", "einkauf", "empfang", "enquiries", "enquiry", "events", "finance", "hello", "help", "helpdesk", "hi", "hr", "info",
        "inquiries", "invoice", "invoices", "it", "jobs", "kontakt", "mail", "marketing", "newsletter", "noreply", "office", "orders",
        "post", "postmaster", "presse", "press", "purchasing", "rechnung", "reception", "sales", "secretary", "sekretariat", "service",
        "shop", "support", "team", "vertrieb", "verwaltung", "webmaster", "welcome", "zentrale",
    };

    /// <summary>The domain of an e-mail address; null for none, and for that of a provider.</summary>
    public static string? OfEmail(string? address) => address is not null && address.LastIndexOf('@') is var at and > 0
        ? Telling(address.Substring(at + 1))
        : null;

    /// <summary>The address of an office, such as info@.</summary>
    public static bool IsRole(string address)
    {
        var name = address.Substring(0, Math.Max(0, address.LastIndexOf('@'))).ToLowerInvariant();
        return Roles.Contains(name.Replace("-", string.Empty).Replace("_", string.Empty).Replace(".", string.Empty));
    }

    /// <summary>The domain of a website, without www; null for none, and for that of a platform.</summary>
    public static string? OfWebsite(string? url)
    {
        var host = (url ?? string.Empty).Trim();
        var scheme = host.IndexOf("://", StringComparison.Ordinal);
        host = scheme >= 0 ? host.Substring(scheme + 3) : host;
        host = host.Split('/', '?', '#', '\\')[0];
        host = host.Substring(host.LastIndexOf('@') + 1).Split(':')[0];
        return Telling(host);
    }

    /// <summary>The domain as it is compared; null when it tells nothing.</summary>
    public static string? Telling(string? domain)
    {
        var text = (domain ?? string.Empty).Trim().TrimEnd('.').ToLowerInvariant();
        text = text.StartsWith("www.", StringComparison.Ordinal) ? text.Substring(4) : text;
        var labels = text.Split('.');
        return labels.Length < 2 || labels.Any(static label => label.Length == 0) || text.Any(char.IsWhiteSpace)
            || (Providers.Contains(labels[0]) && (labels.Length == 2 || (labels.Length == 3 && labels[1] is "co" or "com")))
            || Shared.Contains(text)
            || Shared.Any(shared => text.EndsWith(shared, StringComparison.Ordinal) && text[text.Length - shared.Length - 1] == '.')
            ? null
            : text;
    }
}
