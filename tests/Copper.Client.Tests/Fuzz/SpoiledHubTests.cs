using System.Text;
using Copper.Client.Hub;
using Copper.Client.Tests.ChangePolicy;
using Copper.Client.Tests.Hub;

namespace Copper.Client.Tests.Fuzz;

/// <summary>Spoiled responses of the CopperHub: as for Copper itself.</summary>
public class SpoiledHubTests
{
    private const int Responses = 2_000;

    [Theory]
    [InlineData("get_organisations", """{"organisations":{"7":{"ID":"7","Name":"Acme","Colour":"#ff0000","Active":"1"},"8":{"ID":"8"}}}""")]
    [InlineData("get_projects",
        """{"projects":{"7":{"ID":"7","Name":"Site","OrganisationID":"3","StartDate":"2026-01-05","EndDate":"0000-00-00"}}}""")]
    [InlineData("get_project_tasks",
        """{"tasks":{"7":{"ID":"7","Name":"Plan","ProjectID":"3","Duration":"2.5","TargetBudget":"","Highlighted":"0"}}}""")]
    [InlineData("read_task", """{"task":{"ID":"7","Name":"Plan","ProjectID":"3","StartDate":"2026-01-05","PercentComplete":"50"}}""")]
    public async Task A_response_that_is_spoiled_is_read_or_rejected(string action, string data)
    {
        var envelope = ScriptedHub.Envelope(200, "Successful", data);
        var hub = new ScriptedHub();
        using var client = hub.Connect(static options => options.MaxRetries = 0);
        int good = 0, rejected = 0;
        for (var seed = 1; seed <= Responses; seed++)
        {
            var body = new Mutator(seed).Spoil(envelope);
            hub.On(action, () => new HttpResponseMessage { Content = new ByteArrayContent(body) });
            try
            {
                _ = new Graph(await ReadAsync(client, action));
                good++;
            }
            catch (CopperException failure)
            {
                Assert.DoesNotContain(failure.Message, char.IsControl);
                rejected++;
            }
            catch (Exception exception)
            {
                throw new InvalidOperationException($"Seed {seed}, {Encoding.UTF8.GetString(body)}: {exception.Message}", exception);
            }
        }

        Assert.InRange(good, Responses / 20, Responses);
        Assert.InRange(rejected, Responses / 20, Responses);
    }

    private static async Task<object> ReadAsync(CopperHubClient client, string action) => action switch
    {
        "get_organisations" => await client.GetOrganisationsAsync(),
        "get_projects" => await client.GetProjectsAsync(),
        "get_project_tasks" => await client.GetProjectTasksAsync(3),
        _ => await client.Tasks.GetAsync(7),
    };
}
