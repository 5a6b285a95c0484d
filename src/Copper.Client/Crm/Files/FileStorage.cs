using System.Diagnostics;
using System.Text.RegularExpressions;
using Copper.Client.Http;
using Copper.Client.Http.Errors;

namespace Copper.Client.Crm.Files;

/// <summary>
/// The storage into which files go before they are attached: Amazon's, not Copper's. So no credential of the client goes
/// there, and its requests do not count for the rate limit.
/// </summary>
internal sealed class FileStorage(HttpMessageInvoker invoker, Uri address, RetryPolicy retry, TimeSpan patience, string userAgent)
{
    private static readonly Regex Said = new("<(Code|Message)>(.*?)</\\1>", RegexOptions.Singleline, TimeSpan.FromSeconds(1));

    /// <summary>Puts a file into the storage. The same ticket always fills the same place, so a failure that may pass is tried again.</summary>
    public async Task UploadAsync(UploadTicket ticket, Stream file, long length, string fileName, Tracer trace, CancellationToken cancellationToken)
    {
        var start = file.CanSeek ? file.Position : 0;
        var request = new CopperRequest(HttpMethod.Post, address.Host) { Effect = RequestEffect.Update };
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

    private async Task AttemptAsync(CopperRequest request, UploadTicket ticket, Stream file, long length, string fileName, Tracer trace, CancellationToken cancellationToken)
    {
        // A large file may take hours: what must not last is the time in which nothing moves.
        using var deadline = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        deadline.CancelAfter(patience);
        using var content = new UploadContent(ticket, file, length, fileName, Moved);
        using var message = new HttpRequestMessage(HttpMethod.Post, address) { Content = content };
        message.Headers.TryAddWithoutValidation("User-Agent", userAgent);
        var watch = Stopwatch.StartNew();
        try
        {
            trace.Uploading(request, fileName, 0, length);
            using var response = await invoker.SendAsync(message, deadline.Token).ConfigureAwait(false);
            trace.Answered(request, response.StatusCode, response.Headers.TryGetValues("x-amz-request-id", out var ids) ? ids.FirstOrDefault() : null, watch.Elapsed);
            if ((int)response.StatusCode is < 200 or >= 300)
            {
                var said = Words(await ReadAsync(response, deadline.Token).ConfigureAwait(false));
                throw new CopperUploadException(request, $"The file storage {address.Host} did not take '{fileName}' ({(int)response.StatusCode}). {said}".Trim(), response.StatusCode);
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
        catch (Exception exception) when (ConnectionFaults.IsConnectionFault(exception))
        {
            throw ConnectionFaults.Describe(request, address, exception);
        }

        void Moved(long sent)
        {
            deadline.CancelAfter(patience);
            trace.Uploading(request, fileName, sent, length);
        }
    }

    private static async Task<string> ReadAsync(HttpResponseMessage response, CancellationToken cancellationToken)
    {
        if (response.Content is null)
        {
            return string.Empty;
        }

#if NET
        return await response.Content.ReadAsStringAsync(cancellationToken).ConfigureAwait(false);
#else
        // Closing the answer ends a read that does not listen to the token.
        using (cancellationToken.Register(response.Dispose))
        {
            return await response.Content.ReadAsStringAsync().ConfigureAwait(false);
        }
#endif
    }

    /// <summary>Amazon's errors are XML with a code and a sentence.</summary>
    private static string Words(string said)
    {
        var words = Said.Matches(said).Cast<Match>().Select(static match => System.Net.WebUtility.HtmlDecode(match.Groups[2].Value).Trim()).ToArray();
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
