using Copper.Sandbox;

namespace Copper.Client.Tests.Typed;

/// <summary>Records with the names behind their ids, where the options ask for them.</summary>
public sealed class LoadedNameTests
{
    private readonly CopperSandbox _sandbox = new(new SandboxOptions { People = 400, RateLimits = [] });

    [Fact]
    public async Task Searches_and_single_records_know_names_and_custom_fields_and_the_lists_are_read_once()
    {
        using var client = Client(loadNames: true);
        var count = 0;
        await foreach (var person in client.People.Search(new PersonSearch()))
        {
            count++;
            Assert.Equal(person.AssigneeId is null, person.Assignee is null);
            _ = person.CustomFields["Score"];
        }

        Assert.Equal(400, count);
        var own = (await client.GetCurrentUserAsync()).Id;
        var created = await client.People.CreateAsync(new PersonCreate { Name = "Ada", AssigneeId = own });
        Assert.Equal("Dana Demo", created.Assignee);
        Assert.Equal("Dana Demo", (await client.People.GetAsync(created.Id)).Assignee);
        Assert.Equal("Dana Demo", (await client.People.UpdateAsync(created.Id, new PersonUpdate { Title = "x" })).Assignee);
        Assert.All(
            _sandbox.Journal.GroupBy(static entry => entry.Path).Where(static path => path.Key is "/users/search" or "/contact_types"
                or "/custom_field_definitions"),
            static path => Assert.Single(path));
    }

    [Fact]
    public async Task Without_the_option_nothing_else_is_sent()
    {
        using var client = Client(loadNames: false);

        Assert.Null((await client.People.GetAsync(1)).Assignee);
        Assert.Equal("/people/1", Assert.Single(_sandbox.Journal).Path);
    }

    [Fact]
    public async Task Me_is_asked_for_once_however_many_write_at_once()
    {
        using var client = Client(loadNames: false);

        await Task.WhenAll(Enumerable.Range(0, 20).Select(number =>
            client.People.CreateAsync(new PersonCreate { Name = $"Person {number}", Assignee = "me" })));

        Assert.Single(_sandbox.Journal, static entry => entry.Path == "/users/me");
    }

    [Fact]
    public async Task A_cancelled_consumer_gets_no_further_record()
    {
        using var client = Client(loadNames: false);
        using var cancel = new CancellationTokenSource();
        var read = 0;

        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () =>
        {
            await foreach (var person in client.People.Search(new SearchQuery()).WithCancellation(cancel.Token))
            {
                if (++read == 5)
                {
                    await cancel.CancelAsync();
                }
            }
        });

        Assert.Equal(5, read);
    }

    [Fact]
    public async Task What_cannot_be_is_refused()
    {
        using var client = Client(loadNames: false);
        Assert.Throws<ArgumentNullException>(() => client.People.Search(null!));
        Assert.Throws<NotSupportedException>(() => client.CustomFieldDefinitions.Search(new SearchQuery()));
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => CopperClient.OpenAsync(Options(false), new CancellationToken(true)));
    }

    private CopperClient Client(bool loadNames) => new(Options(loadNames));

    private CopperClientOptions Options(bool loadNames) => new()
    {
        Identity = CopperIdentity.FromApiKey(SandboxOptions.DefaultUserEmail, SandboxOptions.DefaultApiKey),
        Handler = new SandboxMessageHandler(_sandbox),
        BaseUri = new Uri($"https://{Guid.NewGuid():n}.invalid/developer_api/v1"),
        RateLimits = [],
        LoadNames = loadNames,
    };
}
