namespace Copper.Client.RateLimiting.Blobs;

/// <summary>A shared access signature, which is part of the address of every request.</summary>
/// <param name="sas">The signature.</param>
internal sealed class SasAuthorization(SharedAccessSignature sas) : IBlobAuthorization
{
    public ValueTask ApplyAsync(HttpRequestMessage message, CancellationToken cancellationToken)
    {
        message.RequestUri = new Uri($"{message.RequestUri}?{sas.Text}");
        return default;
    }

    public bool Reject() => false;

    public string ExplainRejection(DateTimeOffset? now) =>
        (now is { } time ? sas.ExplainTime(time, TimeSpan.Zero) : null)
        ?? "the SAS is not complete, or for another account or blob, or the key or policy behind it has changed: create a new one";

    public string ExplainMissingPermission() => "the SAS lacks a permission: create one with read, create and write (sp=rcw)";
}
