using System.Text.RegularExpressions;
using Copper.Client.Tests.Support;

namespace Copper.Client.Tests.Faults;

/// <summary>Sends some requests to a port of this machine where nobody listens, the others to where they are meant to go.</summary>
internal sealed class DeadEndHandler(Operation operation, int times) : DelegatingHandler(new SocketsHttpHandler())
{
    private readonly DeadEnd _deadEnd = new();
    private int _matches;

    protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var path = request.RequestUri!.AbsolutePath.Split("/v1", 2)[1];
        if (request.Method.Method == operation.Method && Regex.IsMatch(path, operation.Path))
        {
            var match = Interlocked.Increment(ref _matches) - 1 - operation.After;
            if (match >= 0 && (times < 0 || match < times))
            {
                request.RequestUri = new UriBuilder(request.RequestUri) { Port = _deadEnd.Port }.Uri;
            }
        }

        return base.SendAsync(request, cancellationToken);
    }

    protected override void Dispose(bool disposing)
    {
        _deadEnd.Dispose();
        base.Dispose(disposing);
    }
}
