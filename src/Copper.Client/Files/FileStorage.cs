using System.Diagnostics;
using System.Text;
using System.Text.RegularExpressions;
using Copper.Client.Json;
using Copper.Client.Models;

namespace Copper.Client.Files;

/// <summary>
/// The storage into which files go before they are attached: Amazon's, not Copper's. So no credential of the client goes
/// there, and its requests do not count for the rate limit.
/// </summary>
internal sealed class FileStorage(HttpMessageInvoker invoker, Uri address, RetryPolicy retry, TimeSpan patience, string userAgent)
{
    private const int LongestError = 64 * 1024;
    private static readonly Regex CodeOrMessage =
        new("<(Code|Message)>(.*?)</\\1>", RegexOptions.Singleline, TimeSpan.FromSeconds(1));

    /// <summary>Puts a file into the storage. The same ticket always fills the same place, so a failure that may pass is retried.</summary>
    public async Task UploadAsync(
        UploadTicket ticket, Stream file, long length, string fileName, Tracer trace, CancellationToken cancellationToken)
    {
        var start = file.CanSeek ? file.Position : 0;
        var request = CopperRequest.Storage(address);
        request.AddRedaction(text =>
            Redaction.Redact(Redaction.Redact(text, ticket.Signature ?? string.Empty), ticket.Policy ?? string.Empty));
        await retry.RunAsync(
            request,
            async () =>
            {
                if (file.CanSeek)
                {
                    file.Position = start;
                }

                await AttemptAsync(request, ticket, file, length, fileName, trace, cancellationToken).ConfigureAwait(false);
                return true;
            },
            null,
            trace,
            cancellationToken).ConfigureAwait(false);
    }

    private async Task AttemptAsync(
        CopperRequest request,
        UploadTicket ticket,
        Stream file,
        long length,
        string fileName,
        Tracer trace,
        CancellationToken cancellationToken)
    {
        // A large file may take hours: what must not last is the time in which nothing moves.
        using var deadline = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        deadline.CancelAfter(patience);
        using var content = new UploadContent(ticket, file, length, fileName, Moved);
        using var upload = new HttpRequestMessage(HttpMethod.Post, address) { Content = content };
        upload.Headers.TryAddWithoutValidation("User-Agent", userAgent);
        var watch = Stopwatch.StartNew();
        try
        {
            trace.Uploading(request, fileName, 0, length);
            using var response = await invoker.SendAsync(upload, deadline.Token).ConfigureAwait(false);
            var requestId = response.Headers.TryGetValues("x-amz-request-id", out var ids) ? ids.FirstOrDefault() : null;
            trace.Responded(request, response.StatusCode, requestId, watch.Elapsed);
            if ((int)response.StatusCode is < 200 or >= 300)
            {
                var message = MessageOf(await ReadAsync(response, deadline.Token).ConfigureAwait(false));
                throw new CopperUploadException(
                    request,
                    $"The file storage {address.Host} rejected '{fileName}' ({(int)response.StatusCode}). {message}".Trim(),
                    response.StatusCode);
            }
        }
        catch (Exception) when (cancellationToken.IsCancellationRequested)
        {
            throw new OperationCanceledException(cancellationToken);
        }
        catch (Exception exception) when (deadline.IsCancellationRequested)
        {
            throw new CopperTimeoutException(request, patience, exception);
        }
        catch (Exception exception) when (Find<InvalidDataException>(exception) is { } broken)
        {
            throw new CopperUploadException(request, $"'{fileName}' could not be sent. {broken.Message}", null, exception);
        }
        catch (Exception exception) when (exception is not CopperException)
        {
            throw ConnectionFaults.Describe(request, address, exception);
        }

        void Moved(long sent)
        {
            deadline.CancelAfter(patience);
            trace.Uploading(request, fileName, sent, length);
        }
    }

    /// <summary>
    /// The begin of the response, which is all that an error of Amazon's has; whatever else stands there may go on for ever.
    /// </summary>
    private static async Task<string> ReadAsync(HttpResponseMessage response, CancellationToken cancellationToken)
    {
        if (response.Content is null)
        {
            return string.Empty;
        }

        var bytes = new byte[LongestError];
        var length = 0;
#if NET
        using var stream = await response.Content.ReadAsStreamAsync(cancellationToken).ConfigureAwait(false);
#else
        // Closing the response ends a read that does not listen to the token.
        using var closing = cancellationToken.Register(response.Dispose);
        using var stream = await response.Content.ReadAsStreamAsync().ConfigureAwait(false);
#endif
        while (length < bytes.Length)
        {
#if NET
            var read = await stream.ReadAsync(bytes.AsMemory(length), cancellationToken).ConfigureAwait(false);
#else
            var read = await stream.ReadAsync(bytes, length, bytes.Length - length, cancellationToken).ConfigureAwait(false);
#endif
            if (read == 0)
            {
                break;
            }

            length += read;
        }

        return Encoding.UTF8.GetString(bytes, 0, length);
    }

    /// <summary>Amazon's errors are XML with a code and a sentence.</summary>
    private static string MessageOf(string xml)
    {
        var words = CodeOrMessage.Matches(xml).Cast<Match>()
            .Select(static match => System.Net.WebUtility.HtmlDecode(match.Groups[2].Value).Trim()).ToArray();
        return words.Length == 0 ? string.Empty : "It said: " + ErrorText.Tidy(string.Join(": ", words));
    }

    private static T? Find<T>(Exception? exception)
        where T : Exception
    {
        while (exception is not null and not T)
        {
            exception = exception.InnerException;
        }

        return exception as T;
    }
}
