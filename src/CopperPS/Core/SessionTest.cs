using System.Diagnostics;
using Copper.Client;

namespace CopperPS.Core;

/// <summary>Tests a session and times it. A request that fails is a result and not an error.</summary>
internal static class SessionTest
{
    /// <summary>The result, or with -Quiet whether the session works: a session that is missing or closed is then a plain no.</summary>
    /// <typeparam name="TResult">What the cmdlet puts out.</typeparam>
    /// <param name="quiet">True for yes or no only.</param>
    /// <param name="session">The session; null when there is none.</param>
    /// <param name="test">Tests the session.</param>
    /// <param name="failed">The result of a request that failed, and how long it took.</param>
    public static object Run<TResult>(
        bool quiet, ISession? session, Func<Stopwatch, TResult> test, Func<CopperException, TimeSpan, TResult> failed)
        where TResult : class, ISessionTest
    {
        if (quiet && session is not { IsClosed: false })
        {
            return false;
        }

        var result = Result(test, failed);
        return quiet ? result.Success : result;
    }

    private static TResult Result<TResult>(Func<Stopwatch, TResult> test, Func<CopperException, TimeSpan, TResult> failed)
    {
        var watch = Stopwatch.StartNew();
        try
        {
            return test(watch);
        }
        catch (CopperException exception)
        {
            return failed(exception, watch.Elapsed);
        }
    }
}
