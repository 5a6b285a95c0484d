using Copper.Client.Models;

namespace Copper.Client;

/// <summary>What is to change on a webhook subscription. The kind of record and the kind of change are fixed.</summary>
public sealed class WebhookUpdate : WebhookFields, IRecordChanges<CopperWebhook>;
