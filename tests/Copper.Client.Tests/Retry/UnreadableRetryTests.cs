namespace Copper.Client.Tests.Retry;

/// <summary>
/// What would come again is an error at once: another thing than was expected, or an exception of the caller's own handler.
/// </summary>
public class UnreadableRetryTests : RetryTest
{
    [Theory]
    [InlineData("not JSON at all")]
    [InlineData("[1, 2]")]
    [InlineData("\"text\"")]
    [InlineData("{\"name\":\"without an id\"}")]
    public async Task A_whole_response_that_is_something_else_is_not_asked_for_again(string body)
    {
        Service.Then(200, body);

        await Assert.ThrowsAsync<CopperProtocolException>(() => Client().People.GetAsync(7));

        Assert.Single(Service.Requests);
    }

    [Theory]
    [InlineData(typeof(InvalidOperationException))]
    [InlineData(typeof(NotSupportedException))]
    [InlineData(typeof(ArgumentException))]
    public async Task An_exception_of_the_callers_handler_comes_out_at_once_with_its_cause(Type type)
    {
        using var handler = new ThrowingHandler((Exception)Activator.CreateInstance(type, "the handler's own")!);

        var failure = await Assert.ThrowsAsync<CopperConnectionException>(
            () => Client(options => options.Handler = handler).People.GetAsync(7));
        var unknown = await Assert.ThrowsAsync<CopperOutcomeUnknownException>(() => CreateAsync(options => options.Handler = handler));

        Assert.Equal((2, 1), (handler.Count, failure.Attempts));
        Assert.IsType(type, failure.InnerException);
        Assert.Contains("the handler's own", failure.Message, StringComparison.Ordinal);
        Assert.IsType<CopperConnectionException>(unknown.InnerException);
    }

    [Theory]
    [InlineData(typeof(HttpRequestException))]
    [InlineData(typeof(IOException))]
    public async Task One_of_the_connection_is_tried_again(Type type)
    {
        using var handler = new ThrowingHandler((Exception)Activator.CreateInstance(type, "cut")!);

        await Assert.ThrowsAsync<CopperConnectionException>(() => RunAsync(
            Client(options => (options.Handler, options.MaxRetries) = (handler, 2)).People.GetAsync(7)));

        Assert.Equal(3, handler.Count);
    }

    private sealed class ThrowingHandler(Exception exception) : HttpMessageHandler
    {
        public int Count { get; private set; }

        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            Count++;
            throw exception;
        }
    }
}
