using System.Globalization;
using Copper.Sandbox;

namespace Copper.SandboxHost;

/// <summary>Settings of the account by name, for the command line and for POST /_sandbox/reset alike.</summary>
internal static class AccountSettings
{
    private static readonly Dictionary<string, Action<SandboxOptions, string>> Setters = new()
    {
        ["seed"] = (options, value) => options.Seed = Integer(value),
        ["people"] = (options, value) => options.People = Integer(value),
        ["companies"] = (options, value) => options.Companies = Integer(value),
        ["leads"] = (options, value) => options.Leads = Integer(value),
        ["opportunities"] = (options, value) => options.Opportunities = Integer(value),
        ["tasks"] = (options, value) => options.Tasks = Integer(value),
        ["projects"] = (options, value) => options.Projects = Integer(value),
        ["activities"] = (options, value) => options.Activities = Integer(value),
        ["new"] = (options, value) => options.IsNew = bool.Parse(value),
        ["account-name"] = (options, value) => options.AccountName = value,
        ["user-email"] = (options, value) => options.UserEmail = value,
        ["api-key"] = (options, value) => options.ApiKey = value,
        ["bearer-token"] = (options, value) => options.BearerToken = value,
        ["rate-limit"] = SetRateLimits,
        ["bulk-limit"] = (options, value) => options.BulkRateLimit = BulkRateLimit(value),
        ["retry-after"] = (options, value) => options.SendRetryAfter = bool.Parse(value),
        ["feature-leads"] = (options, value) => options.FeatureLeads = bool.Parse(value),
        ["search-cap"] = (options, value) => options.SearchCap = Integer(value),
        ["total-surplus"] = (options, value) => options.TotalSurplus = Integer(value),
        ["tag-page-size"] = (options, value) => options.TagPageSize = Integer(value),
        ["search-lag"] = (options, value) => options.SearchLagCount = Integer(value),
        ["search-lag-ms"] = (options, value) => options.SearchLagTime = TimeSpan.FromMilliseconds(Integer(value)),
        ["lower-case-tags"] = (options, value) => options.LowerCaseTags = bool.Parse(value),
        ["day-first-dates"] = (options, value) => options.DayFirstDates = bool.Parse(value),
    };

    public static IEnumerable<string> Names => Setters.Keys;

    public static bool Knows(string name) => Setters.ContainsKey(name);

    public static void Apply(SandboxOptions options, string name, string value)
    {
        if (!Setters.TryGetValue(name, out var setter))
        {
            throw new ArgumentException($"Unknown setting {name}.", nameof(name));
        }

        setter(options, value);
    }

    /// <summary>Takes limits such as <c>36/6s</c>, separated by commas; <c>none</c> and <c>default</c> set the bulk limit, too.</summary>
    private static void SetRateLimits(SandboxOptions options, string value)
    {
        options.RateLimits = value switch
        {
            "none" => [],
            "default" => SandboxRateLimit.Default,
            _ => [.. value.Split(',').Select(RateLimit)],
        };
        if (value is "none" or "default")
        {
            options.BulkRateLimit = BulkRateLimit(value);
        }
    }

    private static SandboxRateLimit? BulkRateLimit(string value) => value switch
    {
        "none" => null,
        "default" => SandboxRateLimit.DocumentedBulk,
        _ => RateLimit(value),
    };

    private static SandboxRateLimit RateLimit(string value)
    {
        string[] parts = value.TrimEnd('s').Split('/');
        return parts.Length == 2
            ? new SandboxRateLimit(Integer(parts[0]), TimeSpan.FromSeconds(double.Parse(parts[1], CultureInfo.InvariantCulture)))
            : throw new FormatException($"{value} is no rate limit such as 36/6s.");
    }

    private static int Integer(string value) => int.Parse(value, CultureInfo.InvariantCulture);
}
