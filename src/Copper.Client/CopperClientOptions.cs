using System.Net;
using Copper.Client.Http;
using Copper.Client.RateLimiting;
using Copper.Client.RateLimiting.Shared;

namespace Copper.Client;

/// <summary>How a <see cref="CopperClient"/> connects. Read once, when the client is made.</summary>
public sealed class CopperClientOptions
{
    /// <summary>The address of the Developer API.</summary>
    public static Uri DefaultBaseUri { get; } = new("https://api.copper.com/developer_api/v1");

    /// <summary>Who is calling. Required.</summary>
    public CopperIdentity? Identity { get; set; }

    /// <summary>Where the service is. https only; http is allowed for this machine (localhost, 127.0.0.1, [::1]).</summary>
    public Uri BaseUri { get; set; } = DefaultBaseUri;

    /// <summary>Where files are uploaded to: Amazon's storage, as documented (developer.copper.com/file-upload). It gets no credential.</summary>
    public Uri StorageUri { get; set; } = new("https://ali-userassets-production.s3.amazonaws.com");

    /// <summary>The windows within which all requests of the account are kept, all at once. An empty list means no limit.</summary>
    public IReadOnlyList<RateLimit> RateLimits { get; set; } = RateLimit.Default;

    /// <summary>Further windows for bulk endpoints.</summary>
    public IReadOnlyList<RateLimit> BulkRateLimits { get; set; } = [RateLimit.DefaultBulk];

    /// <summary>
    /// Keep the limits together with all processes of this user on this machine that set this too, by means of a small file in the
    /// user's folder for state (below LOCALAPPDATA on Windows, XDG_STATE_HOME or ~/.local/state elsewhere). It holds hashes, numbers
    /// and times: no key, no address. While one client of an account has it, all clients of that account in the process take part.
    /// When the file cannot be written, the client's constructor throws an <see cref="IOException"/> that says what to do.
    /// </summary>
    public bool SharedLimit { get; set; }

    /// <summary>
    /// Ends the client's constructor with an <see cref="OperationCanceledException"/> while it waits for the file of
    /// <see cref="SharedLimit"/>, which other processes may keep open; it waits until one and the same process has done so for ten seconds.
    /// </summary>
    public CancellationToken Opening { get; set; }

    /// <summary>The time allowed for one request, from sending to the last byte of its answer; 100 seconds by default. Waits for the rate limit do not count.</summary>
    public TimeSpan Timeout { get; set; } = TimeSpan.FromSeconds(100);

    /// <summary>
    /// The most bytes that one answer may have, unpacked; 64 MB by default, which is far more than a page of 200 records has. One that
    /// is larger is an error of that one call (<see cref="Http.CopperProtocolException"/>), so that no answer takes all memory.
    /// </summary>
    public long LargestAnswer { get; set; } = DefaultLargestAnswer;

    /// <summary>How often a request is sent again after a failure that may pass; 4 by default, 0 for never.</summary>
    public int MaxRetries { get; set; } = 4;

    /// <summary>The longest wait before a repetition; when the service asks for a longer one, the call fails at once and says so. 5 minutes by default.</summary>
    public TimeSpan LongestRetryWait { get; set; } = TimeSpan.FromMinutes(5);

    /// <summary>The account writes calendar dates with the day before the month (31/12/2026); by default 12/31/2026. Concerns the reading of close dates.</summary>
    public bool DayFirstDates { get; set; }

    /// <summary>The proxy to go through; null for the machine's own setting.</summary>
    public IWebProxy? Proxy { get; set; }

    /// <summary>Takes the place of the network, for example a sandbox. The client disposes it.</summary>
    public HttpMessageHandler? Handler { get; set; }

    /// <summary>Sent as User-Agent.</summary>
    public string UserAgent { get; set; } = "Copper.Client/" + (typeof(CopperClientOptions).Assembly.GetName().Version?.ToString(3) ?? "0");

    /// <summary>The clock; tests put their own here.</summary>
    public Clock Clock { get; set; } = Clock.System;

    /// <summary>64 MB.</summary>
    internal const long DefaultLargestAnswer = 64 * 1024 * 1024;

    /// <summary>The throttles that clients share; tests put their own here.</summary>
    internal RateLimiterRegistry Throttles { get; set; } = RateLimiterRegistry.Process;

    /// <summary>The shared limits of this process; tests put their own here.</summary>
    internal CrossProcessRateLimiterRegistry SharedLimits { get; set; } = CrossProcessRateLimiterRegistry.Process;

    /// <summary>The number of records of one result that the service hands out; tests lower it together with the sandbox's.</summary>
    internal long SearchCeiling { get; set; } = Search.SearchResult<Models.ICopperRecord>.Ceiling;

    /// <summary>The address without what may be a secret in it: user name and password, query and fragment.</summary>
    private static string Shown(Uri? address)
    {
        var text = (address?.OriginalString ?? string.Empty).Split('?', '#')[0];
        var end = text.LastIndexOf('@');
        var start = text.IndexOf("://", StringComparison.Ordinal) is var scheme and >= 0 ? scheme + 3 : 0;
        return end < start ? text : text.Substring(0, start) + "***" + text.Substring(end);
    }

    /// <summary>Refuses a size that nothing fits into, or that no array can have.</summary>
    internal static void CheckLargestAnswer(long bytes)
    {
        if (bytes is < 1 or > 1024 * 1024 * 1024)
        {
            throw new ArgumentException("The size allowed for an answer must be 1 byte to 1 GB.");
        }
    }

    /// <summary>Refuses an address to which files would go in the clear, or that is none.</summary>
    internal static void CheckStorageUri(Uri storageUri)
    {
        if (storageUri is not { IsAbsoluteUri: true } || (storageUri.Scheme != "https" && !(storageUri.Scheme == "http" && storageUri.IsLoopback)) || storageUri.UserInfo.Length > 0)
        {
            throw new ArgumentException($"'{Shown(storageUri)}' cannot take files: give an https address (http only for this machine), without user name or password.");
        }
    }

    /// <summary>Refuses an address that would send the credential in the clear, or that is none.</summary>
    /// <exception cref="ArgumentException">The address cannot be used; the message says why.</exception>
    public static void CheckBaseUri(Uri baseUri) => CheckBaseUri(baseUri, DefaultBaseUri);

    internal static void CheckBaseUri(Uri baseUri, Uri example)
    {
        if (baseUri is not { IsAbsoluteUri: true } || (baseUri.Scheme != "https" && baseUri.Scheme != "http"))
        {
            throw new ArgumentException($"'{Shown(baseUri)}' is not an address of the service. Write it in full, for example {example}.");
        }

        if (baseUri.UserInfo.Length > 0)
        {
            throw new ArgumentException("The base address must not hold a user name or password.");
        }

        if (baseUri.Scheme == "http" && !baseUri.IsLoopback)
        {
            throw new ArgumentException($"'{Shown(baseUri)}' would send the credential unencrypted. Use https; http is allowed only for this machine.");
        }

        if (baseUri.Query.Length > 0 || baseUri.Fragment.Length > 0)
        {
            throw new ArgumentException($"'{Shown(baseUri)}' has a query or a fragment. Give only the address of the service, for example {example}.");
        }
    }
}
