using System.Net;
using System.Net.Sockets;

namespace Copper.Client.Tests.Support;

/// <summary>A port at which nobody listens, and that nobody else can take meanwhile.</summary>
internal sealed class DeadEnd : IDisposable
{
    private readonly Socket _socket = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);

    public DeadEnd() => _socket.Bind(new IPEndPoint(IPAddress.Loopback, 0));

    public int Port => ((IPEndPoint)_socket.LocalEndPoint!).Port;

    public void Dispose() => _socket.Dispose();
}
