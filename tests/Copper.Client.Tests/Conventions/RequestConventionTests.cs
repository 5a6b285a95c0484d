using System.Diagnostics;
using System.Reflection;
using System.Text.RegularExpressions;
using Copper.Client.Tests.Support;

namespace Copper.Client.Tests.Conventions;

/// <summary>What holds for every request of the library.</summary>
public class RequestConventionTests : ScriptedTest
{
    /// <summary>The methods of the library that a request goes through: the enumeration, the pipeline, the transport.</summary>
    private const int LongestWay = 3;

    [Fact]
    public void Every_public_method_that_waits_can_be_cancelled()
    {
        var missing = typeof(CopperClient).Assembly.GetExportedTypes()
            .SelectMany(static type =>
                type.GetMethods(BindingFlags.Public | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly))
            .Where(static method => IsAsync(method.ReturnType) && method.Name != nameof(IAsyncDisposable.DisposeAsync))
            .Where(static method => method.GetParameters().LastOrDefault()?.ParameterType != typeof(CancellationToken))
            .Select(static method => method.DeclaringType!.Name + "." + method.Name);

        Assert.Empty(missing);
    }

    [Fact]
    public void No_request_of_the_library_is_inferred()
    {
        var inferred = SourceTree.Files("Copper.Client")
            .Where(static file => file.Lines.Any(static line => line.Contains("new CopperRequest(", StringComparison.Ordinal)))
            .Select(static file => file.Path);

        Assert.Empty(inferred);
    }

    [Theory]
    [InlineData("POST", "people", "people")]
    [InlineData("PUT", "leads/7", "leads")]
    [InlineData("POST", "leads/7/convert", "companies leads opportunities people")]
    [InlineData("DELETE", "custom_field_definitions/7", "custom_field_definitions field_layouts")]
    [InlineData("POST", "custom_activity_types", "activity_types custom_activity_types")]
    [InlineData("POST", "people/search", "")]
    [InlineData("GET", "people/7", "")]
    public void What_a_raw_request_affects_is_inferred(string method, string path, string affects) =>
        Assert.Equal(affects, string.Join(' ', new CopperRequest(new HttpMethod(method), path).Affects.Order(StringComparer.Ordinal)));

    [Fact]
    public void Any_other_request_says_what_it_is()
    {
        var create = CopperRequest.Create("people", [], ["people", "companies"]);
        var read = CopperRequest.Read("people/search", []);
        var delete = CopperRequest.Delete("people/7", ["people"]);

        Assert.Equal(
            (RequestEffect.Create, "POST", "people companies"), (create.Effect, create.Method.Method, string.Join(' ', create.Affects)));
        Assert.Equal((RequestEffect.Read, "POST", 0), (read.Effect, read.Method.Method, read.Affects.Count));
        Assert.Equal((RequestEffect.Delete, "DELETE"), (delete.Effect, delete.Method.Method));
        Assert.Equal((RequestEffect.Read, "GET"), (CopperRequest.Read("people/7").Effect, CopperRequest.Read("people/7").Method.Method));
        Assert.Equal(
            (RequestEffect.Update, "PUT"),
            (CopperRequest.Update("people/7", [], []).Effect, CopperRequest.Update("people/7", [], []).Method.Method));
    }

    [Fact]
    public async Task A_search_reaches_the_transport_in_few_steps()
    {
        IReadOnlyList<string> way = [];
        Service.Then(_ =>
        {
            way = MethodsOfTheLibrary(new StackTrace());
            return ScriptedService.Response(200, "[]");
        });

        await foreach (var _ in Client().People.Search(new SearchQuery()))
        {
            Assert.Fail("There is no record.");
        }

        Assert.True(way.Count is > 0 and <= LongestWay, string.Join(" <- ", way));
    }

    private static IReadOnlyList<string> MethodsOfTheLibrary(StackTrace stack) =>
    [
        .. stack.GetFrames().Select(static frame => frame.GetMethod())
            .Where(static method => method?.DeclaringType?.Assembly == typeof(CopperClient).Assembly)
            .Select(static method => NameOf(method!))
            .Distinct(),
    ];

    /// <summary>What the compiler creates for an asynchronous method counts as the method.</summary>
    private static string NameOf(MethodBase method)
    {
        var type = method.DeclaringType!;
        var stateMachine = Regex.Match(type.Name, @"^<(\w+)>");
        return type.FullName!.Split('`', '+')[0] + "." + (stateMachine.Success ? stateMachine.Groups[1].Value : method.Name);
    }

    private static bool IsAsync(Type type) =>
        typeof(Task).IsAssignableFrom(type)
        || (type.IsGenericType && type.GetGenericTypeDefinition() is var definition
            && (definition == typeof(ValueTask<>) || definition == typeof(IAsyncEnumerator<>)))
        || type == typeof(ValueTask);
}
