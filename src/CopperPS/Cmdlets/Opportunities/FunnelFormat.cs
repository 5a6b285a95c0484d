using Copper.Client.Models;
using System.ComponentModel;
using System.Globalization;
using System.Management.Automation;
using System.Text;
using CopperPS.Core;
using CopperPS.Formatting;

namespace CopperPS.Cmdlets.Opportunities;

/// <summary>What the view of a funnel computes. Takes anything, deserialized objects too, and never throws.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class FunnelFormat
{
    /// <summary>With it the table fits a console of 80 columns.</summary>
    private const int BarLength = 20;

    /// <summary>
    /// The bar of a stage: as long as its value, solid as far as its weighted value goes. Consoles that cannot show blocks get
    /// letters.
    /// </summary>
    public static string Bar(object? row)
    {
        var (full, empty) = CanShow("█░") ? ('█', '░') : ('#', '-');
        var share = Number(row, "Share");
        var value = Number(row, "Value");
        var length = share <= 0 ? 0 : Math.Max(1, (int)Math.Round(Math.Min(1, share) * BarLength));
        var solid = value == 0 ? length : Math.Max(0, Math.Min(length, (int)Math.Round(length * Number(row, "WeightedValue") / value)));
        return Colours.Green(new string(full, solid)) + Colours.Faint(new string(empty, length - solid));
    }

    /// <summary>The pipeline with its totals, in each currency.</summary>
    public static string Heading(object? row)
    {
        var name = VisibleText.InView(Property(row, "Pipeline")?.ToString() ?? string.Empty);
        if ((row is PSObject wrapped ? wrapped.BaseObject : row) is not IPipelineSums { Siblings: { Count: > 0 } rows })
        {
            // Out of a job or a file: the totals stayed behind.
            return name;
        }

        var count = rows.Sum(static item => item.Count);
        var parts = rows.GroupBy(static item => item.Currency).Select(static alike => new
        {
            Currency = alike.Key,
            Value = alike.Sum(static item => item.Value),
            Weighted = alike.Sum(static item => item.WeightedValue),
        }).ToList();
        var text = string.Format(
            CultureInfo.CurrentCulture,
            "{0} ({1:N0} {2}",
            name,
            count,
            rows[0].AreOpen ? "open" : count == 1 ? CopperEntityNames.Opportunity : CopperEntityNames.Opportunities);
        return count == 0
            ? text + ")"
            : $"{text}, {string.Join(" + ", parts.Select(static part => Amount(part.Value, part.Currency)))}, "
                + $"weighted {string.Join(" + ", parts.Select(static part => Amount(part.Weighted, part.Currency)))})";
    }

    /// <summary>An amount in whole units: a funnel is looked at, not booked.</summary>
    public static string Amount(object? amount, object? currency) =>
        VisibleText.InView(string.Format(CultureInfo.CurrentCulture, "{0:N0} {1}", Decimal(amount), currency).TrimEnd());

    /// <summary>The console's encoding has the letters.</summary>
    private static bool CanShow(string letters)
    {
        try
        {
            var encoding = Console.OutputEncoding;
            return encoding.GetString(encoding.GetBytes(letters)) == letters;
        }
        catch (Exception exception) when (exception is IOException or EncoderFallbackException or NotSupportedException)
        {
            // No console at all: a file or a host of its own gets Unicode.
            return true;
        }
    }

    private static decimal Decimal(object? value) =>
        LanguagePrimitives.TryConvertTo<decimal>(value, CultureInfo.InvariantCulture, out var number)
            ? number
            : 0;

    private static double Number(object? row, string name) =>
        LanguagePrimitives.TryConvertTo<double>(Property(row, name), CultureInfo.InvariantCulture, out var number)
            ? number
            : 0;

    private static object? Property(object? row, string name) => row is null ? null : PSObject.AsPSObject(row).Properties[name]?.Value;
}
