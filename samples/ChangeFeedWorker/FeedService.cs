using System.Text.Json;
using Copper.Client;
using Copper.Data.ChangeFeed;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace ChangeFeedWorker;

/// <summary>
/// Reads the feed of changes again and again. The state is committed when all changes of a run are in the file: whoever is interrupted
/// gets them again, so nothing is missed, and a reader of the file takes the last line of a record.
/// </summary>
internal sealed partial class FeedService(CopperClient client, FeedSettings settings, ILogger<FeedService> log) : BackgroundService
{
    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        Directory.CreateDirectory(settings.Folder);
        using var timer = new PeriodicTimer(settings.Interval);
        do
        {
            try
            {
                LogRun(await RunAsync(stoppingToken));
            }
            catch (CopperException exception)
            {
                // The next run continues from the state that was committed.
                LogFailure(exception);
            }
        }
        while (await timer.WaitForNextTickAsync(stoppingToken));
    }

    private async Task<int> RunAsync(CancellationToken cancellationToken)
    {
        using var state = ChangeFeedState.Open(Path.Combine(settings.Folder, "copper.state"));
        var reader = new ChangeFeedReader(client, state);
        var count = 0;
        await using (var file = new StreamWriter(Path.Combine(settings.Folder, "changes.jsonl"), append: true))
        {
            await foreach (var change in reader.ReadAsync(cancellationToken))
            {
                await file.WriteLineAsync(JsonSerializer.Serialize(new
                {
                    change = change.Change.ToString(),
                    entity = change.Entity,
                    id = change.Id,
                    name = change.Name,
                    modified = change.Modified,
                    properties = change.Properties,
                }));
                count++;
            }
        }

        foreach (var warning in reader.TakeWarnings())
        {
            LogWarning(warning);
        }

        state.Commit();
        return count;
    }

    [LoggerMessage(LogLevel.Information, "{Count} changes.")]
    private partial void LogRun(int count);

    [LoggerMessage(LogLevel.Warning, "{Warning}")]
    private partial void LogWarning(string warning);

    [LoggerMessage(LogLevel.Error, "The changes cannot be read.")]
    private partial void LogFailure(Exception exception);
}
