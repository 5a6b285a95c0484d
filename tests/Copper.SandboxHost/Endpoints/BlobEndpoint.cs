using System.Globalization;

namespace Copper.SandboxHost.Endpoints;

/// <summary>
/// The four operations on a blob that a limit on several machines needs, at <c>/blobs/{account}/copper/{blob}</c>: Get Blob, and Put Blob
/// without a condition, with If-Match, or with If-None-Match: *. Any SAS with a signature is accepted, and the token that
/// <c>/identity</c> gives. Sources: Microsoft Learn, "Get Blob", "Put Blob", "Specifying conditional headers for Blob service
/// operations", "Blob service error codes". The emulator Azurite is the reference where Node.js is at hand.
/// </summary>
internal sealed class BlobEndpoint(SandboxHostServer server)
{
    private const string Root = "/blobs/{account}/{container}/{**blob}";
    private const string IdentityToken = "identity-token";
    private const string IdentitySecret = "identity-secret";
    private readonly Lock _gate = new();
    private readonly Dictionary<string, (byte[] Content, int Version, DateTimeOffset Written)> _blobs = [];
    private int _version;

    public void Map(WebApplication application)
    {
        application.MapGet("/identity", RespondWithToken);
        application.MapGet(Root, context => HandleAsync(context, Get));
        application.MapPut(Root, context => HandleAsync(context, Put));
    }

    private static IResult RespondWithToken(HttpContext context)
    {
        var isKnown = context.Request.Headers["X-IDENTITY-HEADER"] == IdentitySecret
            && context.Request.Query["resource"] == "https://storage.azure.com/";
        return isKnown
            ? Results.Json(new Dictionary<string, string>
            {
                ["access_token"] = IdentityToken,
                ["expires_on"] = DateTimeOffset.UtcNow.AddHours(1).ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture),
                ["token_type"] = "Bearer",
            })
            : Results.StatusCode(400);
    }

    private async Task HandleAsync(HttpContext context, Action<HttpContext, string, byte[]> operation)
    {
        await Task.Delay(server.Latency.Next());
        using var body = new MemoryStream();
        await context.Request.Body.CopyToAsync(body);
        if (!context.Request.Query.ContainsKey("sig") && context.Request.Headers.Authorization != "Bearer " + IdentityToken)
        {
            Fail(context, 403, "AuthenticationFailed");
        }
        else if (!"copper".Equals(context.Request.RouteValues["container"]))
        {
            Fail(context, 404, "ContainerNotFound");
        }
        else
        {
            lock (_gate)
            {
                operation(context, context.Request.Path, body.ToArray());
            }
        }

        if (context.Items.TryGetValue(this, out var content))
        {
            await context.Response.Body.WriteAsync((byte[])content!);
        }
    }

    private void Get(HttpContext context, string path, byte[] body)
    {
        if (!_blobs.TryGetValue(path, out var blob))
        {
            Fail(context, 404, "BlobNotFound");
            return;
        }

        context.Response.Headers.ETag = Tag(blob.Version);
        context.Response.Headers.LastModified = blob.Written.ToString("R", CultureInfo.InvariantCulture);
        context.Response.ContentLength = blob.Content.Length;
        context.Items[this] = blob.Content;
    }

    private void Put(HttpContext context, string path, byte[] body)
    {
        var headers = context.Request.Headers;
        var exists = _blobs.TryGetValue(path, out var blob);
        if (headers["x-ms-blob-type"] != "BlockBlob")
        {
            Fail(context, 400, "MissingRequiredHeader");
        }
        else if (exists && headers.IfNoneMatch == "*")
        {
            Fail(context, 409, "BlobAlreadyExists");
        }
        else if (headers.IfMatch.Count > 0 && (!exists || headers.IfMatch != Tag(blob.Version)))
        {
            Fail(context, 412, "ConditionNotMet");
        }
        else
        {
            _blobs[path] = (body, ++_version, DateTimeOffset.UtcNow);
            context.Response.StatusCode = 201;
            context.Response.Headers.ETag = Tag(_version);
        }
    }

    private static string Tag(int version) => $"\"0x{version:X8}\"";

    private static void Fail(HttpContext context, int status, string code)
    {
        context.Response.StatusCode = status;
        context.Response.Headers["x-ms-error-code"] = code;
    }
}
