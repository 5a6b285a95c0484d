using System.Collections.Concurrent;
using System.Diagnostics;
using System.Reflection;

namespace Copper.Data.Tests.Samples;

/// <summary>A sample that runs as a process of its own.</summary>
internal sealed class SampleProgram : IDisposable
{
    private static readonly TimeSpan Longest = TimeSpan.FromMinutes(3);
    private readonly Process _process;
    private readonly ConcurrentQueue<string> _lines = new();

    /// <param name="name">The folder of the sample, below samples.</param>
    /// <param name="environment">Its settings.</param>
    public SampleProgram(string name, IReadOnlyDictionary<string, string> environment)
    {
        var start = new ProcessStartInfo("dotnet", [Path.Combine(Root, "samples", name, "bin", Configuration, "net10.0", name + ".dll")])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (var setting in environment)
        {
            start.Environment[setting.Key] = setting.Value;
        }

        _process = Process.Start(start)!;
        _process.OutputDataReceived += (_, line) => Keep(line.Data);
        _process.ErrorDataReceived += (_, line) => Keep(line.Data);
        _process.BeginOutputReadLine();
        _process.BeginErrorReadLine();
    }

    public static string Root { get; } = Metadata("RepositoryRoot");

    public static string Configuration { get; } = Metadata("Configuration");

    public string Output => string.Join('\n', _lines);

    /// <summary>Waits until the output satisfies a condition; a machine may be busy, so the time is long.</summary>
    public async Task<string> WaitForAsync(Func<string, bool> condition)
    {
        var watch = Stopwatch.StartNew();
        while (!condition(Output))
        {
            Assert.True(watch.Elapsed < Longest && !_process.HasExited, $"It did not come to that. The output so far:\n{Output}");
            await Task.Delay(50);
        }

        return Output;
    }

    /// <summary>Waits for the end of the program.</summary>
    public async Task<int> EndAsync()
    {
        using var patience = new CancellationTokenSource(Longest);
        await _process.WaitForExitAsync(patience.Token);
        _process.WaitForExit();
        return _process.ExitCode;
    }

    public void Dispose()
    {
        if (!_process.HasExited)
        {
            _process.Kill(entireProcessTree: true);
        }

        _process.Dispose();
    }

    private static string Metadata(string key) => typeof(SampleProgram).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>()
        .Single(metadata => metadata.Key == key).Value!;

    private void Keep(string? line)
    {
        if (line is not null)
        {
            _lines.Enqueue(line);
        }
    }
}
