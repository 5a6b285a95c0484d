namespace Copper.Client.Tests.Sandbox;

public class RelatedItemTests
{
    private readonly TestAccount _account = new();
    private readonly long _person;
    private readonly long _company;
    private readonly long _opportunity;

    public RelatedItemTests()
    {
        _person = _account.NewPerson();
        _company = _account.NewCompany();
        _opportunity = _account.NewOpportunity();
    }

    [Fact]
    public void A_relation_shows_from_both_ends()
    {
        var added = Relate("people", _person, "opportunity", _opportunity).Ok();

        Assert.Equal($"{{\"added\":true,\"resource\":{{\"id\":{_opportunity},\"type\":\"opportunity\"}}}}", added.Text);
        Assert.Equal($"[{{\"id\":{_opportunity},\"type\":\"opportunity\"}}]", _account.Get($"/people/{_person}/related").Ok().Text);
        Assert.Equal([_person], _account.Get($"/opportunities/{_opportunity}/related/people").Ok().Ids);
        Assert.Empty(_account.Get($"/opportunities/{_opportunity}/related/companies").Ok().Items);
    }

    [Fact]
    public void Adding_twice_makes_one_relation()
    {
        Relate("people", _person, "opportunity", _opportunity).Ok();
        Relate("opportunities", _opportunity, "person", _person).Ok();

        Assert.Single(_account.Get($"/people/{_person}/related").Ok().Items);
    }

    [Fact]
    public void A_relation_is_removed_by_a_DELETE_with_a_body()
    {
        Relate("people", _person, "opportunity", _opportunity).Ok();

        var removed = Unrelate("opportunities", _opportunity, "person", _person).Ok();

        Assert.Equal($"{{\"removed\":true,\"resource\":{{\"id\":{_person},\"type\":\"person\"}}}}", removed.Text);
        Assert.Empty(_account.Get($"/people/{_person}/related").Ok().Items);
        Assert.Equal(422, _account.Delete($"/people/{_person}/related").Status);
    }

    [Fact]
    public void What_is_not_related_cannot_be_removed()
    {
        var reply = Unrelate("people", _person, "opportunity", _opportunity);

        Assert.Equal(422, reply.Status);
        Assert.Contains("Invalid request: Resources are not related", reply.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_person_gets_and_loses_its_company_this_way()
    {
        Relate("people", _person, "company", _company).Ok();
        Assert.Equal(_company, (long)_account.Get($"/people/{_person}").Json["company_id"]!);
        Assert.Equal("Analytical Engines", (string?)_account.Get($"/people/{_person}").Json["company_name"]);
        Assert.Equal([_person], _account.Get($"/companies/{_company}/related/people").Ok().Ids);

        Unrelate("companies", _company, "person", _person).Ok();
        Assert.Null(_account.Get($"/people/{_person}").Json["company_id"]);
    }

    [Fact]
    public void A_person_has_one_company_only()
    {
        Relate("people", _person, "company", _company).Ok();
        long other = _account.NewCompany("Another One");

        Assert.Equal(422, Relate("people", _person, "company", other).Status);
        Assert.Equal(422, Relate("companies", other, "person", _person).Status);
    }

    [Fact]
    public void A_task_belongs_to_one_record_only()
    {
        long task = _account.Post("/tasks", new { name = "Call" }).Ok().Id;

        Relate("tasks", task, "person", _person).Ok();

        Assert.Equal(_person, (long)_account.Get($"/tasks/{task}").Json["related_resource"]!["id"]!);
        Assert.Equal(422, Relate("companies", _company, "task", task).Status);
        Assert.Equal([task], _account.Get($"/people/{_person}/related/tasks").Ok().Ids);
    }

    [Fact]
    public void An_opportunity_can_have_several_companies()
    {
        long other = _account.NewCompany("Another One");
        Relate("opportunities", _opportunity, "company", _company).Ok();
        Relate("opportunities", _opportunity, "company", other).Ok();

        Assert.Equal(_company, (long)_account.Get($"/opportunities/{_opportunity}").Json["company_id"]!);
        Assert.Equal([_company, other], _account.Get($"/opportunities/{_opportunity}/related/companies").Ok().Ids);
    }

    [Theory]
    [InlineData("leads", "person")]
    [InlineData("people", "person")]
    [InlineData("people", "lead")]
    [InlineData("companies", "company")]
    [InlineData("projects", "lead")]
    public void Other_pairs_cannot_be_related(string path, string type)
    {
        long id = path switch { "leads" => 20000001, "companies" => _company, "projects" => 40001, _ => _person };

        Assert.Equal(422, Relate(path, id, type, 1).Status);
    }

    [Fact]
    public void Both_records_have_to_exist()
    {
        Assert.Equal(404, Relate("people", 999999, "company", _company).Status);
        Assert.Equal(422, Relate("people", _person, "company", 1).Status);
        Assert.Equal(422, _account.Post($"/people/{_person}/related", new { id = _company, type = "company" }).Status);
        Assert.Equal(422, _account.Get($"/people/{_person}/related/company").Status);
    }

    [Fact]
    public void A_deleted_record_is_related_to_nothing()
    {
        Relate("people", _person, "opportunity", _opportunity).Ok();
        _account.Delete($"/opportunities/{_opportunity}").Ok();

        Assert.Empty(_account.Get($"/people/{_person}/related").Ok().Items);
    }

    [Fact]
    public void Relating_is_no_update()
    {
        var events = new List<string>();
        _account.Sandbox.Changed += (_, args) => events.Add(args.Change.Event);

        Relate("people", _person, "company", _company).Ok();

        Assert.Empty(events);
    }

    private TestReply Relate(string path, long id, string type, long otherId) =>
        _account.Post($"/{path}/{id}/related", new { resource = new { id = otherId, type } });

    private TestReply Unrelate(string path, long id, string type, long otherId) =>
        _account.Delete($"/{path}/{id}/related", new { resource = new { id = otherId, type } });
}
