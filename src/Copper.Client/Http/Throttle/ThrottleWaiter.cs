namespace Copper.Client.Http.Throttle;

/// <summary>A request that waits for the limit of this process.</summary>
/// <param name="throttle">The credential's way.</param>
/// <param name="bulk">The request goes to a bulk endpoint.</param>
/// <param name="number">Who has the lower one came first.</param>
internal sealed class ThrottleWaiter(RequestThrottle throttle, bool bulk, long number) : AdmissionWaiter<ThrottleLease>(bulk)
{
    public RequestThrottle Throttle { get; } = throttle;

    public long Number { get; } = number;
}
