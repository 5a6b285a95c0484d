namespace Copper.Client.RateLimiting.Blobs;

/// <summary>A shared access signature, which is part of the address of every request.</summary>
/// <param name="sas">The signature, without the leading question mark.</param>
internal sealed class SasAuthorization(string sas) : IBlobAuthorization
{
    public ValueTask ApplyAsync(HttpRequestMessage message, CancellationToken cancellationToken)
    {
        message.RequestUri = new Uri($"{message.RequestUri}?{sas}");
        return default;
    }

    public bool Reject() => false;
}
