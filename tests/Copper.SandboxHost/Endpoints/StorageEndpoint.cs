using Copper.Sandbox;
using Copper.SandboxHost.Pipeline;

namespace Copper.SandboxHost.Endpoints;

/// <summary>POST /_storage: plays the storage files are uploaded to.</summary>
internal sealed class StorageEndpoint(CopperSandbox sandbox) : HostEndpoint
{
    public const string Path = "/_storage";

    private byte[] _upload = [];

    /// <summary>Uploads are bytes, not text, and not for the journal.</summary>
    public override async Task<string?> ReadBodyAsync(HttpRequest request, CancellationToken cancellation)
    {
        using var upload = new MemoryStream();
        await request.Body.CopyToAsync(upload, cancellation);
        _upload = upload.ToArray();
        return null;
    }

    public override SandboxReply Respond(Exchange exchange) => exchange.Request.Method == "POST"
        ? sandbox.HandleUpload(exchange.Request, _upload)
        : Json(405, "{\"error\":\"Method not allowed\"}");
}
