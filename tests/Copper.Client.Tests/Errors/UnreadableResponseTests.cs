using Copper.Client.Tests.Support;

namespace Copper.Client.Tests.Errors;

/// <summary>A response that cannot be read is described as somebody would who looks at it.</summary>
public class UnreadableResponseTests : ScriptedTest
{
    [Theory]
    [InlineData("""{"id":7,"name":"An""", "it is cut off after 18 bytes.")]
    [InlineData("{\"id\":7,\n\"name\":nope}", "it is no proper JSON (line 2, byte 9).")]
    [InlineData("{\"name\":\"No id\"}", "it has no id.")]
    [InlineData("{\"id\":\"x\",\"name\":\"No id\"}", "has the id 'x', which is not a whole number.")]
    [InlineData("[]", "it is a list, not a person.")]
    [InlineData("\"x\"", "it is a text, not a person.")]
    [InlineData("", "it is empty.")]
    public async Task One_record_that_cannot_be_read(string body, string words)
    {
        Service.Then(200, body);

        var failure = await FailsAsync<CopperProtocolException>(Client(static options => options.MaxRetries = 0).People.GetAsync(7));

        Assert.Contains(words, failure.Message, StringComparison.Ordinal);
        AssertPlain(failure.Message);
    }

    [Theory]
    [InlineData("{\"people\":[]}", "it is an object, not a list.")]
    [InlineData("[{\"id\":1},{\"id\":2", "it is cut off")]
    public async Task A_page_that_cannot_be_read(string body, string words)
    {
        Service.Then(200, body);

        var failure =
            await FailsAsync<CopperProtocolException>(
                Client(static options => options.MaxRetries = 0).People.Search(new SearchQuery()).AllAsync());

        Assert.Contains(words, failure.Message, StringComparison.Ordinal);
        AssertPlain(failure.Message);
    }

    [Fact]
    public async Task What_is_nested_too_deeply_is_called_so()
    {
        Service.Then(200, new string('[', 100) + new string(']', 100));

        var failure =
            await FailsAsync<CopperProtocolException>(
                Client(static options => options.MaxRetries = 0).SendAsync(new CopperRequest(HttpMethod.Get, "tags")));

        Assert.Contains("nested more than 64 levels deep", failure.Message, StringComparison.Ordinal);
    }

    private static void AssertPlain(string message) =>
        Assert.DoesNotMatch(@"System\.|Copper\.Client|LineNumber|BytePosition|deseriali[sz]|JsonException|\$", message);
}
