using System.Text.Json.Serialization;
using Copper.Client.Json;

namespace Copper.Client.Models;

/// <summary>What is read from the service. The readers are generated at compile time.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    GenerationMode = JsonSourceGenerationMode.Metadata,
    Converters =
    [
        typeof(TextConverter), typeof(WholeNumberConverter), typeof(NumberConverter), typeof(FlagConverter), typeof(TimestampConverter),
        typeof(CalendarDateConverter), typeof(ClrValueConverter),
    ])]
[JsonSerializable(typeof(CopperPerson))]
[JsonSerializable(typeof(CopperCompany))]
[JsonSerializable(typeof(CopperLead))]
[JsonSerializable(typeof(CopperOpportunity))]
[JsonSerializable(typeof(CopperProject))]
[JsonSerializable(typeof(CopperTask))]
[JsonSerializable(typeof(CopperActivity))]
[JsonSerializable(typeof(CopperWebhook))]
[JsonSerializable(typeof(CopperNotification))]
[JsonSerializable(typeof(CopperUser))]
[JsonSerializable(typeof(CopperAccount))]
[JsonSerializable(typeof(CopperActivityType))]
[JsonSerializable(typeof(CopperCustomActivityType))]
[JsonSerializable(typeof(CopperCustomFieldDefinition))]
[JsonSerializable(typeof(CopperLeadConversion))]
[JsonSerializable(typeof(CopperConnection))]
[JsonSerializable(typeof(CopperFile))]
[JsonSerializable(typeof(UploadTicket))]
[JsonSerializable(typeof(AdditionalMembers))]
[JsonSerializable(typeof(CopperTag))]
[JsonSerializable(typeof(CopperPipeline))]
[JsonSerializable(typeof(CopperPipelineStage))]
[JsonSerializable(typeof(CopperContactType))]
[JsonSerializable(typeof(CopperCustomerSource))]
[JsonSerializable(typeof(CopperLossReason))]
[JsonSerializable(typeof(CopperLeadStatus))]
[JsonSerializable(typeof(CopperFieldLayoutItem))]
[JsonSerializable(typeof(CopperRelatedItem))]
[JsonSerializable(typeof(object))]
internal sealed partial class CopperJsonContext : JsonSerializerContext;
