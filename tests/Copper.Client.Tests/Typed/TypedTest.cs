using System.Reflection;
using Copper.Client.Models;
using Copper.Sandbox;

namespace Copper.Client.Tests.Typed;

/// <summary>A client on a sandbox, and a value for each typed property, by its name and type.</summary>
public abstract class TypedTest : IDisposable
{
    private protected TypedTest()
    {
        Sandbox = new CopperSandbox(new SandboxOptions { People = 50, RateLimits = [] });
        Client = new CopperClient(new CopperClientOptions
        {
            Identity = CopperIdentity.FromApiKey(SandboxOptions.DefaultUserEmail, SandboxOptions.DefaultApiKey),
            Handler = new SandboxMessageHandler(Sandbox),
            BaseUri = new Uri($"https://{Guid.NewGuid():n}.invalid/developer_api/v1"),
            RateLimits = [],
        });
    }

    private protected CopperSandbox Sandbox { get; }

    private protected CopperClient Client { get; }

    public static TheoryData<string> Entities => [.. CopperEntities.Searchable.Select(static entity => entity.Name)];

    public void Dispose()
    {
        Client.Dispose();
        GC.SuppressFinalize(this);
    }

    private protected static Type TypeOf(string entity, string suffix) => typeof(FieldSet).Assembly.GetType(
        $"{typeof(FieldSet).Namespace}.{char.ToUpperInvariant(entity[0])}{entity[1..]}{suffix}", throwOnError: true)!;

    /// <summary>The properties that stand for one field or criterion each.</summary>
    private protected static IEnumerable<PropertyInfo> PropertiesOf(Type type) =>
        type.GetProperties().Where(static property => property.CanWrite && property.Name != nameof(SearchQuery.Filter)
            && property.DeclaringType != typeof(SearchQuery));

    /// <summary>The property takes a name of the account in place of an id.</summary>
    private protected static bool TakesName(Type type, PropertyInfo property) =>
        property.PropertyType == typeof(string)
        && (type.GetProperty(property.Name + "Id") is not null || property.Name is "Stage" || (property.Name == "Type" && !IsSearch(type)));

    private protected static bool IsSearch(Type type) => typeof(RecordSearch).IsAssignableFrom(type);

    /// <summary>A value that the demo account takes.</summary>
    private protected async Task<object> ValueAsync(PropertyInfo property, Type type)
    {
        var pipeline = (await Client.Metadata.Pipelines.GetAsync())[0];
        return property.Name switch
        {
            "Assignee" or "User" => "me",
            "Assignees" => new[] { "me" },
            "AssigneeId" or "UserId" => (await Client.GetCurrentUserAsync()).Id,
            "AssigneeIds" => new[] { (await Client.GetCurrentUserAsync()).Id },
            "ContactTypeId" => (await Client.Metadata.ContactTypes.GetAsync())[0].Id,
            "ContactType" => (await Client.Metadata.ContactTypes.GetAsync())[0].Name!,
            "ContactTypeIds" => new[] { (await Client.Metadata.ContactTypes.GetAsync())[0].Id },
            "ContactTypes" => new[] { (await Client.Metadata.ContactTypes.GetAsync())[0].Name! },
            "CustomerSourceId" => (await Client.Metadata.CustomerSources.GetAsync())[0].Id,
            "CustomerSource" => (await Client.Metadata.CustomerSources.GetAsync())[0].Name!,
            "CustomerSourceIds" => new[] { (await Client.Metadata.CustomerSources.GetAsync())[0].Id },
            "CustomerSources" => new[] { (await Client.Metadata.CustomerSources.GetAsync())[0].Name! },
            "LossReasonId" => (await Client.Metadata.LossReasons.GetAsync())[0].Id,
            "LossReason" => (await Client.Metadata.LossReasons.GetAsync())[0].Name!,
            "LossReasonIds" => new[] { (await Client.Metadata.LossReasons.GetAsync())[0].Id },
            "LossReasons" => new[] { (await Client.Metadata.LossReasons.GetAsync())[0].Name! },
            "StatusId" => (await Client.Metadata.LeadStatuses.GetAsync())[1].Id,
            "StatusIds" when type == typeof(OpportunitySearch) => new[] { 0L },
            "StatusIds" => new[] { (await Client.Metadata.LeadStatuses.GetAsync())[1].Id },
            "Status" when typeof(LeadFields).IsAssignableFrom(type) => (await Client.Metadata.LeadStatuses.GetAsync())[1].Name!,
            "Statuses" when type == typeof(OpportunitySearch) => new[] { "Open", "Lost" },
            "Statuses" when type == typeof(LeadSearch) => new[] { (await Client.Metadata.LeadStatuses.GetAsync())[1].Name! },
            "Status" when typeof(OpportunityFields).IsAssignableFrom(type) => "Lost",
            "Status" => "Completed",
            "Statuses" => new[] { "Open" },
            "PipelineId" => pipeline.Id,
            "Pipeline" => pipeline.Name!,
            "PipelineIds" => new[] { pipeline.Id },
            "Pipelines" => new[] { pipeline.Name! },
            "PipelineStageId" => pipeline.Stages[1].Id,
            "Stage" => pipeline.Stages[1].Name!,
            "PipelineStageIds" => new[] { pipeline.Stages[1].Id },
            "Stages" => new[] { pipeline.Stages[1].Name! },
            "CompanyId" => await IdAsync(Client.Companies),
            "CompanyIds" => new[] { await IdAsync(Client.Companies) },
            "PrimaryContactId" => await IdAsync(Client.People),
            "PrimaryContactIds" => new[] { await IdAsync(Client.People) },
            "OpportunityIds" => new[] { await IdAsync(Client.Opportunities) },
            "ProjectIds" => new[] { await IdAsync(Client.Projects) },
            "Ids" => new[] { 1L, 2L },
            "Parent" or "RelatedResource" => new CopperRelatedResource { Type = "person", Id = await IdAsync(Client.People) },
            "Type" => "Meeting",
            "Types" => new[] { "Note" },
            "Priority" => "High",
            "Priorities" => new[] { "High" },
            "Followed" => true,
            "WinProbability" or "MinimumWinProbability" or "MaximumWinProbability" => 40,
            "Emails" when property.PropertyType == typeof(string) => "a@example.com",
            "Emails" when IsSearch(type) => new[] { "a@example.com" },
            "Emails" => new[] { new CopperEmail { Email = $"{Guid.NewGuid():n}@example.com", Category = "work" } },
            "Email" => new CopperEmail { Email = "lead@example.com", Category = "work" },
            "EmailDomain" or "EmailDomains" => $"{Guid.NewGuid():n}.example",
            "PhoneNumbers" => new[] { new CopperPhoneNumber { Number = "415-555-0101", Category = "mobile" } },
            "PhoneNumber" => "4155550101",
            "Socials" when IsSearch(type) => new[] { "https://linkedin.com/in/ada" },
            "Socials" => new[] { new CopperSocial { Url = "https://linkedin.com/in/ada", Category = "linkedin" } },
            "Websites" => new[] { new CopperWebsite { Url = "https://example.com", Category = "work" } },
            "Address" => new CopperAddress { Street = "1 Main St", City = "Paris", Country = "FR" },
            "Country" => "FR",
            "Tags" => new[] { "typed", "tested" },
            "CloseDate" when !IsSearch(type) => new DateTime(2031, 2, 3, 0, 0, 0, DateTimeKind.Unspecified),
            _ when property.PropertyType == typeof(DateTimeOffset?) => DateTimeOffset.FromUnixTimeSeconds(1_900_000_000),
            _ when property.PropertyType == typeof(decimal?) => 1250.5m,
            _ when property.PropertyType == typeof(long?) => 7L,
            _ when property.PropertyType == typeof(int?) => 7,
            _ when property.PropertyType == typeof(bool?) => true,
            _ when property.PropertyType == typeof(string) => property.Name + " of a test",
            _ => throw new InvalidOperationException($"There is no value for {type.Name}.{property.Name} yet: add one here."),
        };
    }

    private static async Task<long> IdAsync<T>(RecordEndpoint<T> endpoint)
        where T : class, ICopperRecord
    {
        await foreach (var record in endpoint.Search(new SearchQuery { First = 1 }))
        {
            return record.Id;
        }

        throw new InvalidOperationException("The demo account has none.");
    }
}
