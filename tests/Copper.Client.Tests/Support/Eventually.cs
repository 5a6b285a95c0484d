using System.Diagnostics;

namespace Copper.Client.Tests.Support;

/// <summary>Waits for what other threads bring about: far longer than it takes on the busiest machine, and no longer than needed.</summary>
internal static class Eventually
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);

    /// <summary>Waits until something is so.</summary>
    /// <param name="condition">What is waited for.</param>
    /// <param name="complaint">What to say when it never comes about.</param>
    public static async Task HoldsAsync(Func<bool> condition, Func<string>? complaint = null)
    {
        for (var watch = Stopwatch.StartNew(); !condition();)
        {
            Assert.True(watch.Elapsed < Patience, complaint?.Invoke() ?? "It did not come about.");
            await Task.Delay(5);
        }
    }
}
