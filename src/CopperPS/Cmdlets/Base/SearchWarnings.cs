using System.Globalization;
using Copper.Client;
using Copper.Client.Models;

namespace CopperPS.Cmdlets.Base;

/// <summary>The warnings about results that are longer than the service returns.</summary>
internal static class SearchWarnings
{
    private static string Limit => string.Format(
        CultureInfo.CurrentCulture, "The service hands out no more than {0:N0} records of one search", SearchResult<ICopperRecord>.Ceiling);

    /// <summary>Records are missing.</summary>
    public static string Cut(CopperEntity entity, long? upperBound, long read)
    {
        var missing = upperBound is { } bound
            ? string.Format(CultureInfo.CurrentCulture, "up to {0:N0} of {1:N0} are missing", Math.Max(0, bound - read), bound)
            : "some may be missing";
        return entity.CanFilterByCreation
            ? $"{Limit}. The rest was searched for by the date of creation, but {missing}: "
                + "those without such a date, or with very many others created in the same second. "
                + "Narrow the search by another property to get them."
            : $"{Limit}: {missing}. Narrow the search to get the rest.";
    }

    /// <summary>The search was read to its end, and fewer records came than the service stated.</summary>
    public static string Fewer(long upperBound, long read) => string.Format(
        CultureInfo.CurrentCulture,
        "Copper stated up to {0:N0} records, and {1:N0} came. Its number is an upper bound; records may also have been deleted, or left "
            + "out of a page, while the search was read.",
        upperBound,
        read);

    /// <summary>The service hands out the same records over and over.</summary>
    public static string Repeating(long read) => string.Format(
        CultureInfo.CurrentCulture,
        "The search was ended after {0:N0} records, because Copper returned a full page that held nothing new: "
            + "it hands out the same records again and again, whichever page is asked for. "
            + "There may be more records than these. Narrow the search to get them.",
        read);

    /// <summary>The order asked for could not be kept.</summary>
    public static string Reordered(long? upperBound) => string.Format(
        CultureInfo.CurrentCulture,
        "{0}, and this one finds up to {1:N0}. The rest can be had only in order of creation, so all of them come in that order. "
            + "Sort them afterwards, or narrow the search.",
        Limit,
        upperBound);

    /// <summary>Each of several searches is sorted, but not what they make together.</summary>
    public static string SortedApart(CopperEntity entity) =>
        $"This takes several searches, and the {entity.Plural} do not show what the service sorts by. Each search is sorted, and they come "
            + "one after the other. To sort all of them, use Sort-Object, and Select-Object after it in place of -First.";
}
