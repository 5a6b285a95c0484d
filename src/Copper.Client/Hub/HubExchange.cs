using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;
using Copper.Client.Http;
using Copper.Client.RateLimiting;

namespace Copper.Client.Hub;

/// <summary>
/// One request and its answer: trace → transport → HTTP status → envelope → result. Repetitions and the session lie above it.
/// </summary>
internal sealed class HubExchange(Uri baseUri, Transport transport, Clock clock, string userAgent)
{
    private const string Hidden = "********";

    // PathAndQuery begins with the slash.
    private readonly string _address = AddressOf(baseUri);

    /// <param name="request">What is called.</param>
    /// <param name="form">The form as bytes.</param>
    /// <param name="secret">What stands in the form and must not come back in a message.</param>
    /// <param name="read">Makes the result; a <see cref="JsonException"/> of it counts as a broken answer.</param>
    /// <param name="trace">Who listens.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    public async Task<T> SendAsync<T>(CopperRequest request, byte[] form, string secret, Func<HubEnvelope, Reply, T> read, Tracer trace, CancellationToken cancellationToken)
    {
        request.AddRedaction(text => Mask(text, secret));
        using var message = CreateMessage(request, form);
        var sent = clock.Elapsed;
        trace.Sending(request);
        try
        {
            using var reply = await transport.SendAsync(request, message, static () => { }, cancellationToken).ConfigureAwait(false);
            trace.Answered(request, reply.StatusCode, reply.RequestId, clock.Elapsed - sent);
            return reply.IsSuccess ? Read(request, reply, read) : throw Failure(request, reply, null);
        }
        catch (CopperException failure) when (failure is CopperConnectionException or CopperTimeoutException or CopperProtocolException { IsTooLarge: true })
        {
            trace.Failed(request, failure, clock.Elapsed - sent);
            throw;
        }
        catch (Exception exception) when (exception is not (CopperException or OperationCanceledException))
        {
            throw ConnectionFaults.Describe(request, message.RequestUri!, exception);
        }
    }

    public static string Mask(string text, string secret) => secret.Length == 0 ? text : text.Replace(secret, Hidden);

    private static T Read<T>(CopperRequest request, Reply reply, Func<HubEnvelope, Reply, T> read)
    {
        try
        {
            using var envelope = HubEnvelope.Parse(reply.Body);
            return envelope.IsSuccess ? read(envelope, reply) : throw Failure(request, reply, envelope);
        }
        catch (Exception exception) when (exception is not (CopperException or OperationCanceledException))
        {
            var problem = reply.Body.IsEmpty ? "it is empty."
                : reply.MediaType is { } type && type.IndexOf("json", StringComparison.OrdinalIgnoreCase) < 0 ? $"it is {type}, not JSON. Is the API switched on in the general settings of the CopperHub?"
                : UnreadableAnswer.Describe(exception, reply.Body, request);
            throw new CopperProtocolException(request, reply.StatusCode, reply.RequestId, problem, null, exception is JsonException or InvalidOperationException);
        }
    }

    /// <summary>The status of the answer and the one in the envelope should be the same; the envelope counts when the answer's is a success.</summary>
    private static CopperApiException Failure(CopperRequest request, Reply reply, HubEnvelope? envelope)
    {
        var read = ErrorReader.Read(reply, request.Redact);
        var status = envelope is null ? reply.StatusCode : (HttpStatusCode)envelope.ResponseCode;
        return CopperApiException.Create(request, new ServiceError
        {
            StatusCode = status,
            Message = read.Message,
            RequestId = read.RequestId,
            RetryAfter = read.RetryAfter,
            SaysNotDone = (int)status is >= 200 and < 300,
            Lead = (int)status switch
            {
                401 => "The CopperHub answered 401.",
                >= 200 and < 300 => "The CopperHub said that it did not do it.",
                501 => "The CopperHub does not know this call, or its API is switched off in the general settings (501).",
                _ => null,
            },
        });
    }

    private HttpRequestMessage CreateMessage(CopperRequest request, byte[] form)
    {
        var message = new HttpRequestMessage(request.Method, new Uri(_address + request.PathAndQuery)) { Content = new ByteArrayContent(form) };
        message.Content.Headers.ContentType = new MediaTypeHeaderValue("application/x-www-form-urlencoded");
        TransportFactory.Prepare(message, request.Effect);
        message.Headers.Accept.Add(new MediaTypeWithQualityHeaderValue("application/json"));
        message.Headers.TryAddWithoutValidation("User-Agent", userAgent);
        return message;
    }

    private static string AddressOf(Uri baseUri)
    {
        var address = baseUri.AbsoluteUri.TrimEnd('/');
        var page = "/" + CopperHubRequest.Page;
        return address.EndsWith(page, StringComparison.OrdinalIgnoreCase) ? address.Substring(0, address.Length - page.Length) : address;
    }
}
