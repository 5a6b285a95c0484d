using System.Text.Json;
using Copper.Sandbox.Accounts;

namespace Copper.Sandbox.Search;

internal static partial class Filters
{
    /// <summary>minimum_… and maximum_… of a number. Both bounds are inclusive.</summary>
    public static IEnumerable<SearchFilter> NumberRange(string name, string attribute) =>
        Range(name, FilterValues.ReadNumber, context => ValueOf(context, attribute));

    /// <summary>minimum_… and maximum_… of a date, in Unix seconds. Both bounds are inclusive.</summary>
    public static IEnumerable<SearchFilter> DateRange(string name, string attribute) =>
        Range(name, FilterValues.ReadTimestamp, context => ValueOf(context, attribute));

    /// <summary>The close date is text in records and Unix seconds in searches.</summary>
    public static IEnumerable<SearchFilter> CloseDateRange() =>
        Range("close_date", FilterValues.ReadTimestamp, context =>
        {
            int index = context.Schema.IndexOf("close_date");
            bool dayFirst = context.Account.DayFirstDates;
            return record => record.Values[index] is string text ? CloseDateType.ToTimestamp(text, dayFirst) : null;
        });

    private static IEnumerable<SearchFilter> Range(
        string name,
        Func<JsonElement, string, SearchContext, decimal?> read,
        Func<SearchContext, Func<Record, decimal?>> selector)
    {
        yield return Bound("minimum_" + name, (value, bound) => value >= bound);
        yield return Bound("maximum_" + name, (value, bound) => value <= bound);

        SearchFilter Bound(string filter, Func<decimal, decimal, bool> holds) => new(filter, (json, context) =>
        {
            decimal? bound = read(json, filter, context);
            var valueOf = selector(context);
            return bound is null ? null : record => valueOf(record) is decimal value && holds(value, bound.Value);
        });
    }

    private static Func<Record, decimal?> ValueOf(SearchContext context, string attribute)
    {
        int index = context.Schema.IndexOf(attribute);
        return record => record.Values[index] switch
        {
            long integer => integer,
            decimal number => number,
            _ => null,
        };
    }
}
