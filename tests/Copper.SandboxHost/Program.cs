using System.Runtime.InteropServices;
using Copper.SandboxHost;

CommandLine line;
try
{
    line = CommandLine.Parse(args);
}
catch (Exception error) when (error is FormatException or OverflowException or ArgumentException or IOException
    or System.Text.Json.JsonException)
{
    await Console.Error.WriteLineAsync(error.Message + "\n" + CommandLine.Usage);
    return 2;
}

var stopped = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
using var terminated = PosixSignalRegistration.Create(PosixSignal.SIGTERM, Stop);
using var interrupted = PosixSignalRegistration.Create(PosixSignal.SIGINT, Stop);

await using (var server = await SandboxHostServer.StartAsync(line.Options))
{
    Console.WriteLine($"LISTENING {server.BaseUri}");
    if (line.ExitWithStandardInput)
    {
        _ = Task.Run(async () =>
        {
            await Console.In.ReadToEndAsync();
            stopped.TrySetResult();
        });
    }

    await stopped.Task;
}

return 0;

void Stop(PosixSignalContext signal)
{
    signal.Cancel = true;
    stopped.TrySetResult();
}
