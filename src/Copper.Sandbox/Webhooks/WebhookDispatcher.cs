using System.Net.Http.Headers;

namespace Copper.Sandbox.Webhooks;

/// <summary>
/// Posts notifications in the background as the service does: each at most once, never again whatever the response, and for
/// each target in order. It never leaves this machine: for other targets it only notes that there was something to post.
/// </summary>
internal sealed class WebhookDispatcher(int journalCapacity)
{
    private static readonly Lazy<HttpClient> Client = new(CreateClient);

    private readonly object _gate = new();
    private readonly Queue<SandboxDelivery> _deliveries = new();
    private readonly Dictionary<string, Task> _routes = new(StringComparer.Ordinal);

    public IReadOnlyList<SandboxDelivery> Deliveries
    {
        get
        {
            lock (_gate)
            {
                return _deliveries.ToArray();
            }
        }
    }

    /// <summary>Completes when everything posted so far has its response.</summary>
    public Task WhenIdle()
    {
        lock (_gate)
        {
            return Task.WhenAll(_routes.Values);
        }
    }

    public void Clear()
    {
        lock (_gate)
        {
            _deliveries.Clear();
        }
    }

    public void Post(IReadOnlyList<Notification> notifications)
    {
        lock (_gate)
        {
            foreach (var notification in notifications)
            {
                var former = _routes.TryGetValue(notification.Target, out var last) ? last : Task.CompletedTask;
                _routes[notification.Target] = former
                    .ContinueWith(_ => PostAsync(notification), CancellationToken.None, TaskContinuationOptions.None, TaskScheduler.Default)
                    .Unwrap();
            }
        }
    }

    private async Task PostAsync(Notification notification)
    {
        int? status = null;
        string? failure = null;
        try
        {
            var target = new Uri(notification.Target);
            if (target.IsLoopback)
            {
                using var request = CreateRequest(target, notification);
                using var response = await Client.Value.SendAsync(request).ConfigureAwait(false);
                status = (int)response.StatusCode;
            }
            else
            {
                failure = "The sandbox posts to this machine only.";
            }
        }
        catch (Exception exception) when (exception is HttpRequestException or OperationCanceledException or InvalidOperationException
            or FormatException)
        {
            failure = exception.Message;
        }

        Note(new SandboxDelivery(notification.SubscriptionId, notification.Target, status, failure));
    }

    private static HttpRequestMessage CreateRequest(Uri target, Notification notification)
    {
        var request = new HttpRequestMessage(HttpMethod.Post, target) { Content = new ByteArrayContent(notification.Body) };
        request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        foreach (var header in notification.Headers)
        {
            if (!request.Headers.TryAddWithoutValidation(header.Key, header.Value))
            {
                request.Content.Headers.TryAddWithoutValidation(header.Key, header.Value);
            }
        }

        return request;
    }

    private void Note(SandboxDelivery delivery)
    {
        lock (_gate)
        {
            _deliveries.Enqueue(delivery);
            while (_deliveries.Count > journalCapacity)
            {
                _deliveries.Dequeue();
            }
        }
    }

    // No proxy: what goes to this machine must not take the way over another one.
    private static HttpClient CreateClient() =>
        new(new HttpClientHandler { UseProxy = false, AllowAutoRedirect = false }) { Timeout = TimeSpan.FromSeconds(10) };
}
