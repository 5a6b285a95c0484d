using static Copper.Sandbox.Accounts.Attributes;

namespace Copper.Sandbox.Accounts;

internal static partial class EntitySchemas
{
    public static EntitySchema CustomFieldDefinition => Settings.CustomFieldDefinition;

    public static EntitySchema CustomActivityType => Settings.CustomActivityType;

    public static EntitySchema Webhook => Settings.Webhook;

    private static class Settings
    {
        private static readonly WordType IconType = new(
            "Message", "Phone", "Event", "Assignment", "Assessment", "Group", "Description", "Speaker Notes", "Forum",
            "Web", "Loyalty", "Content Paste", "Headset", "Share", "Navigation", "Notification", "Voicemail", "Room",
            "Edit", "Send", "Videocam", "Play Arrow", "Grocery Store", "Mic", "Camera Mic", "Todo");

        public static readonly EntitySchema CustomFieldDefinition = new(
            "custom_field_definition",
            "custom_field_definitions",
            Id,
            Name,
            WriteOnce("canonical_name", Text),
            new("data_type", new WordType([.. CustomFieldDataTypes.Creatable]), AttributeAccess.Required),
            Write("available_on", new StringArrayType("lead", "person", "opportunity", "company", "project", "task")),
            Write("is_filterable", Flag),
            new("options", new CustomFieldOptionsType(), AttributeAccess.Writable, OmittedWhenNull: true),
            new("currency", Text, AttributeAccess.Writable, OmittedWhenNull: true),
            new("connected_id", IntegerType.Any, AttributeAccess.ReadOnly, OmittedWhenNull: true))
        {
            Rules = new CustomFieldDefinitionRules(),
        };

        public static readonly EntitySchema CustomActivityType = new(
            "custom_activity_type",
            "custom_activity_types",
            Id,
            Derived("company_id", IntegerType.Any, (account, _, _) => account.Id),
            new("icon_type", IconType, AttributeAccess.Required),
            Read("is_disabled", Flag),
            Read("is_interaction", Flag),
            Name,
            new("is_default_task_type", Flag, AttributeAccess.ReadOnly, IsNullInsteadOfFalse: true));

        public static readonly EntitySchema Webhook = new(
            "webhook",
            "webhooks",
            Id,
            new("target", new WebhookTargetType(), AttributeAccess.Required),
            new("type", new WordType("lead", "person", "company", "opportunity", "project", "task", "activity_log"),
                AttributeAccess.RequiredCreateOnly),
            new("event", new WordType("new", "update", "delete"), AttributeAccess.RequiredCreateOnly),
            Write("secret", new StringMapType()),
            new("headers", new StringMapType(), AttributeAccess.Writable, OmittedWhenNull: true),
            new("custom_field_computed_values", Flag, AttributeAccess.Writable, OmittedWhenNull: true, IsNullInsteadOfFalse: true),
            Date("created_at"))
        {
            Rules = new WebhookRules(),
        };
    }
}
