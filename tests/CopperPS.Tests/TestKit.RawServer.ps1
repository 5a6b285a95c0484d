# A server on a bare socket, for what a proper server would not do: close a connection after it has taken a request, or send a
# response without an end. Written in C# of 2012, which Windows PowerShell compiles too.

if (-not ('CopperPSTests.RawServer' -as [type])) {
    Add-Type -TypeDefinition @'
using System;
using System.Collections.Generic;
using System.IO;
using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Threading;

namespace CopperPSTests
{
    public sealed class RawServer : IDisposable
    {
        private readonly TcpListener _listener = new TcpListener(IPAddress.Loopback, 0);
        private readonly List<string> _requests = new List<string>();
        private readonly Queue<string> _script = new Queue<string>();
        private int _connections;

        public RawServer()
        {
            _listener.Start();
            var thread = new Thread(Accept);
            thread.IsBackground = true;
            thread.Start();
        }

        public int Port { get { return ((IPEndPoint)_listener.LocalEndpoint).Port; } }

        // What came: method, path, number of the connection, and its header Connection.
        public string[] Requests { get { lock (_requests) { return _requests.ToArray(); } } }

        // Responses in order, the last one for ever: 'close', 'endless', or status and body such as '200 {"id":7}'.
        public void Respond(params string[] script)
        {
            lock (_requests)
            {
                _requests.Clear();
                _script.Clear();
                foreach (var step in script) { _script.Enqueue(step); }
            }
        }

        public void Dispose() { _listener.Stop(); }

        private void Accept()
        {
            try
            {
                while (true)
                {
                    var client = _listener.AcceptTcpClient();
                    var number = Interlocked.Increment(ref _connections);
                    var thread = new Thread(() => Serve(client, number));
                    thread.IsBackground = true;
                    thread.Start();
                }
            }
            catch (SocketException) { }
            catch (ObjectDisposedException) { }
            catch (InvalidOperationException) { }
        }

        private void Serve(TcpClient client, int number)
        {
            try
            {
                using (client)
                {
                    var stream = client.GetStream();
                    while (true)
                    {
                        var head = ReadHead(stream);
                        if (head == null) { return; }
                        string step;
                        lock (_requests)
                        {
                            var first = head.Substring(0, head.IndexOf('\r')).Split(' ');
                            _requests.Add(first[0] + " " + first[1] + " " + number + " " + HeaderOf(head, "Connection"));
                            step = _script.Count > 1 ? _script.Dequeue() : _script.Peek();
                        }
                        if (step == "close") { return; }
                        var closes = HeaderOf(head, "Connection").Equals("close", StringComparison.OrdinalIgnoreCase);
                        Write(stream, step, closes);
                        if (closes) { return; }
                    }
                }
            }
            catch (IOException) { }
            catch (ObjectDisposedException) { }
        }

        private static void Write(Stream stream, string step, bool closes)
        {
            if (step == "endless")
            {
                Send(stream, "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nConnection: close\r\n\r\n{\"id\":1,\"name\":\"");
                var many = new string('x', 65536);
                while (true) { Send(stream, many); }
            }
            var status = step.Substring(0, 3);
            var body = step.Length > 4 ? step.Substring(4) : "";
            Send(stream, "HTTP/1.1 " + status + " X\r\nContent-Type: application/json\r\n" + (closes ? "Connection: close\r\n" : "")
                + "Content-Length: " + Encoding.UTF8.GetByteCount(body) + "\r\n\r\n" + body);
        }

        private static void Send(Stream stream, string text)
        {
            var bytes = Encoding.UTF8.GetBytes(text);
            stream.Write(bytes, 0, bytes.Length);
        }

        private static string ReadHead(Stream stream)
        {
            var head = new StringBuilder();
            while (!head.ToString().EndsWith("\r\n\r\n", StringComparison.Ordinal))
            {
                var next = stream.ReadByte();
                if (next < 0) { return null; }
                head.Append((char)next);
            }
            int length;
            if (int.TryParse(HeaderOf(head.ToString(), "Content-Length"), out length))
            {
                while (length-- > 0 && stream.ReadByte() >= 0) { }
            }
            return head.ToString();
        }

        private static string HeaderOf(string head, string name)
        {
            foreach (var line in head.Split('\n'))
            {
                if (line.StartsWith(name + ":", StringComparison.OrdinalIgnoreCase)) { return line.Substring(name.Length + 1).Trim(); }
            }
            return "";
        }
    }
}
'@
}

# A server that begins with these responses; dispose it.
function Start-RawServer([string[]] $Response = '200 {"id":1,"name":"Ann"}') {
    $server = [CopperPSTests.RawServer]::new()
    $server.Respond($Response)
    $server
}

# Connects to it without asking who it is.
function Connect-RawServer($Server, [hashtable] $Parameter = @{}) {
    Connect-Copper -UserEmail 'ann@example.com' -ApiKey ([Net.NetworkCredential]::new('', 'a-key-for-tests-only').SecurePassword) `
        -BaseUri "http://127.0.0.1:$($Server.Port)/v1" -SkipVerify @Parameter
}
