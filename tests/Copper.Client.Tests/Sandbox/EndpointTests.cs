namespace Copper.Client.Tests.Sandbox;

/// <summary>Every endpoint the service documents, called once the way it is meant to be called.</summary>
public class EndpointTests
{
    private const string Resource = "{\"resource\":{\"id\":50000001,\"type\":\"task\"}}";
    private const string Webhook = "{\"target\":\"https://listener.example/\",\"type\":\"lead\",\"event\":\"new\"}";

    private readonly TestAccount _account = new();

    [Theory]
    [InlineData("GET /account")]
    [InlineData("GET /users/1002")]
    [InlineData("GET /users/me")]
    [InlineData("POST /users/search {}")]
    [InlineData("GET /leads/20000001")]
    [InlineData("POST /leads {\"name\":\"x\"}")]
    [InlineData("PUT /leads/20000001 {\"title\":\"x\"}")]
    [InlineData("DELETE /leads/20000001")]
    [InlineData("POST /leads/search {}")]
    [InlineData("PUT /leads/upsert {\"properties\":{\"name\":\"x\"},\"match\":{\"field_name\":\"email\",\"field_value\":\"x@y.example\"}}")]
    [InlineData("POST /leads/20000001/convert {}")]
    [InlineData("POST /leads/20000001/activities {}")]
    [InlineData("POST /leads/bulk_create {\"leads\":[]}")]
    [InlineData("POST /leads/bulk_update {\"leads\":[]}")]
    [InlineData("GET /lead_statuses")]
    [InlineData("GET /customer_sources")]
    [InlineData("GET /people/1")]
    [InlineData("POST /people {\"name\":\"x\"}")]
    [InlineData("PUT /people/1 {\"title\":\"x\"}")]
    [InlineData("DELETE /people/1")]
    [InlineData("POST /people/search {}")]
    [InlineData("POST /people/1/activities {}")]
    [InlineData("POST /people/bulk_create {\"people\":[]}")]
    [InlineData("POST /people/bulk_update {\"people\":[]}")]
    [InlineData("GET /contact_types")]
    [InlineData("GET /companies/10000001")]
    [InlineData("POST /companies {\"name\":\"x\"}")]
    [InlineData("PUT /companies/10000001 {\"details\":\"x\"}")]
    [InlineData("DELETE /companies/10000001")]
    [InlineData("POST /companies/search {}")]
    [InlineData("POST /companies/10000001/activities {}")]
    [InlineData("POST /companies/bulk_create {\"companies\":[]}")]
    [InlineData("POST /companies/bulk_update {\"companies\":[]}")]
    [InlineData("GET /opportunities/30000001")]
    [InlineData("POST /opportunities {\"name\":\"x\"}")]
    [InlineData("PUT /opportunities/30000001 {\"details\":\"x\"}")]
    [InlineData("DELETE /opportunities/30000001")]
    [InlineData("POST /opportunities/search {}")]
    [InlineData("POST /opportunities/30000001/activities {}")]
    [InlineData("POST /opportunities/bulk_create {\"opportunities\":[]}")]
    [InlineData("GET /pipelines")]
    [InlineData("GET /pipeline_stages")]
    [InlineData("GET /pipeline_stages/pipeline/213214")]
    [InlineData("GET /loss_reasons")]
    [InlineData("GET /projects/40001")]
    [InlineData("POST /projects {\"name\":\"x\"}")]
    [InlineData("PUT /projects/40001 {\"details\":\"x\"}")]
    [InlineData("DELETE /projects/40001")]
    [InlineData("POST /projects/search {}")]
    [InlineData("GET /tasks/50000001")]
    [InlineData("POST /tasks {\"name\":\"x\"}")]
    [InlineData("PUT /tasks/50000001 {\"details\":\"x\"}")]
    [InlineData("DELETE /tasks/50000001")]
    [InlineData("POST /tasks/search {}")]
    [InlineData("GET /activities/6000000001")]
    [InlineData("POST /activities {\"parent\":{\"id\":1,\"type\":\"person\"},\"type\":{\"category\":\"user\",\"id\":0},\"details\":\"x\"}")]
    [InlineData("DELETE /activities/6000000001")]
    [InlineData("POST /activities/search {}")]
    [InlineData("POST /activities/bulk_create {\"activities\":[]}")]
    [InlineData("GET /activity_types")]
    [InlineData("GET /custom_activity_types")]
    [InlineData("GET /custom_activity_types/1")]
    [InlineData("POST /custom_activity_types {\"name\":\"x\",\"icon_type\":\"Mic\"}")]
    [InlineData("PUT /custom_activity_types/1 {\"icon_type\":\"Mic\"}")]
    [InlineData("GET /custom_field_definitions")]
    [InlineData("GET /custom_field_definitions/126240")]
    [InlineData("POST /custom_field_definitions {\"name\":\"x\",\"data_type\":\"Float\"}")]
    [InlineData("PUT /custom_field_definitions/126240 {\"is_filterable\":true}")]
    [InlineData("DELETE /custom_field_definitions/126240")]
    [InlineData("GET /related_links?source_type=people&source_id=1")]
    [InlineData("GET /people/1/related")]
    [InlineData("GET /people/1/related/companies")]
    [InlineData("GET /field_layouts/by_entity/people")]
    [InlineData("GET /tags")]
    [InlineData("GET /people/1/files")]
    [InlineData("GET /people/1/files/s3_signed_url")]
    [InlineData("GET /webhooks")]
    public void It_responds(string call) => Send(call).Ok();

    [Fact]
    public void A_demo_person_is_found_by_its_address()
    {
        string address = (string)_account.Get("/people/1").Json["emails"]![0]!["email"]!;

        Assert.Equal(1, Send($"POST /people/fetch_by_email {{\"email\":\"{address}\"}}").Ok().Id);
    }

    [Fact]
    public void Relations_webhooks_and_notes_are_created_and_deleted()
    {
        _account.Put("/tasks/50000001", "{\"related_resource\":null}").Ok();
        Send("POST /people/1/related " + Resource).Ok();
        Send("DELETE /people/1/related " + Resource).Ok();

        long webhook = Send("POST /webhooks " + Webhook).Ok().Id;
        Send($"GET /webhooks/{webhook}").Ok();
        Send($"PUT /webhooks/{webhook} {{\"headers\":{{\"x\":\"y\"}}}}").Ok();
        Send($"DELETE /webhooks/{webhook}").Ok();

        long note = Send(
            """POST /activities {"parent":{"id":1,"type":"person"},"type":{"category":"user","id":0},"details":"x"}""").Ok().Id;
        Send($"PUT /activities/{note} {{\"details\":\"y\"}}").Ok();
    }

    private TestReply Send(string call)
    {
        string[] parts = call.Split(' ', 3);
        return _account.Send(parts[0], parts[1], parts.Length > 2 ? parts[2] : null);
    }
}
