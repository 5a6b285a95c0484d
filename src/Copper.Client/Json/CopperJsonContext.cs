using System.Text.Json.Serialization;
using Copper.Client.Crm.Files;
using Copper.Client.Crm.Models;
using Copper.Client.Webhooks;

namespace Copper.Client.Json;

/// <summary>The roster of what is read from the service. The readers are made at compile time.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    GenerationMode = JsonSourceGenerationMode.Metadata,
    Converters = [typeof(TextConverter), typeof(WholeNumberConverter), typeof(NumberConverter), typeof(FlagConverter), typeof(TimestampConverter), typeof(CalendarDateConverter), typeof(ClrValueConverter)])]
[JsonSerializable(typeof(CopperPerson))]
[JsonSerializable(typeof(List<CopperPerson>))]
[JsonSerializable(typeof(CopperCompany))]
[JsonSerializable(typeof(List<CopperCompany>))]
[JsonSerializable(typeof(CopperLead))]
[JsonSerializable(typeof(List<CopperLead>))]
[JsonSerializable(typeof(CopperOpportunity))]
[JsonSerializable(typeof(List<CopperOpportunity>))]
[JsonSerializable(typeof(CopperProject))]
[JsonSerializable(typeof(List<CopperProject>))]
[JsonSerializable(typeof(CopperTask))]
[JsonSerializable(typeof(List<CopperTask>))]
[JsonSerializable(typeof(CopperActivity))]
[JsonSerializable(typeof(List<CopperActivity>))]
[JsonSerializable(typeof(CopperWebhook))]
[JsonSerializable(typeof(List<CopperWebhook>))]
[JsonSerializable(typeof(CopperNotification))]
[JsonSerializable(typeof(CopperUser))]
[JsonSerializable(typeof(List<CopperUser>))]
[JsonSerializable(typeof(CopperAccount))]
[JsonSerializable(typeof(List<CopperTag>))]
[JsonSerializable(typeof(List<CopperPipeline>))]
[JsonSerializable(typeof(List<CopperPipelineStage>))]
[JsonSerializable(typeof(List<CopperContactType>))]
[JsonSerializable(typeof(List<CopperCustomerSource>))]
[JsonSerializable(typeof(List<CopperLossReason>))]
[JsonSerializable(typeof(List<CopperLeadStatus>))]
[JsonSerializable(typeof(ActivityTypeList))]
[JsonSerializable(typeof(CopperActivityType))]
[JsonSerializable(typeof(CopperCustomActivityType))]
[JsonSerializable(typeof(List<CopperCustomActivityType>))]
[JsonSerializable(typeof(CopperCustomFieldDefinition))]
[JsonSerializable(typeof(List<CopperCustomFieldDefinition>))]
[JsonSerializable(typeof(List<CopperFieldLayoutItem>))]
[JsonSerializable(typeof(CopperLeadConversion))]
[JsonSerializable(typeof(List<CopperRelatedItem>))]
[JsonSerializable(typeof(CopperConnection))]
[JsonSerializable(typeof(List<CopperConnection>))]
[JsonSerializable(typeof(CopperFile))]
[JsonSerializable(typeof(List<CopperFile>))]
[JsonSerializable(typeof(UploadTicket))]
[JsonSerializable(typeof(AdditionalMembers))]
[JsonSerializable(typeof(List<AdditionalMembers>))]
[JsonSerializable(typeof(object))]
internal sealed partial class CopperJsonContext : JsonSerializerContext;
