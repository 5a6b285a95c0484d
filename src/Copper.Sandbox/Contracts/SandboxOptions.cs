namespace Copper.Sandbox;

/// <summary>What the account of the sandbox holds, who may use it and how often.</summary>
public sealed class SandboxOptions
{
    /// <summary>E-mail address of the user who owns the default key.</summary>
    public const string DefaultUserEmail = "demo@copper.example";

    /// <summary>The key accepted unless another one is set.</summary>
    public const string DefaultApiKey = "sandbox-key";

    /// <summary>The date of the demo data: nothing in it was created later.</summary>
    public static DateTimeOffset ReferenceDate { get; } = new(2026, 10, 1, 0, 0, 0, TimeSpan.Zero);

    /// <summary>Seed of the demo data. The same seed and counts always give the same account.</summary>
    public int Seed { get; set; } = 1;

    /// <summary>Number of people.</summary>
    public int People { get; set; } = 1000;

    /// <summary>Number of companies.</summary>
    public int Companies { get; set; } = 300;

    /// <summary>Number of leads.</summary>
    public int Leads { get; set; } = 450;

    /// <summary>Number of opportunities.</summary>
    public int Opportunities { get; set; } = 250;

    /// <summary>Number of tasks.</summary>
    public int Tasks { get; set; } = 400;

    /// <summary>Number of projects.</summary>
    public int Projects { get; set; } = 60;

    /// <summary>Number of activities.</summary>
    public int Activities { get; set; } = 800;

    /// <summary>Name of the account.</summary>
    public string AccountName { get; set; } = "Copper Demo";

    /// <summary>
    /// The account is as new: no records, no custom fields, and the lists and activity types that each account begins with (assumed).
    /// </summary>
    public bool IsNew { get; set; }

    /// <summary>E-mail address that has to come with the key; also the address of the first user.</summary>
    public string UserEmail { get; set; } = DefaultUserEmail;

    /// <summary>The key that is accepted.</summary>
    public string ApiKey { get; set; } = DefaultApiKey;

    /// <summary>An OAuth access token that is accepted, or null for none.</summary>
    public string? BearerToken { get; set; }

    /// <summary>Limits that hold for every request; empty for none.</summary>
    public IReadOnlyList<SandboxRateLimit> RateLimits { get; set; } = SandboxRateLimit.Default;

    /// <summary>The additional limit of the bulk endpoints; null for none.</summary>
    public SandboxRateLimit? BulkRateLimit { get; set; } = SandboxRateLimit.DocumentedBulk;

    /// <summary>Whether a 429 carries Retry-After. The service is not known to send it.</summary>
    public bool SendRetryAfter { get; set; }

    /// <summary>Whether leads are switched on; if not, every lead endpoint responds with 403.</summary>
    public bool FeatureLeads { get; set; } = true;

    /// <summary>How many records of a search can be reached at all.</summary>
    public int SearchCap { get; set; } = 100_000;

    /// <summary>How far X-PW-TOTAL exceeds the real count: it is documented as an upper bound only.</summary>
    public int TotalSurplus { get; set; }

    /// <summary>How many tag names a page of GET /tags?tag_names_only=true holds. The real size is not documented.</summary>
    public int TagPageSize { get; set; } = 200;

    /// <summary>Whether opportunity close dates are DD/MM/YYYY instead of MM/DD/YYYY; it follows the locale of an account.</summary>
    public bool DayFirstDates { get; set; }

    /// <summary>
    /// How many searches of the account do not show yet what was written before them; 0, the default, for none. The service's
    /// searches lag behind its records; reading by id does not.
    /// </summary>
    public int SearchLagCount { get; set; }

    /// <summary>How long after it was written a record shows in searches, by <see cref="Clock"/>; zero, the default, for at once.</summary>
    public TimeSpan SearchLagTime { get; set; }

    /// <summary>
    /// Whether tags are kept in lower case and cut at 50 characters. The code of one client says so of the service; no published
    /// response shows it.
    /// </summary>
    public bool LowerCaseTags { get; set; }

    /// <summary>How many requests the journal keeps; the oldest are dropped first.</summary>
    public int JournalCapacity { get; set; } = 10_000;

    /// <summary>Tells the time for rate limits and for dates the server sets; null for the clock of the machine.</summary>
    public Func<DateTimeOffset>? Clock { get; set; }
}
