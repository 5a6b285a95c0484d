namespace Copper.Client.RateLimiting;

/// <summary>A request that waits for a permit of this process.</summary>
/// <param name="credential">The credential that sends it.</param>
/// <param name="bulk">The request goes to a bulk endpoint.</param>
/// <param name="number">Its number in the order of arrival.</param>
internal sealed class RateLimitWaiter(LimitedCredential credential, bool bulk, long number) : PermitWaiter<RateLimitPermit>(bulk)
{
    public LimitedCredential Credential { get; } = credential;

    public long Number { get; } = number;
}
