using Copper.Client.Tests.Support;

namespace Copper.Client.Tests.Transport;

/// <summary>The key goes into request headers and is seen nowhere else.</summary>
public class SecretTests : ScriptedTest
{
    [Fact]
    public async Task The_key_is_sent_and_stands_in_no_error_trace_or_statistic()
    {
        Service.Then(429).ThenBreaksTheConnection().Then(503).Then(200, "<html>")
            .Then(401, """{"message":"No such key"}""", ("X-Request-Id", "1"));
        var client = Client();

        var failure = await FailsAsync<CopperAuthenticationException>(client.People.GetAsync(7));

        Assert.All(Service.Requests, static request => Assert.Equal(Key, request.Headers["X-PW-AccessToken"]));
        Assert.DoesNotContain(Key, failure.ToString(), StringComparison.Ordinal);
        Assert.Equal(5, Trace.Events.Count(static traceEvent => traceEvent.Kind == CopperTraceKind.Sending));
        Assert.All(Trace.Events, static traceEvent =>
            Assert.DoesNotContain(Key, traceEvent + traceEvent.Message + traceEvent.PathAndQuery, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("refused")]
    [InlineData("broken")]
    [InlineData("hangs")]
    [InlineData("page")]
    [InlineData("500")]
    public async Task No_failure_of_a_create_shows_the_key(string fault)
    {
        _ = fault switch
        {
            "refused" => Service.ThenRefusesTheConnection(),
            "broken" => Service.ThenBreaksTheConnection(),
            "hangs" => Service.ThenHangs(),
            "page" => Service.Then(200, "<html>"),
            _ => Service.Then(500),
        };

        var failure =
            await Assert.ThrowsAnyAsync<CopperException>(() => RunAsync(Client(static options => options.Timeout = TimeSpan.FromSeconds(9))
            .People.CreateAsync(new JsonBody { ["name"] = "Ann" })));

        Assert.DoesNotContain(Key, failure.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_service_that_repeats_the_key_in_its_error_does_not_give_it_away()
    {
        Service.Then(401, $$$"""{"message":"Unknown key {{{Key}}}"}""");

        var failure = await FailsAsync<CopperAuthenticationException>(Client().People.GetAsync(7));

        Assert.DoesNotContain(Key, failure.ToString() + failure.ServerMessage, StringComparison.Ordinal);
        Assert.Contains("Unknown key", failure.ServerMessage, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(422, """{"message":"No key top\/secret+key=4711"}""")]
    [InlineData(422, """{"message":"No key top/secret\u002Bkey\u003d4711"}""")]
    [InlineData(422, """{"message":{"key":[{"error":"No key top\/secret\u002bkey=4711"}]}}""")]
    [InlineData(422, """{"error":["No key","top\/secret\u002bkey=4711"]}""")]
    [InlineData(502, "<html><title>No key top&#x2F;secret+key&#61;4711</title></html>")]
    [InlineData(502, "No key top/secret+key=4711")]
    [InlineData(502, """{"message":"No key top/secret+key=4711 and cut o""")]
    [InlineData(302, "")]
    public async Task However_the_service_spells_the_key_it_is_not_given_away(int status, string body)
    {
        const string Odd = "top/secret+key=4711";
        Service.Then(status, body, ("Location", "https://elsewhere.example/login?key=top%2Fsecret%2Bkey%3D4711"));
        foreach (var identity in new[] { CopperIdentity.FromApiKey("ann@example.com", Odd), CopperIdentity.FromBearerToken(Odd) })
        {
            var failure =
                await Assert.ThrowsAnyAsync<CopperApiException>(
                    () => RunAsync(Client(options => (options.Identity, options.MaxRetries) = (identity, 0)).People.GetAsync(7)));

            var said = failure + failure.ServerMessage + string.Join(",", failure.FieldErrors);
            Assert.Contains("***", said, StringComparison.Ordinal);
            Assert.DoesNotMatch("secret.{1,6}key", said);
        }
    }

    [Theory]
    [InlineData("X-Request-Id")]
    [InlineData("Location")]
    [InlineData("Link")]
    [InlineData("Content-Type")]
    public async Task A_header_that_repeats_the_key_does_not_give_it_away(string header)
    {
        foreach (var status in new[] { 200, 302, 422, 429 })
        {
            Service.StartOver().Then(_ =>
            {
                var response =
                    ScriptedService.Response(
                        status, "<html>", header == "Content-Type" ? [] : [(header, $"https://x.example/{Key.ToUpperInvariant()}/{Key}")]);
                response.Headers.TryAddWithoutValidation("Deprecation", "true");
                response.Headers.TryAddWithoutValidation("Link", $"<https://x.example/{Key}>; rel=\"deprecation\"");
                if (header == "Content-Type")
                {
                    response.Content.Headers.Remove("Content-Type");
                    response.Content.Headers.TryAddWithoutValidation("Content-Type", $"text/{Key}");
                }

                return response;
            });

            var failure =
                await Assert.ThrowsAnyAsync<CopperException>(
                    () => RunAsync(Client(static options => options.MaxRetries = 0).People.GetAsync(7)));

            AssertNoKey(failure);
        }

        Assert.Contains(Trace.Events, static traceEvent => traceEvent.Kind == CopperTraceKind.Deprecated);
    }

    [Fact]
    public async Task An_exception_of_the_transport_that_repeats_the_key_is_shown_without_it()
    {
        Service.ThenFails(
            static () => new HttpRequestException(
                $"Received an invalid status line: 'HTTP/1.1 2xx {Key}'.", new IOException($"Bad header: {Key}")));

        var failure = await FailsAsync<CopperConnectionException>(Client(static options => options.MaxRetries = 1).People.GetAsync(7));

        AssertNoKey(failure);
        Assert.Contains("***", failure.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("HTTP/1.1 2xx {0}\r\n\r\n")]
    [InlineData("HTTP/1.1 200 OK\r\nX {0}\r\n\r\n")]
    [InlineData("HTTP/1.1 200 OK\r\n{0}: x\r\nContent-Length: 2\r\n\r\n{{}}")]
    [InlineData("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n{0}\r\n")]
    [InlineData("{0}\r\n\r\n")]
    [InlineData("HTTP/1.1 302 Found\r\nLocation: https://{0}/\r\nContent-Length: 0\r\n\r\n")]
    [InlineData("HTTP/1.1 200 OK\r\nContent-Encoding: {0}\r\nContent-Length: 2\r\n\r\n{{}}")]
    public async Task A_malformed_response_that_repeats_the_key_is_shown_without_it(string response)
    {
        using var server = new RawServer(_ => string.Format(System.Globalization.CultureInfo.InvariantCulture, response, Key));

        var failure = await Assert.ThrowsAnyAsync<CopperException>(() => Client(options =>
        {
            (options.BaseUri, options.Handler, options.MaxRetries, options.Clock) =
                (server.BaseUri, null, 0, Copper.Client.RateLimiting.Clock.System);
        }).People.GetAsync(7));

        AssertNoKey(failure);
    }

    private void AssertNoKey(Exception failure)
    {
        for (var cause = failure; cause is not null; cause = cause.InnerException)
        {
            Assert.DoesNotContain(
                Key, cause.ToString() + cause.Message + (cause as CopperException)?.RequestId +
                (cause as CopperApiException)?.ServerMessage, StringComparison.OrdinalIgnoreCase);
        }

        Assert.All(Trace.Events, static traceEvent =>
            Assert.DoesNotContain(Key, traceEvent.Message + traceEvent.PathAndQuery, StringComparison.OrdinalIgnoreCase));
    }

    [Fact]
    public void An_identity_shows_who_but_not_the_secret()
    {
        var key = CopperIdentity.FromApiKey("ann@example.com", Key);
        var token = CopperIdentity.FromBearerToken(Key);

        Assert.Equal("API key of ann@example.com", key.ToString());
        Assert.Equal("Bearer token", token.ToString());
        foreach (var identity in new[] { key, token })
        {
            Assert.All(
                identity.GetType().GetProperties(),
                property => Assert.DoesNotContain(Key, property.GetValue(identity)?.ToString() ?? string.Empty, StringComparison.Ordinal));
            Assert.DoesNotContain(Key, System.Text.Json.JsonSerializer.Serialize(identity, identity.GetType()), StringComparison.Ordinal);
            Assert.DoesNotContain(Key, identity.Fingerprint, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void Credentials_are_told_apart_without_being_told()
    {
        Assert.Equal(
            CopperIdentity.FromApiKey("a@b.example", "k").Fingerprint, CopperIdentity.FromApiKey("a@b.example", " k ").Fingerprint);
        Assert.NotEqual(
            CopperIdentity.FromApiKey("a@b.example", "k").Fingerprint, CopperIdentity.FromApiKey("a@b.example", "l").Fingerprint);
        Assert.NotEqual(
            CopperIdentity.FromApiKey("a@b.example", "k").Fingerprint, CopperIdentity.FromApiKey("c@b.example", "k").Fingerprint);
    }

    [Theory]
    [InlineData("")]
    [InlineData("  ")]
    [InlineData("top-secret\r\nX-Evil: 1")]
    [InlineData("top secret")]
    [InlineData("top-secret-ö")]
    [InlineData("top-secret\u200b")]
    public void A_key_that_cannot_stand_in_a_header_is_rejected_without_being_repeated(string key)
    {
        foreach (var make in new Func<object>[] {
            () => CopperIdentity.FromApiKey("a@b.example", key), () => CopperIdentity.FromBearerToken(key) })
        {
            Assert.DoesNotContain("secret", Assert.Throws<ArgumentException>(make).Message, StringComparison.Ordinal);
        }
    }
}
