namespace Copper.Client.Tests.Sandbox;

public class ConcurrencyTests
{
    [Fact]
    public void Requests_from_several_threads_do_not_disturb_each_other()
    {
        var account = new TestAccount();

        long[] ids = [.. Enumerable.Range(0, 200).AsParallel().WithDegreeOfParallelism(8).Select(number =>
        {
            long id = account.NewPerson($"Person {number}");
            account.Post("/people/search", new { name = "Person" }).Ok();
            account.Put($"/people/{id}", new { title = $"Title {number}" }).Ok();
            Assert.Equal($"Title {number}", (string?)account.Get($"/people/{id}").Ok().Json["title"]);
            return id;
        })];

        Assert.Equal(200, ids.Distinct().Count());
        Assert.Equal("260", account.Post("/people/search", "{}").Total);
        Assert.Equal(801, account.Sandbox.Journal.Count);
    }
}
