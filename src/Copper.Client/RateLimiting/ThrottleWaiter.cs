namespace Copper.Client.RateLimiting;

/// <summary>A request that waits for the limit of this process.</summary>
/// <param name="throttle">The credential's way.</param>
/// <param name="bulk">The request goes to a bulk endpoint.</param>
/// <param name="number">Who has the lower one came first.</param>
internal sealed class ThrottleWaiter(AccountRateLimiter throttle, bool bulk, long number) : AdmissionWaiter<RateLimitPermit>(bulk)
{
    public AccountRateLimiter Throttle { get; } = throttle;

    public long Number { get; } = number;
}
