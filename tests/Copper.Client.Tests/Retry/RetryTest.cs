using System.Globalization;
using Copper.Client.Models;
using Copper.Client.Tests.Support;

namespace Copper.Client.Tests.Retry;

/// <summary>What tests of retries share: a response, faults by name, and the time between requests.</summary>
public abstract class RetryTest : ScriptedTest
{
    private protected const string Ann = """{"id":7,"name":"Ann"}""";

    private protected Task<CopperPerson> CreateAsync(Action<CopperClientOptions>? configure = null, CancellationToken token = default) =>
        Client(configure).People.CreateAsync(new JsonBody { ["name"] = "Ann" }, token);

    private protected ScriptedService Fail(string fault) => fault switch
    {
        "refused" => Service.ThenRefusesTheConnection(),
        "broken" => Service.ThenBreaksTheConnection(),
        "empty" => Service.Then(200),
        "cut" => Service.Then(200, """{"id":7,"na"""),
        "page" => Service.Then(200, "<html>Proxy login</html>"),
        _ => Service.Then(int.Parse(fault, CultureInfo.InvariantCulture)),
    };

    /// <summary>The time between each request and the next.</summary>
    private protected List<TimeSpan> Gaps() =>
        [.. Service.Requests.Zip(Service.Requests.Skip(1), static (left, right) => right.At - left.At)];
}
