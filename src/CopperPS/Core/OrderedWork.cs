namespace CopperPS.Core;

/// <summary>
/// Work of which a limited number is in flight at once, and whose outcomes are written in the order in which it was begun. It
/// belongs to the pipeline thread; only the work itself runs elsewhere.
/// </summary>
/// <param name="limit">How much may be in flight at once. With one, each piece is over before the next begins.</param>
/// <param name="wait">Waits on the pipeline thread for something in flight.</param>
internal sealed class OrderedWork(int limit, Action<Task> wait)
{
    // What is done waits for a slow one before it; so much may wait.
    private const int LinesPerPlace = 2;

    private readonly Queue<Line> _lines = new();

    /// <summary>Tells what is left behind when writing an outcome ended the pipeline: (done and not written, still in flight).</summary>
    public Action<int, int>? LeftBehind { get; set; }

    /// <summary>Is told of each piece of work that is over, with the number of items in it.</summary>
    public Action<int>? Finished { get; set; }

    /// <summary>Begins a piece of work on one item as soon as there is a place for it.</summary>
    /// <inheritdoc cref="Start{T}(int, Func{Task{T}}, Action{Task{T}}, object[])"/>
    public void Start<T>(Func<Task<T>> begin, Action<Task<T>> finish, params object[] keys) => Start(1, begin, finish, keys);

    /// <summary>Begins a piece of work as soon as there is a place for it.</summary>
    /// <param name="items">How many items it is about.</param>
    /// <param name="begin">Begins it.</param>
    /// <param name="finish">Writes what came of it, once it is over and everything before it is written.</param>
    /// <param name="keys">What it works on: nothing else that works on the same is in flight meanwhile.</param>
    public void Start<T>(int items, Func<Task<T>> begin, Action<Task<T>> finish, params object[] keys)
    {
        WriteReady();
        while (_lines.Count >= limit * LinesPerPlace
            || InFlight().Count() >= limit
            || InFlight().Any(line => line.Keys.Intersect(keys).Any()))
        {
            WaitForOne();
        }

        var task = begin();
        _lines.Enqueue(new Line(task, () => finish(task), keys, items));
        if (limit == 1)
        {
            Drain();
        }
    }

    /// <summary>Has something written that needs no work, after everything before it.</summary>
    public void Post(Action write)
    {
        WriteReady();
        while (_lines.Count >= limit * LinesPerPlace)
        {
            WaitForOne();
        }

        _lines.Enqueue(new Line(Task.CompletedTask, write, [], 0));
        WriteReady();
    }

    /// <summary>Waits for all that is in flight and writes it.</summary>
    public void Drain()
    {
        while (_lines.Count > 0)
        {
            wait(_lines.Peek().Task);
            WriteReady();
        }
    }

    private IEnumerable<Line> InFlight() => _lines.Where(static line => !line.Task.IsCompleted);

    private void WaitForOne()
    {
        // With nothing in flight the queue is full of what is done, and writing it makes room.
        var tasks = InFlight().Select(static line => line.Task).ToArray();
        if (tasks.Length > 0)
        {
            wait(_lines.Count >= limit * LinesPerPlace ? _lines.Peek().Task : Task.WhenAny(tasks));
        }

        WriteReady();
    }

    private void WriteReady()
    {
        while (_lines.Count > 0 && _lines.Peek().Task.IsCompleted)
        {
            var written = false;
            try
            {
                var line = _lines.Dequeue();
                line.Finish();
                written = true;
                if (line.Items > 0)
                {
                    Finished?.Invoke(line.Items);
                }
            }
            finally
            {
                if (!written && _lines.Count > 0)
                {
                    LeftBehind?.Invoke(
                        _lines.Count(static line => line.Items > 0 && line.Task.Status == TaskStatus.RanToCompletion),
                        InFlight().Count());
                }
            }
        }
    }

    private sealed record Line(Task Task, Action Finish, object[] Keys, int Items);
}
