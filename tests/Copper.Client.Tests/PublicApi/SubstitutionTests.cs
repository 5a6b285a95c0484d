using System.Net;
using System.Reflection;
using Copper.Client.Files;
using Copper.Client.Hub;
using Copper.Client.Metadata;
using Copper.Client.Models;
using Copper.Client.Relations;

namespace Copper.Client.Tests.PublicApi;

/// <summary>Code that uses the client can be tested without a service.</summary>
public sealed class SubstitutionTests
{
    public static TheoryData<Type> Overridable =>
    [
        typeof(CopperClient), typeof(RecordEndpoint<>), typeof(BulkEndpoint<>), typeof(SearchResult<>), typeof(CopperMetadata),
        typeof(MetadataList<>), typeof(LeadActions), typeof(RelatedItemEndpoint), typeof(ConnectionEndpoint), typeof(FileEndpoint),
        typeof(CopperHubClient), typeof(CopperHubEndpoint<>),
    ];

    public static TheoryData<Type> Exceptions => [.. typeof(CopperException).Assembly.GetExportedTypes()
        .Concat(typeof(Copper.Data.Import.ImportException).Assembly.GetExportedTypes())
        .Where(static type => typeof(Exception).IsAssignableFrom(type) && !type.IsAbstract)];

    [Theory]
    [MemberData(nameof(Overridable))]
    public void Every_member_can_be_overridden(Type type)
    {
        Assert.False(type.IsSealed);
        Assert.Contains(
            type.GetConstructors(BindingFlags.Instance | BindingFlags.NonPublic),
            static constructor => constructor.IsFamily && constructor.GetParameters().Length == 0);
        Assert.Empty(type.GetMethods(BindingFlags.Instance | BindingFlags.Public | BindingFlags.DeclaredOnly)
            .Where(static method => !method.IsVirtual || (method.IsFinal && method.Name != nameof(IDisposable.Dispose)))
            .Select(static method => method.Name));
    }

    [Theory]
    [MemberData(nameof(Overridable))]
    public async Task A_member_that_is_not_overridden_says_so(Type type)
    {
        var closed = type.IsGenericTypeDefinition
            ? type.MakeGenericType(type.Name.StartsWith("CopperHub", StringComparison.Ordinal)
                ? typeof(Copper.Client.Hub.Models.CopperHubProject)
                : typeof(CopperPerson))
            : type;
        var substitute = Activator.CreateInstance(closed, nonPublic: true)!;
        string[] without = ["ReleaseRateLimits", "Dispose"];
        foreach (var method in closed.GetMethods(BindingFlags.Instance | BindingFlags.Public | BindingFlags.DeclaredOnly)
            .Where(method => !without.Contains(method.Name) && !IsPlain(closed, method)))
        {
            var failure = await FailureAsync(substitute, method);

            Assert.True(failure is NotSupportedException, $"{method} throws {failure?.GetType().Name ?? "nothing"}: {failure?.Message}");
            Assert.Contains("does not override", failure!.Message, StringComparison.Ordinal);
        }
    }

    [Theory]
    [MemberData(nameof(Exceptions))]
    public void Every_exception_can_be_constructed(Type type) => Assert.NotEmpty(type.GetConstructors());

    [Fact]
    public async Task A_program_is_tested_against_a_client_of_its_own()
    {
        var client = new FakeClient();

        Assert.Equal("Ada, Grace", await NamesAsync(client));
        await client.People.UpdateAsync(7, new PersonUpdate { Title = "Countess" });
        Assert.Equal("title", Assert.Single(client.Changed!.Names));
        var missing = await Assert.ThrowsAsync<CopperNotFoundException>(() => client.People.GetAsync(8));
        Assert.Equal(HttpStatusCode.NotFound, missing.StatusCode);
        Assert.Contains("no such person", missing.Message, StringComparison.Ordinal);
        client.Dispose();
    }

    [Fact]
    public void Exceptions_of_a_caller_are_as_those_of_the_client()
    {
        var request = CopperRequest.Read("people/7");
        var limited = new CopperRateLimitException(request, "slow down", TimeSpan.FromSeconds(3));
        Assert.Equal((HttpStatusCode.TooManyRequests, TimeSpan.FromSeconds(3)), (limited.StatusCode!.Value, limited.RetryAfter!.Value));
        var invalid = new CopperValidationException(request, "no", new Dictionary<string, string> { ["name"] = "is empty" });
        Assert.Equal("is empty", invalid.FieldErrors["name"]);
        var lost = new CopperConnectionException(request, "The line is cut.", new IOException("cut"));
        Assert.Contains("is unknown", new CopperOutcomeUnknownException(request, lost).Message, StringComparison.Ordinal);
        Assert.Equal("/people/7", new CopperTimeoutException(request, TimeSpan.FromSeconds(1)).Path);
        Assert.Equal(HttpStatusCode.BadGateway, new CopperServerException(request, HttpStatusCode.BadGateway, "down").StatusCode);
    }

    /// <summary>What a result has read so far is nothing yet, with or without a service.</summary>
    private static bool IsPlain(Type type, MethodInfo method) =>
        method.IsSpecialName && type.Name.StartsWith("SearchResult", StringComparison.Ordinal);

    private static async Task<Exception?> FailureAsync(object substitute, MethodInfo method)
    {
        try
        {
            var arguments = method.GetParameters().Select(static parameter => parameter.ParameterType == typeof(long) ? (object)7L
                : parameter.ParameterType.IsValueType ? Activator.CreateInstance(parameter.ParameterType) : null).ToArray();
            var called = method.IsGenericMethodDefinition ? method.MakeGenericMethod(typeof(IRecordChanges<CopperPerson>)) : method;
            var result = called.Invoke(substitute, arguments);
            if (result is IAsyncEnumerator<CopperPerson> people)
            {
                await people.MoveNextAsync();
            }
            else if (result is Task task)
            {
                await task;
            }

            return null;
        }
        catch (TargetInvocationException exception)
        {
            return exception.InnerException;
        }
        catch (Exception exception)
        {
            return exception;
        }
    }

    private static async Task<string> NamesAsync(CopperClient client)
    {
        var names = new List<string?>();
        await foreach (var person in client.People.Search(new PersonSearch { City = "London" }))
        {
            names.Add(person.Name);
        }

        return string.Join(", ", names);
    }

    private sealed class FakeClient : CopperClient
    {
        private readonly FakePeople _people = new();

        public override RecordEndpoint<CopperPerson> People => _people;

        public JsonBody? Changed => _people.Changed;
    }

    private sealed class FakePeople : RecordEndpoint<CopperPerson>
    {
        public JsonBody? Changed { get; private set; }

        public override SearchResult<CopperPerson> Search(SearchQuery query) =>
            SearchResults.Of(new CopperPerson { Id = 7, Name = "Ada" }, new CopperPerson { Id = 9, Name = "Grace" });

        public override Task<CopperPerson> UpdateAsync(
            long id, IRecordChanges<CopperPerson> changes, CancellationToken cancellationToken = default)
        {
            Changed = changes.Fields;
            return Task.FromResult(new CopperPerson { Id = id });
        }

        public override Task<CopperPerson> GetAsync(long id, CancellationToken cancellationToken = default) =>
            throw new CopperNotFoundException(CopperRequest.Read($"people/{id}"), "no such person");
    }
}
