using System.Security;
using System.Text;
using Copper.Sandbox.Accounts;
using Copper.Sandbox.Files;

namespace Copper.Sandbox.Endpoints;

/// <summary>The part of Amazon S3 that takes the upload: POST of a form whose last field is the file.</summary>
/// <remarks>Source: developer.copper.com/file-upload/upload-your-file-to-s3; errors follow Amazon's documentation of POST
/// uploads.</remarks>
internal sealed class SandboxStorage(Account account, DateTimeOffset now)
{
    /// <summary>The host files are uploaded to; it is Amazon's, not Copper's.</summary>
    public const string Host = "ali-userassets-production.s3.amazonaws.com";

    private static readonly string[] FieldOrder =
        ["key", "signature", "success_action_status", "acl", "AWSAccessKeyId", "policy", "file"];

    public SandboxReply Post(string? contentType, byte[] body)
    {
        var fields = MultipartForm.Parse(contentType, body);
        if (fields is null)
        {
            return Error(412, "PreconditionFailed", "Bucket POST must be of the enclosure-type multipart/form-data");
        }

        // Amazon wants the file last; the order of the others is the one Copper's page gives.
        if (!fields.Select(field => field.Name).SequenceEqual(FieldOrder))
        {
            return Error(400, "InvalidArgument", "The fields must be " + string.Join(", ", FieldOrder) + ", in this order");
        }

        var ticket = account.Files.FindTicket(fields[0].Text);
        bool isGenuine = ticket is not null
            && fields[1].Text == ticket.Signature
            && fields[2].Text == UploadTicket.SuccessStatus
            && fields[3].Text == UploadTicket.Acl
            && fields[4].Text == UploadTicket.AccessKeyId
            && fields[5].Text == ticket.Policy;
        if (!isGenuine)
        {
            return Error(403, "AccessDenied", "Invalid according to Policy: Policy Condition failed");
        }

        if (now >= ticket!.Expires)
        {
            return Error(403, "AccessDenied", "Invalid according to Policy: Policy expired");
        }

        account.Files.Store(ticket, fields[6].Content.Length);
        string location = $"<Location>https://{Host}/{ticket.Key}</Location><Bucket>ali-userassets-production</Bucket>";
        return Xml(201, $"<PostResponse>{location}<Key>{ticket.Key}</Key></PostResponse>");
    }

    private static SandboxReply Error(int status, string code, string message) =>
        Xml(status, $"<Error><Code>{code}</Code><Message>{SecurityElement.Escape(message)}</Message></Error>");

    private static SandboxReply Xml(int status, string xml) => new(
        status,
        new Dictionary<string, string> { ["Content-Type"] = "application/xml" },
        Encoding.UTF8.GetBytes("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n" + xml));
}
