using System.Globalization;
using System.Net;

namespace Copper.Client.RateLimiting.Blobs;

/// <summary>
/// What a response of the storage means that is no success, and what to do. Source: Microsoft Learn, "Blob service error codes" and
/// "Common REST API error codes". Its body is not repeated: it may tell what was signed.
/// </summary>
internal static class BlobFailure
{
    /// <summary>The code of an error; null without one, as from something that is no blob storage.</summary>
    public static string? CodeOf(HttpResponseMessage response) =>
        response.Headers.TryGetValues("x-ms-error-code", out var values) ? values.FirstOrDefault() : null;

    /// <summary>The error.</summary>
    /// <param name="response">The response.</param>
    /// <param name="uri">The address of the blob.</param>
    /// <param name="authorization">The right that was used.</param>
    public static IOException Create(HttpResponseMessage response, Uri uri, IBlobAuthorization authorization)
    {
        var code = CodeOf(response);
        var status = ((int)response.StatusCode).ToString(CultureInfo.InvariantCulture) + (code is null ? string.Empty : " " + code);
        return new IOException($"The storage responded with {status}: {Explain(response, code, uri, authorization)}");
    }

    private static string Explain(HttpResponseMessage response, string? code, Uri uri, IBlobAuthorization authorization)
    {
        switch (code)
        {
            case null:
                return "this is not how blob storage responds; check the address, and any proxy on the way";
            case "ContainerNotFound":
                return $"the account has no container '{BlobAddress.ContainerOf(uri)}'; create it, or correct its name in the address";
            case "ContainerBeingDeleted":
                return $"the container '{BlobAddress.ContainerOf(uri)}' is being deleted; create it again in some minutes, or name another";
            case "AuthenticationFailed" or "InvalidAuthenticationInfo" or "NoAuthenticationInformation":
                return authorization.ExplainRejection(response.Headers.Date);
            case "PublicAccessNotPermitted":
                return "it saw no right in the request; " + authorization.ExplainRejection(response.Headers.Date);
            case "AuthorizationPermissionMismatch" or "InsufficientAccountPermissions" or "UnauthorizedBlobOverwrite":
                return authorization.ExplainMissingPermission();
            case "AuthorizationServiceMismatch" or "AuthorizationResourceTypeMismatch":
                return "the SAS is for something else than blobs; create one for this blob";
            case "AuthorizationFailure" or "AuthorizationSourceIPMismatch":
                return "the network rules of the storage account may exclude this machine; or "
                    + authorization.ExplainRejection(response.Headers.Date);
            case "AuthorizationProtocolMismatch":
                return "the SAS permits https only";
            case "KeyBasedAuthenticationNotPermitted":
                return "the account permits no SAS that was signed with its key; use a managed identity or a user delegation SAS";
            case "AccountIsDisabled":
                return "the storage account is disabled";
            case "InvalidBlobType":
                return "the blob is there already, of another type than a block blob; name another";
            case "BlobImmutableDueToPolicy" or "BlobArchived":
                return "the blob cannot be changed; name another";
        }

        if (code.StartsWith("Lease", StringComparison.Ordinal))
        {
            return "somebody holds a lease on the blob; break it, or name another blob";
        }

        return response.StatusCode switch
        {
            HttpStatusCode.NotFound => $"there is no such storage account at {uri.Authority}; check the account in the address",
            HttpStatusCode.BadRequest => "the address is not accepted; check the names of container and blob, and the SAS",
            HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden => authorization.ExplainRejection(response.Headers.Date),
            _ => "this is not expected of blob storage; check the address",
        };
    }
}
