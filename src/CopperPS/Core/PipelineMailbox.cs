using Copper.Client;

namespace CopperPS.Core;

/// <summary>
/// Where the request path leaves its messages, from any thread, for the pipeline thread to write: only that thread may
/// write to the streams of a cmdlet, and it reads the box while it waits.
/// </summary>
internal sealed class PipelineMailbox : ICopperTrace
{
    private readonly object _gate = new();
    private readonly Queue<object> _messages = new();

    public void Write(CopperTraceEvent traceEvent) => Enqueue(traceEvent);

    /// <summary>Leaves something that the pipeline thread does while it waits, such as to show progress.</summary>
    public void Post(Action action) => Enqueue(action);

    /// <summary>Waits for the task, handing each message to <paramref name="deliver"/> as it comes. Returns when both are done.</summary>
    public void Wait(Task task, Action<CopperTraceEvent> deliver)
    {
        if (!task.IsCompleted)
        {
            _ = task.ContinueWith(
                static (_, state) => ((PipelineMailbox)state!).Wake(),
                this,
                CancellationToken.None,
                TaskContinuationOptions.ExecuteSynchronously,
                TaskScheduler.Default);
        }

        while (Next(task) is { } message)
        {
            if (message is Action action)
            {
                action();
            }
            else
            {
                deliver((CopperTraceEvent)message);
            }
        }
    }

    /// <summary>Hands over the messages that are there, without waiting for more.</summary>
    public void Empty(Action<CopperTraceEvent> deliver) => Wait(Task.CompletedTask, deliver);

    private void Enqueue(object message)
    {
        lock (_gate)
        {
            _messages.Enqueue(message);
            Monitor.PulseAll(_gate);
        }
    }

    private object? Next(Task task)
    {
        lock (_gate)
        {
            while (_messages.Count == 0)
            {
                if (task.IsCompleted)
                {
                    return null;
                }

                Monitor.Wait(_gate);
            }

            return _messages.Dequeue();
        }
    }

    private void Wake()
    {
        lock (_gate)
        {
            Monitor.PulseAll(_gate);
        }
    }
}
