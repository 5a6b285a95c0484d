using System.Collections;
using System.Globalization;
using System.Management.Automation;
using System.Management.Automation.Language;
using CopperPS.Binding.Completers;

namespace CopperPS.Cmdlets.Metadata;

/// <summary>Offers the currencies of the world, to be found by code or by name. Where .NET has no data of countries, none.</summary>
public sealed class CurrencyCompleter : IArgumentCompleter
{
    private static readonly Lazy<IReadOnlyList<Suggestion>> Currencies = new(static () => Read().ToArray());

    /// <inheritdoc/>
    public IEnumerable<CompletionResult> CompleteArgument(
        string commandName, string parameterName, string wordToComplete, CommandAst commandAst, IDictionary fakeBoundParameters) =>
        Completion.Of(Currencies.Value, wordToComplete);

    private static IEnumerable<Suggestion> Read() => CultureInfo.GetCultures(CultureTypes.SpecificCultures)
        .Select(RegionOf)
        .OfType<RegionInfo>()
        .Where(static region => region.ISOCurrencySymbol.Length == 3
            && region.ISOCurrencySymbol.All(static c => c is >= 'A' and <= 'Z')
            && region.ISOCurrencySymbol != "XXX")
        .GroupBy(static region => region.ISOCurrencySymbol, StringComparer.Ordinal)
        .OrderBy(static same => same.Key, StringComparer.Ordinal)
        .Select(static same => new Suggestion(
            same.Key,
            same.First().CurrencyEnglishName,
            $"{same.Key} {same.First().CurrencyEnglishName}"));

    private static RegionInfo? RegionOf(CultureInfo culture)
    {
        try
        {
            return new RegionInfo(culture.Name);
        }
        catch (ArgumentException)
        {
            // A culture of no country.
            return null;
        }
    }
}
