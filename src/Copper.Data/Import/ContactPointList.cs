using Copper.Client.Metadata;
using Copper.Client.Models;
using Copper.Data.Columns;

namespace Copper.Data.Import;

/// <summary>
/// E-mail addresses, phone numbers, websites or profiles of a record while the cells of a row are put in: what a row does not show stays,
/// and what it replaces keeps its category.
/// </summary>
internal sealed class ContactPointList
{
    private static readonly string[] AddressCategories = ["work", "personal", "other"];
    private static readonly string[] PhoneCategories = ["work", "mobile", "home", "other"];

    private static readonly string[] SocialCategories =
        ["other", "linkedin", "twitter", "googleplus", "facebook", "youtube", "quora", "foursquare", "klout", "gravatar"];

    private readonly ColumnKind _kind;
    private readonly bool _movesFirst;
    private readonly bool _onlyAdds;
    private readonly HashSet<string> _put = new(StringComparer.OrdinalIgnoreCase);
    private readonly HashSet<string> _present;
    private readonly List<CopperContactPoint> _points;

    /// <param name="kind">What the list holds.</param>
    /// <param name="present">What the record has; empty for a new one.</param>
    /// <param name="movesFirst">What a row shows in the first place comes there, where the record has it in another.</param>
    /// <param name="onlyAdds">The row does not show the list of this record: what it shows is added, and replaces nothing.</param>
    public ContactPointList(ColumnKind kind, IEnumerable<CopperContactPoint> present, bool movesFirst, bool onlyAdds = false)
    {
        _onlyAdds = onlyAdds;
        _kind = kind;
        _movesFirst = movesFirst;
        _points = [.. present];
        _present = new HashSet<string>(_points.Select(static point => point.ToString().Trim()), StringComparer.OrdinalIgnoreCase);
    }

    /// <summary>The whole list, in its order.</summary>
    public IReadOnlyList<CopperContactPoint> Points => _points;

    /// <summary>The kinds of columns that show such a list.</summary>
    public static bool IsShownIn(Column? column) =>
        column is { Kind: ColumnKind.Email or ColumnKind.Phone or ColumnKind.Website or ColumnKind.Social };

    /// <summary>What a record has in the list that a column shows.</summary>
    public static IEnumerable<CopperContactPoint> Of(ICopperRecord record, Column column) =>
        record.GetType().GetProperty(column.Properties[0])!.GetValue(record) as IEnumerable<CopperContactPoint> ?? [];

    /// <summary>Puts the items of a cell in.</summary>
    /// <param name="place">The place of the first item, from 0.</param>
    /// <param name="texts">The items; none clears the place.</param>
    /// <param name="removesRest">The cell shows all that there is from its place on: what it does not show is removed.</param>
    /// <param name="category">The category that the row gives; null for none.</param>
    /// <exception cref="InputRejectedException">An item or the category is not valid.</exception>
    public void Put(int place, IReadOnlyList<string> texts, bool removesRest, string? category)
    {
        var given = category is null ? null : Known(category);
        var former = _points.Skip(place).ToArray();
        if (removesRest)
        {
            _points.RemoveRange(Math.Min(place, _points.Count), former.Length);
        }
        else if (texts.Count == 0 && former.Length > 0)
        {
            _points.RemoveAt(place);
        }

        for (var i = 0; i < texts.Count; i++)
        {
            if (!_present.Contains(texts[i]) && CellCheck.ProblemOf(Create(texts[i], null)) is { } problem)
            {
                throw CellReader.Reject(problem, texts[i]);
            }

            var replaced = i < former.Length && !texts.Any(other => IsSame(former[i], other)) ? former[i] : null;
            Put(place + i, texts[i], given, former.FirstOrDefault(point => IsSame(point, texts[i])), replaced, removesRest);
        }
    }

    private void Put(int place, string text, string? category, CopperContactPoint? known, CopperContactPoint? replaced, bool adds)
    {
        var at = _points.FindIndex(point => IsSame(point, text));
        if (at >= 0)
        {
            // By what found the record, another spelling of it is no edit.
            var isKept = category is null && (!_movesFirst || _points[at].ToString() == text);
            var kept = isKept ? _points[at] : Create(text, category ?? _points[at].Category);
            _points[at] = kept;
            _put.Add(text);
            if (place == 0 && at > 0 && _movesFirst)
            {
                _points.RemoveAt(at);
                _points.Insert(0, kept);
            }

            return;
        }

        // What stood there before passes its category on; a profile of another network has its own.
        // What the row shows in an earlier column stays, wherever the record has it.
        var replaces = place < _points.Count && !adds && !_onlyAdds && !_put.Contains(_points[place].ToString().Trim());
        var inherited = !replaces && !adds ? null
            : replaced is CopperSocial && Host(replaced.ToString()) != Host(text) ? null : replaced?.Category;
        var created = Create(text, category ?? known?.Category ?? inherited ?? CategoryOf(text));
        _put.Add(text);
        if (replaces)
        {
            _points[place] = created;
        }
        else
        {
            _points.Add(created);
        }
    }

    private static bool IsSame(CopperContactPoint point, string text) =>
        string.Equals(point.ToString().Trim(), text, StringComparison.OrdinalIgnoreCase);

    private static string Host(string url)
    {
        var start = url.IndexOf("//", StringComparison.Ordinal);
        var host = url.Substring(start < 0 ? 0 : start + 2).Split('/', '?', '#')[0].ToLowerInvariant();
        return host.StartsWith("www.", StringComparison.Ordinal) ? host.Substring(4) : host;
    }

    private string[] Categories => _kind switch
    {
        ColumnKind.Phone => PhoneCategories,
        ColumnKind.Social => SocialCategories,
        _ => AddressCategories,
    };

    private string Known(string category) =>
        Categories.FirstOrDefault(known => string.Equals(known, category.Trim(), StringComparison.OrdinalIgnoreCase))
        ?? throw CellReader.Reject($"the category '{category}' is not one of: {string.Join(", ", Categories)}.", category);

    private CopperContactPoint Create(string text, string? category) => _kind switch
    {
        ColumnKind.Email => new CopperEmail { Email = text, Category = category },
        ColumnKind.Phone => new CopperPhoneNumber { Number = text, Category = category },
        ColumnKind.Website => new CopperWebsite { Url = text, Category = category },
        _ => new CopperSocial { Url = text, Category = category },
    };

    /// <summary>Of a profile the host tells the network: linkedin.com.</summary>
    private string CategoryOf(string text)
    {
        var labels = Host(text).Split('.');
        return _kind != ColumnKind.Social || labels.Length < 2 ? Categories[0] : labels[labels.Length - 2] switch
        {
            "x" => "twitter",
            "google" when labels[0] == "plus" => "googleplus",
            var label => SocialCategories.Contains(label) ? label : Categories[0],
        };
    }
}
