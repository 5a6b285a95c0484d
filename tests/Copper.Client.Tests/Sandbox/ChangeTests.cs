using Copper.Sandbox;

namespace Copper.Client.Tests.Sandbox;

public class ChangeTests
{
    private readonly TestAccount _account = new();
    private readonly List<SandboxChange> _changes = [];

    public ChangeTests() => _account.Sandbox.Changed += (_, args) => _changes.Add(args.Change);

    [Fact]
    public void A_record_is_announced_when_it_is_created_updated_and_deleted()
    {
        long id = _account.Post("/people", new { name = "Ada", title = "Countess" }).Id;
        _account.Put($"/people/{id}", new { title = "Lady" });
        _account.Delete($"/people/{id}");

        Assert.Equal(
            [("person", "new", id), ("person", "update", id), ("person", "delete", id)],
            _changes.Select(change => (change.Type, change.Event, change.Id)));
        Assert.Equal(new SandboxAttributeChange("\"Countess\"", "\"Lady\""), _changes[1].UpdatedAttributes["title"]);
    }

    [Fact]
    public void An_update_that_changes_nothing_is_not_announced()
    {
        _account.Put("/people/1", "{}");
        _account.Put("/people/1", new { name = (string?)_account.Get("/people/1").Json["name"] });

        Assert.Empty(_changes);
    }

    [Fact]
    public void Records_created_along_the_way_are_announced_too()
    {
        _account.Post("/people", new { name = "Ada", company_name = "Analytical Engines" });

        Assert.Equal(["company", "person"], _changes.Select(change => change.Type));
    }

    [Fact]
    public void A_listener_may_use_the_sandbox()
    {
        string? name = null;
        _account.Sandbox.Changed += (_, args) => name = (string?)_account.Get($"/people/{args.Change.Id}").Json["name"];

        _account.NewPerson("Ada Lovelace");

        Assert.Equal("Ada Lovelace", name);
    }
}
