using System.Net;
using System.Text;
using Copper.Client.Models;
using Copper.Client.Tests.ChangePolicy;
using Copper.SandboxHost.Faults;

namespace Copper.Client.Tests.Fuzz;

/// <summary>
/// More than 100,000 spoiled responses through every reader: what leaves is a result all of whose parts can be looked at, or an
/// error of the one family that callers expect. A failure names its seed; the same seed spoils the response the same way.
/// </summary>
public class SpoiledResponseTests
{
    /// <summary>For each reader; there are over 40.</summary>
    private const int Responses = 2_400;
    private const int Errors = 4_000;
    private const int Notifications = 5_000;
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(5);

    public static TheoryData<string> Names => [.. Readings.Names];

    [Theory]
    [MemberData(nameof(Names))]
    public async Task A_response_that_is_spoiled_is_read_or_rejected(string name)
    {
        var (source, recorded) = await ChangingService.ReadyAsync(ResponseChange.None);
        await Readings.RunAsync(name, source);
        source.Dispose();
        var service = new SpoiledService();
        using var client = service.Connect();
        int good = 0, rejected = 0;

        await ForEachSeed(Responses, async (seed, mutator) =>
        {
            var bodies = recorded.Bodies.Select(Encoding.UTF8.GetBytes).ToArray();
            var spoiled = mutator.Below(bodies.Length);
            bodies[spoiled] = mutator.Spoil(recorded.Bodies[spoiled]);
            service.Respond(bodies);
            client.Cache.Clear();
            try
            {
                _ = new Graph(await Readings.RunAsync(name, client));
                good++;
            }
            catch (CopperException failure)
            {
                Look(failure, seed);
                rejected++;
            }
        });

        // Else the responses are spoiled too little, or too much, to prove anything.
        Assert.InRange(good, Responses / 20, Responses);
        Assert.True(rejected > Responses / 20 || name == "relation made", $"{rejected} were rejected");
    }

    [Fact]
    public async Task An_error_that_is_spoiled_is_an_error_in_words()
    {
        string[] bodies =
        [
            """{"success":false,"status":422,"message":"Invalid input: Validation errors: Name: can't be blank\nType: x"}""",
            """{"success":false,"message":{"name":[{"error":"blank"},{"error":"long"}],"emails":[{"message":"taken"}]}}""",
            """{"error":"Request size too large, limit is 10"}""",
            """{"error":{"message":["a","b"]}}""",
            "<html><head><title>502 Bad Gateway</title><style>x</style></head><body><script>1</script>nginx</body></html>",
        ];
        int[] statuses = [300, 302, 304, 400, 401, 403, 404, 405, 409, 413, 418, 422, 429, 500, 501, 502, 503, 504, 599];
        string[] values =
            ["", "-1", "99999999999999999999", "soon", "Thu, 01 Jan 1970 00:00:00 GMT", "Fri, 31 Dec 9999 23:59:59 GMT", "0", "1.5",
                "ünï", "a\tb"];
        string[] names = ["Retry-After", "X-PW-TOTAL", "X-Request-Id", "Content-Type", "Location", "Deprecation", "Sunset", "Link"];
        var service = new SpoiledService();

        await ForEachSeed(Errors, async (seed, mutator) =>
        {
            service.Status = (HttpStatusCode)mutator.Any(statuses);
            // A 429 makes the whole account wait, so each response has an account of its own.
            using var client = service.Connect();
            service.Headers.Clear();
            service.Headers.Add((mutator.Any(names), mutator.Any(values)));
            var body = mutator.Any(bodies);
            service.Respond(
                [body[0] == '{' ? mutator.Spoil(body) : mutator.Spoil("\"" + System.Text.Json.JsonEncodedText.Encode(body) + "\"")]);
            Look(await Assert.ThrowsAnyAsync<CopperApiException>(() => client.People.GetAsync(7)), seed);
        });
    }

    [Fact]
    public Task A_notification_that_is_spoiled_is_read_or_rejected() => ForEachSeed(Notifications, (seed, mutator) =>
    {
        const string Body = """
            {"ids":[7,8],"type":"person","event":"update","subscription_id":17065,"timestamp":"2026-01-05T08:00:00.000Z",
            "updated_attributes":{"name":["a","b"],"custom_fields":{"126240":[null,"x"]},"tags":[["a"],["b","c"]]},"secret":"s3cret-s3cret"}
            """;
        try
        {
            var notification = CopperNotification.Parse(mutator.Spoil(Body));
            _ = notification.Carries(new CopperSecretMap([new("secret", "s3cret-s3cret")]));
            _ = new Graph(notification);
        }
        catch (FormatException failure)
        {
            Assert.DoesNotContain("s3cret", failure.Message, StringComparison.Ordinal);
        }

        return Task.CompletedTask;
    });

    /// <summary>Everything of an error that somebody may look at.</summary>
    private static void Look(CopperException failure, int seed)
    {
        Assert.NotEmpty(failure.Message);
        Assert.InRange(failure.Message.Length, 1, 3_000);
        if (seed % 100 == 0)
        {
            // Its stack trace takes longer than everything else.
            Assert.NotEmpty(failure.ToString());
        }

        Assert.DoesNotContain(failure.Message, char.IsControl);
    }

    private static async Task ForEachSeed(int count, Func<int, Mutator, Task> run)
    {
        var current = 0;
        var work = Task.Run(async () =>
        {
            for (var seed = 1; seed <= count; seed++)
            {
                current = seed;
                try
                {
                    await run(seed, new Mutator(seed));
                }
                catch (Exception exception)
                {
                    throw new InvalidOperationException($"Seed {seed}: {exception.Message}", exception);
                }
            }
        });
        await Task.WhenAny(work, Task.Delay(Patience));
        Assert.True(work.IsCompleted, $"It hangs, or takes far too long, at seed {current}.");
        await work;
    }
}
