using System.Text.Json;
using Copper.Sandbox.Json;
using Copper.Sandbox.Values;

namespace Copper.Sandbox.Accounts;

/// <summary>The id of something else in the account; an id that points nowhere is rejected.</summary>
internal sealed class ReferenceType(string target, Func<Account, long, bool> exists) : AttributeType
{
    public static ReferenceType User { get; } = new("user", (account, id) => account.Users.Contains(id));

    public static ReferenceType ContactType { get; } = new("contact type", (account, id) => account.ContactTypes.Contains(id));

    public static ReferenceType CustomerSource { get; } = new("customer source", (account, id) => account.CustomerSources.Contains(id));

    public static ReferenceType LossReason { get; } = new("loss reason", (account, id) => account.LossReasons.Contains(id));

    public static ReferenceType LeadStatus { get; } = new("lead status", (account, id) => account.LeadStatuses.Contains(id));

    public static ReferenceType Pipeline { get; } = new("pipeline", (account, id) => account.FindPipeline(id) is not null);

    public static ReferenceType PipelineStage { get; } = new("pipeline stage", (account, id) => account.FindStage(id) is not null);

    public static ReferenceType Company { get; } = new("company", (account, id) => account.Companies.Find(id) is not null);

    public static ReferenceType Person { get; } = new("person", (account, id) => account.People.Find(id) is not null);

    /// <summary>What the id belongs to.</summary>
    public string Target { get; } = target;

    public override object? Read(JsonElement json, AttributeReading reading)
    {
        if (!JsonValues.TryGetInteger(json, out long id) || id <= 0)
        {
            return reading.Fail($"Invalid value for {reading.Label}: IDs must be positive integers: {JsonValues.Show(json)}");
        }

        return exists(reading.Account, id) ? Boxed.Integer(id)
            : reading.Fail($"Invalid value for {reading.Label}: no {Target} with id {JsonValues.Show(json)}");
    }

    public override void Write(Utf8JsonWriter writer, object value) => writer.WriteNumberValue((long)value);
}
