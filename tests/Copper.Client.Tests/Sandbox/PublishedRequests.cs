using Copper.Sandbox;

namespace Copper.Client.Tests.Sandbox;

/// <summary>The requests whose responses are published, as they are sent to the sandbox.</summary>
internal static class PublishedRequests
{
    private static readonly TestAccount Account = CreateAccount();

    /// <summary>Only read: what the requests create, convert and delete must not decide what demo records look like.</summary>
    private static readonly TestAccount Demo = CreateAccount();

    /// <summary>For each request, named as its fixtures: what it responds with, and the same request sent to the sandbox.</summary>
    public static IReadOnlyDictionary<string, (string Kind, Func<TestReply> Ask)> All { get; } = new Dictionary<string,
        (string Kind, Func<TestReply> Ask)>
    {
        ["DELETE_ID_ID_files_ID"] = ("file removed", () => Account.Delete($"/people/1/files/{Attach().Id}")),
        ["DELETE_ID_ID_related"] = ("related", () => Relate("DELETE")),
        ["DELETE_activities_ID"] = ("deleted", () => Account.Delete($"/activities/{NewActivity().Id}")),
        ["DELETE_companies_ID"] = ("deleted", () => Account.Delete($"/companies/{Account.NewCompany()}")),
        ["DELETE_custom_field_definitions_ID"] = ("deleted", () => Account.Delete($"/custom_field_definitions/{NewField("Float").Id}")),
        ["DELETE_leads_ID"] = ("deleted", () => Account.Delete($"/leads/{Account.NewLead()}")),
        ["DELETE_opportunities_ID"] = ("deleted", () => Account.Delete($"/opportunities/{Account.NewOpportunity()}")),
        ["DELETE_people_ID"] = ("deleted", () => Account.Delete($"/people/{Account.NewPerson()}")),
        ["DELETE_projects_ID"] = ("deleted", () => Account.Delete($"/projects/{New("projects")}")),
        ["DELETE_related_links_ID"] = ("link removed", () => Account.Delete($"/related_links/{Connect().Id}")),
        ["DELETE_tasks_ID"] = ("deleted", () => Account.Delete($"/tasks/{New("tasks")}")),
        ["DELETE_webhooks_ID"] = ("webhook removed", () => Account.Delete($"/webhooks/{Subscribe().Id}")),
        ["GET_ID_ID_files"] = ("files", () => Account.Get($"/people/{AttachTo(1)}/files")),
        ["GET_ID_ID_files_ID"] = ("file", () => Account.Get($"/people/1/files/{Attach().Id}")),
        ["GET_ID_ID_related"] = ("related list", () => Related("")),
        ["GET_ID_ID_related_ID"] = ("related list", () => Related("/tasks")),
        ["GET_account"] = ("account", () => Account.Get("/account")),
        ["GET_activities_ID"] = ("activity", () => Account.Get($"/activities/{NewActivity().Id}")),
        ["GET_activity_types"] = ("activity types", () => Account.Get("/activity_types")),
        ["GET_companies_ID"] = ("company", () => Rich("companies")),
        ["GET_contact_types"] = ("named", () => Account.Get("/contact_types")),
        ["GET_custom_activity_types"] = ("custom activity type", () => Account.Get("/custom_activity_types")),
        ["GET_custom_activity_types_ID"] = ("custom activity type", () => Account.Get("/custom_activity_types/1")),
        ["GET_custom_field_definitions"] = ("definition", () => Account.Get("/custom_field_definitions")),
        ["GET_custom_field_definitions_ID"] = ("definition", () => Account.Get($"/custom_field_definitions/{NewField("Dropdown").Id}")),
        ["GET_customer_sources"] = ("named", () => Account.Get("/customer_sources")),
        ["GET_field_layouts_by_entity_ID"] = ("layout", () => Account.Get("/field_layouts/by_entity/people")),
        ["GET_lead_statuses"] = ("lead statuses", () => Account.Get("/lead_statuses")),
        ["GET_leads_ID"] = ("lead", () => Rich("leads")),
        ["GET_loss_reasons"] = ("named", () => Account.Get("/loss_reasons")),
        ["GET_opportunities_ID"] = ("opportunity", () => Rich("opportunities")),
        ["GET_people_ID"] = ("person", () => Rich("people")),
        ["GET_pipeline_stages"] = ("stages", () => Account.Get("/pipeline_stages")),
        ["GET_pipeline_stages_pipeline_ID"] = ("stages", () => Account.Get("/pipeline_stages/pipeline/213214")),
        ["GET_pipelines"] = ("pipelines", () => Account.Get("/pipelines")),
        ["GET_projects_ID"] = ("project", () => Rich("projects")),
        ["GET_related_links_custom_field_definition_id_ID_source_type_ID_source_id_ID"] = ("link", () => Links()),
        ["GET_tags_names"] = ("names", () => Account.Get("/tags?tag_names_only=true")),
        ["GET_tasks_ID"] = ("task", () => Rich("tasks")),
        ["GET_users_ID"] = ("user", () => Account.Get("/users/1001")),
        ["GET_webhooks"] = ("webhook", Webhooks),
        ["GET_webhooksID"] = ("webhook", () => Account.Get($"/webhooks/{Subscribe().Id}")),
        ["POST_ID_ID_files"] = ("file", Attach),
        ["POST_ID_ID_related"] = ("relation", () => Relate("POST")),
        ["POST_ID_search"] = ("lead", () => Search("leads")),
        ["POST_activities"] = ("activity", NewActivity),
        ["POST_activities_bulk_create"] = ("bulk activity", () => Bulk("activities/bulk_create", Activity(), "{}")),
        ["POST_activities_search"] = ("activity", () => Search("activities")),
        ["POST_companies"] = ("company", () => Account.Post("/companies", Body("companies"))),
        ["POST_companies_ID_activities"] = ("activity", () => Account.Post($"/companies/{Logged("company", 10000001)}/activities", "{}")),
        ["POST_companies_bulk_create"] = ("bulk company", () => Bulk("companies/bulk_create", Body("companies"), "{\"name\":\"\"}")),
        ["POST_companies_search"] = ("company", () => Search("companies")),
        ["POST_custom_activity_types"] =
            ("custom activity type", () => Account.Post("/custom_activity_types", new { name = "x", icon_type = "Group" })),
        ["POST_custom_field_definitions"] = ("definition", () => NewField("Currency")),
        ["POST_leads"] = ("lead", () => Account.Post("/leads", Body("leads"))),
        ["POST_leads_ID_activities"] = ("activity", () => Account.Post($"/leads/{Logged("lead", 20000001)}/activities", "{}")),
        ["POST_leads_ID_convert"] = ("conversion", () => Convert()),
        ["POST_leads_bulk_create"] = ("bulk lead", () => Bulk("leads/bulk_create", Body("leads"), "{\"name\":\"\"}")),
        ["POST_leads_bulk_update"] =
            ("bulk lead", () =>
                Bulk("leads/bulk_update", $"{{\"id\":{Account.NewLead()},\"title\":\"x\"}}", "{\"id\":20000001,\"name\":\"\"}")),
        ["POST_leads_search"] = ("lead", () => Search("leads")),
        ["POST_opportunities"] = ("opportunity", () => Account.Post("/opportunities", Body("opportunities"))),
        ["POST_opportunities_bulk_create"] =
            ("bulk opportunity", () => Bulk("opportunities/bulk_create", Body("opportunities"), "{\"name\":\"\"}")),
        ["POST_opportunities_search"] = ("opportunity", () => Search("opportunities")),
        ["POST_people"] = ("person", () => Account.Post("/people", Body("people"))),
        ["POST_people_ID_activities"] = ("activity", () => Account.Post($"/people/{Logged("person", 1)}/activities", "{}")),
        ["POST_people_bulk_create"] = ("bulk person", () => Bulk("people/bulk_create", Body("people"), "{\"name\":\"\"}")),
        ["POST_people_bulk_update"] =
            ("bulk person", () => Bulk("people/bulk_update", "{\"id\":1,\"title\":\"x\"}", "{\"id\":2,\"name\":\"\"}")),
        ["POST_people_fetch_by_email"] =
            ("person", () =>
                Account.Post("/people/fetch_by_email", new { email = (string)Account.Get("/people/1").Json["emails"]![0]!["email"]! })),
        ["POST_people_search"] = ("person", () => Search("people")),
        ["POST_projects"] = ("project", () => Account.Post("/projects", Body("projects"))),
        ["POST_projects_search"] = ("project", () => Search("projects")),
        ["POST_related_links"] = ("link", Connect),
        ["POST_tasks"] = ("task", () => Account.Post("/tasks", "{\"name\":\"x\"}")),
        ["POST_tasks_search"] = ("task", () => Search("tasks")),
        ["POST_users_search"] = ("user", () => Account.Post("/users/search", "{}")),
        ["POST_webhooks"] = ("webhook", Subscribe),
        ["PUT_companies_ID"] = ("company", () => Changed("companies")),
        ["PUT_custom_activity_types_ID"] =
            ("custom activity type", () => Account.Put("/custom_activity_types/1", new { name = "Phone Call" })),
        ["PUT_custom_field_definitions_ID"] =
            ("definition", () => Account.Put($"/custom_field_definitions/{NewField("Dropdown").Id}", new { name = "Changed" })),
        ["PUT_leads_ID"] = ("lead", () => Changed("leads")),
        ["PUT_leads_upsert"] =
            ("lead", () =>
                Account.Put("/leads/upsert",
                    new { properties = new { name = "x", email = new { email = "nobody@engine.example" } },
                        match = new { field_name = "email", field_value = "nobody@engine.example" } })),
        ["PUT_opportunities_ID"] = ("opportunity", () => Changed("opportunities")),
        ["PUT_people_ID"] = ("person", () => Changed("people")),
        ["PUT_projects_ID"] = ("project", () => Changed("projects")),
        ["PUT_tasks_ID"] = ("task", () => Changed("tasks")),
        ["PUT_webhooks_ID"] =
            ("webhook", () =>
                Account.Put($"/webhooks/{Subscribe().Id}",
                    new { headers = new { Authentication = "x" }, custom_field_computed_values = true })),
    };

    /// <summary>All records of an entity.</summary>
    public static TestReply Search(string path) => Account.Post($"/{path}/search", "{\"page_size\":200}");

    /// <summary>The demo records of an entity, as they are before anything is written.</summary>
    public static TestReply SearchDemo(string path) => Demo.Post($"/{path}/search", "{\"page_size\":200}");

    private static long New(string path) => Account.Post("/" + path, "{\"name\":\"x\"}").Ok().Id;

    /// <summary>What a record of an entity can hold, in JSON.</summary>
    private static string Body(string path) => path switch
    {
        "people" => $$"""
            {"name":"Dr. Ada King Lovelace Jr.","company_id":10000001,"title":"x","assignee_id":1001,
            "emails":[{"email":"{{Guid.NewGuid():N}}@engine.example","category":"work"}],{{Contact}},{{Values("person")}}}
            """,
        "companies" => $$"""
            {"name":"x","primary_contact_id":1,"assignee_id":1001,"contact_type_id":451490,
            "email_domain":"{{Guid.NewGuid():N}}.example",{{Contact}},{{Values("company")}}}
            """,
        "leads" => $$"""
            {"name":"Dr. Ada King Lovelace Jr.","title":"x","company_name":"x","customer_source_id":331240,"assignee_id":1001,
            "monetary_value":5,"email":{"email":"{{Guid.NewGuid():N}}@engine.example","category":"work"},{{Contact}},{{Values("lead")}}}
            """,
        "opportunities" => $$"""
            {"name":"x","company_id":10000001,"primary_contact_id":1,"customer_source_id":331240,"assignee_id":1001,"details":"x",
            "close_date":"1/31/2027","status":"Lost","loss_reason_id":308950,"monetary_value":5,"tags":["x"],{{Values("opportunity")}}}
            """,
        "projects" => $$"""
            {"name":"x","related_resource":{"id":10000001,"type":"company"},"assignee_id":1001,"details":"x","tags":["x"],
            {{Values("project")}}}
            """,
        _ => $$"""
            {"name":"x","related_resource":{"id":1,"type":"person"},"assignee_id":1001,"due_date":1800000000,"reminder_date":1800000000,
            "status":"Completed","details":"x","tags":["x"],{{Values("task")}}}
            """,
    };

    private static string Contact => """
        "details":"x","tags":["x"],"address":{"street":"x","city":"x","state":"x","postal_code":"x","country":"US"},
        "phone_numbers":[{"number":"1","category":"work"}],"socials":[{"url":"x","category":"other"}],
        "websites":[{"url":"x","category":"work"}]
        """;

    private static string Values(string entity)
    {
        long field = Account.FieldId(entity is "opportunity" ? "Products" : entity is "person" ? "Interests" : "Topics", entity);
        var option = (long)Account.Get($"/custom_field_definitions/{field}").Json["options"]![0]!["id"]!;
        return $$"""
            "custom_fields":[{"custom_field_definition_id":{{Account.FieldId("External Id", entity)}},"value":"x"},
            {"custom_field_definition_id":{{field}},"value":[{{option}}]}]
            """;
    }

    private static string Activity(string type = "person", long id = 1) =>
        $$"""{"parent":{"id":{{id}},"type":"{{type}}"},"type":{"category":"user","id":0},"details":"x"}""";

    private static TestReply NewActivity() => Account.Post("/activities", Activity()).Ok();

    /// <summary>A full record, read with the names of options.</summary>
    private static TestReply Rich(string path) =>
        Account.Get($"/{path}/{Account.Post("/" + path, Body(path)).Ok().Id}?custom_field_computed_values=true");

    private static TestReply Changed(string path) =>
        Account.Put($"/{path}/{Account.Post("/" + path, Body(path)).Ok().Id}", "{\"details\":\"changed\"}");

    private static long Logged(string type, long id)
    {
        Account.Post("/activities", Activity(type, id)).Ok();
        return id;
    }

    private static TestReply Bulk(string path, string good, string bad) =>
        Account.Post("/" + path, $$"""{"{{path[..path.IndexOf('/', StringComparison.Ordinal)]}}":[{{good}},{{bad}}]}""");

    private static TestReply NewField(string type) => Account.Post(
        "/custom_field_definitions",
        type == "Dropdown"
            ? new { name = "x", data_type = type, available_on = new[] { "lead" },
                options = new[] { new { name = "a" }, new { name = "b" } } }
            : new { name = "x", data_type = type, available_on = new[] { "lead" } } as object).Ok();

    private static TestReply Subscribe() => Account.Post(
        "/webhooks", new {
            target = "https://hooks.example.com/x", type = "lead", @event = "new",
            secret = new { secret = "x", key = "x", token = "x", org = "x" } }).Ok();

    private static TestReply Attach()
    {
        var ticket = Account.Get("/people/1/files/s3_signed_url").Ok().Json;
        using var form = FileTests.Form(ticket, "Hello");
        using var body = new MemoryStream();
        form.CopyTo(body, null, CancellationToken.None);
        var headers = new Dictionary<string, string> { ["Content-Type"] = form.Headers.ContentType!.ToString() };
        Account.Sandbox.HandleUpload(
            new SandboxRequest("POST", "/_storage", new Dictionary<string, string>(), headers, null), body.ToArray());
        return Account.Post("/people/1/files", new { file_name = "x.txt", key = (string?)ticket["key"] }).Ok();
    }

    private static long AttachTo(long person)
    {
        Attach();
        return person;
    }

    private static TestReply Webhooks()
    {
        Subscribe();
        return Account.Get("/webhooks");
    }

    private static TestReply Relate(string method)
    {
        long task = New("tasks");
        object body = new { resource = new { id = task, type = "task" } };
        var added = Account.Post("/people/1/related", body).Ok();
        return method == "POST" ? added : Account.Delete("/people/1/related", body);
    }

    private static TestReply Related(string entity)
    {
        Relate("POST");
        return Account.Get("/people/1/related" + entity);
    }

    private static TestReply Connect() => Account.Post("/related_links", new
    {
        custom_field_definition_id = Account.FieldId("Partner", "company"),
        source = new { id = Account.NewCompany(), entity_type = "company" },
        target = new { id = 1, entity_type = "people" },
    }).Ok();

    private static TestReply Links()
    {
        Connect();
        return Account.Get(
            $"/related_links?source_type=people&source_id=1&custom_field_definition_id={Account.FieldId("Partner", "company")}");
    }

    private static TestReply Convert() => Account.Post(
        $"/leads/{Account.Post("/leads", Body("leads")).Ok().Id}/convert",
        new { details =
            new { person = new { name = "Ada Lovelace" }, company = new { name = "Engines " + Guid.NewGuid().ToString("N") },
                opportunity = new { name = "x", monetary_value = 1000 } } });

    private static TestAccount CreateAccount() => new(options =>
    {
        options.People = 100;
        options.Companies = 100;
        options.Leads = 100;
        options.Opportunities = 100;
        options.Projects = 60;
        options.Tasks = 100;
        options.Activities = 200;
    });
}
