using Copper.Sandbox.Values;

namespace Copper.Sandbox.Demo;

/// <summary>Spreads the dates of the demo data over the three years before the reference date.</summary>
internal sealed class DemoCalendar(DemoRandom random, int recordCount)
{
    private const long Span = 3 * 365 * 24 * 3600L;

    public static long Now { get; } = SandboxOptions.ReferenceDate.ToUnixTimeSeconds();

    /// <summary>When the record at an index was created: records with higher ids are younger.</summary>
    public long CreatedAt(int index)
    {
        long step = Math.Max(1, Span / Math.Max(1, recordCount));
        return Now - Span + (index * step) + random.Next((int)Math.Min(step, int.MaxValue));
    }

    /// <summary>A later moment up to now.</summary>
    public long Since(long moment) => moment + random.Next((int)Math.Max(1, Now - moment));

    /// <summary>A day counted from the reference date, as custom date fields hold it.</summary>
    public static long Day(int daysFromNow) => PacificTime.Midnight(SandboxOptions.ReferenceDate.UtcDateTime.AddDays(daysFromNow));
}
