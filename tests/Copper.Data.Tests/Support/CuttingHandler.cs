namespace Copper.Data.Tests.Support;

/// <summary>
/// A network that breaks at one of the requests that write: before it is sent, or after the service has carried it out. From then on
/// nothing passes. What a killed process leaves behind is what <see cref="OnCut"/> finds at that moment.
/// </summary>
internal sealed class CuttingHandler(int cutAt, bool afterSending) : DelegatingHandler
{
    private readonly Lock _lock = new();

    /// <summary>The number of requests that write, so far.</summary>
    public int Requests { get; private set; }

    /// <summary>The point was reached.</summary>
    public bool HasCut { get; private set; }

    /// <summary>Runs at the moment of the cut, for example to copy the journal as it stands on disk.</summary>
    public Action? OnCut { get; set; }

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var path = request.RequestUri!.AbsolutePath;
        var writes = request.Method != HttpMethod.Get && !path.EndsWith("/search", StringComparison.Ordinal);
        bool isCut;
        lock (_lock)
        {
            if (HasCut)
            {
                throw new HttpRequestException("The connection is cut.");
            }

            isCut = writes && ++Requests == cutAt;
            if (isCut && !afterSending)
            {
                Cut();
            }
        }

        var response = await base.SendAsync(request, cancellationToken);
        lock (_lock)
        {
            if (isCut)
            {
                Cut();
            }
        }

        return response;
    }

    private void Cut()
    {
        HasCut = true;
        OnCut?.Invoke();
        throw new HttpRequestException("The connection is cut.");
    }
}
