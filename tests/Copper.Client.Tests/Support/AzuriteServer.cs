using System.Diagnostics;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;

namespace Copper.Client.Tests.Support;

/// <summary>The emulator of Azure's storage, where it is installed (<c>npm install --global azurite</c>).</summary>
internal sealed partial class AzuriteServer : IDisposable
{
    private const string Account = "devstoreaccount1";

    /// <summary>The key that the emulator documents; it protects nothing.</summary>
    private const string Key = "Eby8vdM02xNOcqFlqUwJPLlmEtlCDXJ1OUzFT50uSRZ6IFsuFq2UVErCz4I6tq/K1SZFPTOtr/KBHBeksoGMGw==";

    private readonly Process _process;
    private readonly string _root;

    private AzuriteServer(Process process, string root) => (_process, _root) = (process, root);

    /// <summary>Starts it; null where it is not installed.</summary>
    public static async Task<AzuriteServer?> TryStartAsync(string folder)
    {
        var name = OperatingSystem.IsWindows() ? "azurite-blob.cmd" : "azurite-blob";
        var command = (Environment.GetEnvironmentVariable("PATH") ?? string.Empty).Split(Path.PathSeparator)
            .Where(static path => path.Length > 0).Select(path => Path.Combine(path, name)).FirstOrDefault(File.Exists);
        if (command is null)
        {
            return null;
        }

        var port = FreePort();
        string[] arguments = ["--blobPort", $"{port}", "--location", folder, "--silent", "--skipApiVersionCheck"];
        var process = Process.Start(new ProcessStartInfo(command, arguments) { RedirectStandardOutput = true })!;
        var server = new AzuriteServer(process, $"http://127.0.0.1:{port}/{Account}");
        while (await process.StandardOutput.ReadLineAsync() is { } line)
        {
            if (Listening().IsMatch(line))
            {
                _ = process.StandardOutput.ReadToEndAsync();
                await server.CreateContainerAsync();
                return server;
            }
        }

        throw new InvalidOperationException("Azurite has ended before it was listening.");
    }

    /// <summary>The address of a blob, with a SAS.</summary>
    public string Blob(string name) => $"{_root}/copper/{name}?{Sas()}";

    public void Dispose()
    {
        _process.Kill(entireProcessTree: true);
        _process.Dispose();
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(System.Net.IPAddress.Loopback, 0);
        listener.Start();
        return ((System.Net.IPEndPoint)listener.LocalEndpoint).Port;
    }

    private async Task CreateContainerAsync()
    {
        using var client = new HttpClient();
        using var response = await client.PutAsync($"{_root}/copper?restype=container&{Sas()}", new ByteArrayContent([]));
        response.EnsureSuccessStatusCode();
    }

    /// <summary>An account SAS for everything. Source: Microsoft Learn, "Create an account SAS".</summary>
    private static string Sas()
    {
        const string Version = "2019-12-12";
        const string Permissions = "rwdlac";
        const string End = "2099-01-01T00:00:00Z";
        var text = $"{Account}\n{Permissions}\nb\nsco\n\n{End}\n\nhttps,http\n{Version}\n";
        var signature = Convert.ToBase64String(HMACSHA256.HashData(Convert.FromBase64String(Key), Encoding.UTF8.GetBytes(text)));
        return $"sv={Version}&ss=b&srt=sco&sp={Permissions}&se={Uri.EscapeDataString(End)}&spr=https,http"
            + $"&sig={Uri.EscapeDataString(signature)}";
    }

    [GeneratedRegex("successfully listen", RegexOptions.IgnoreCase)]
    private static partial Regex Listening();
}
