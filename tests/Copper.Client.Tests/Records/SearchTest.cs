using System.Text.Json;
using Copper.Client.Tests.Support;

namespace Copper.Client.Tests.Records;

/// <summary>A service with so many people, and what it was sent.</summary>
public abstract class SearchTest : ScriptedTest
{
    private protected FakePeople People(int count)
    {
        var people = new FakePeople(count);
        Service.Then(people.Respond);
        return people;
    }

    private protected JsonElement Body(int index)
    {
        using var document = JsonDocument.Parse(Service.Requests[index].Body);
        return document.RootElement.Clone();
    }
}
