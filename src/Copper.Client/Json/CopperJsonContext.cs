using System.Text.Json.Serialization;
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
[JsonSerializable(typeof(AdditionalMembers))]
[JsonSerializable(typeof(List<AdditionalMembers>))]
[JsonSerializable(typeof(object))]
internal sealed partial class CopperJsonContext : JsonSerializerContext;
