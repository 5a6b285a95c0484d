using System.Text.Json;

namespace Copper.Client.Tests.Support;

/// <summary>Holds back each page of a search until the test lets it go, so that the test sees which are under way at once.</summary>
internal sealed class HeldPages(Func<ReceivedRequest, HttpResponseMessage> response)
{
    private readonly Lock _gate = new();
    private readonly Dictionary<int, TaskCompletionSource> _held = [];

    /// <summary>The numbers of the pages that were asked for, in order.</summary>
    public List<int> Asked { get; } = [];

    /// <summary>The numbers of the pages whose requests were cancelled.</summary>
    public List<int> Cancelled { get; } = [];

    public async Task<HttpResponseMessage> RespondAsync(ReceivedRequest request, CancellationToken cancellationToken)
    {
        using var json = JsonDocument.Parse(request.Body);
        var number = json.RootElement.GetProperty("page_number").GetInt32();
        var release = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        lock (_gate)
        {
            Asked.Add(number);
            _held.Add(number, release);
        }

        try
        {
            await release.Task.WaitAsync(cancellationToken);
        }
        catch (OperationCanceledException)
        {
            lock (_gate)
            {
                Cancelled.Add(number);
                _held.Remove(number);
            }

            throw;
        }

        return response(request);
    }

    /// <summary>Lets go the pages that are held.</summary>
    public int ReleaseAll()
    {
        var numbers = Held();
        Release(numbers);
        return numbers.Length;
    }

    public void Release(params int[] numbers)
    {
        foreach (var number in numbers)
        {
            TaskCompletionSource release;
            lock (_gate)
            {
                Assert.True(_held.Remove(number, out release!), $"page {number} was not asked for");
            }

            release.SetResult();
        }
    }

    /// <summary>Waits until exactly these pages are held.</summary>
    public Task UntilHeldAsync(params int[] numbers) =>
        Eventually.HoldsAsync(
            () => Held().SequenceEqual(numbers), () => $"held are {string.Join(", ", Held())}, not {string.Join(", ", numbers)}");

    private int[] Held()
    {
        lock (_gate)
        {
            return [.. _held.Keys.Order()];
        }
    }
}
