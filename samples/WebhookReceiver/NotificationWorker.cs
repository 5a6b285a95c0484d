using System.Threading.Channels;
using Copper.Client;
using Copper.Client.Json;
using Copper.Client.Models;
using Copper.Client.Webhooks;

namespace WebhookReceiver;

/// <summary>
/// Works on the notifications that were accepted, in groups, so that the records of many take few requests. Here it writes them to the
/// log; yours would update a database.
/// </summary>
internal sealed partial class NotificationWorker(
    ChannelReader<CopperNotification> queue, CopperClient client, ILogger<NotificationWorker> log) : BackgroundService
{
    private const int LargestGroup = 50;

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var records = new WebhookRecords(client);
        while (await queue.WaitToReadAsync(stoppingToken))
        {
            var group = new List<CopperNotification>();
            while (group.Count < LargestGroup && queue.TryRead(out var notification))
            {
                group.Add(notification);
            }

            try
            {
                await records.AddRecordsAsync(group, stoppingToken);
            }
            catch (CopperException exception)
            {
                // The notifications are here all the same, without their records.
                LogUnread(exception);
            }

            foreach (var notification in group)
            {
                LogNotification(notification.Event, notification.Type, notification.Ids, notification.Records);
            }
        }
    }

    [LoggerMessage(LogLevel.Warning, "The records of notifications cannot be read.")]
    private partial void LogUnread(Exception exception);

    [LoggerMessage(LogLevel.Information, "{Event} {Type} {Ids}: {Records}")]
    private partial void LogNotification(string? @event, string? type, CopperList<long> ids, CopperList<ICopperRecord> records);
}
