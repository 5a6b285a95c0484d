using System.Globalization;
using System.Text.Json;
using Copper.Sandbox.Accounts;
using Copper.Sandbox.Json;

namespace Copper.Sandbox.Webhooks;

/// <summary>Writes the notifications of the subscriptions of an account.</summary>
internal static class NotificationWriter
{
    private const int MostIds = 30;

    private static readonly EntitySchema Schema = EntitySchemas.Webhook;

    /// <summary>The notifications about the changes of one request, in the order of the changes.</summary>
    public static IReadOnlyList<Notification> Write(Account account, IReadOnlyList<SandboxChange> changes)
    {
        var webhooks = account.Table(Schema).All.OrderBy(webhook => webhook.Id).ToArray();
        if (changes.Count == 0 || webhooks.Length == 0)
        {
            return [];
        }

        var notifications = new List<Notification>();
        foreach (var alike in Group(account, changes))
        {
            foreach (var webhook in webhooks.Where(webhook => Concerns(webhook, alike[0])))
            {
                for (int start = 0; start < alike.Count; start += MostIds)
                {
                    notifications.Add(Write(account, webhook, alike.Skip(start).Take(MostIds).ToArray()));
                }
            }
        }

        return notifications;
    }

    private static bool Concerns(Record webhook, SandboxChange change) =>
        Schema.Get<string>(webhook, "type") == change.Type && Schema.Get<string>(webhook, "event") == change.Event;

    /// <summary>Neighbours that differ in nothing but the record go into one notification.</summary>
    private static List<List<SandboxChange>> Group(Account account, IReadOnlyList<SandboxChange> changes)
    {
        var groups = new List<List<SandboxChange>>();
        string? former = null;
        foreach (var change in changes)
        {
            string key = change.Type + " " + change.Event + " "
                + JsonText.Text(writer => WriteAttributes(writer, account, change, computedValues: false));
            if (key != former)
            {
                groups.Add([]);
            }

            groups[groups.Count - 1].Add(change);
            former = key;
        }

        return groups;
    }

    private static Notification Write(Account account, Record webhook, SandboxChange[] changes)
    {
        var secret = Schema.Get<KeyValuePair<string, string>[]>(webhook, "secret") ?? [];
        bool computedValues = Schema.Get<object>(webhook, "custom_field_computed_values") is true;
        byte[] body = JsonText.Bytes(writer =>
        {
            writer.WriteStartObject();
            writer.WriteStartArray("ids");
            foreach (var change in changes)
            {
                writer.WriteNumberValue(change.Id);
            }

            writer.WriteEndArray();
            writer.WriteString("type", changes[0].Type);
            writer.WriteString("event", changes[0].Event);
            writer.WriteNumber("subscription_id", webhook.Id);
            // Recorded notifications of new and deleted records have the member, too, with an empty object.
            writer.WritePropertyName("updated_attributes");
            WriteAttributes(writer, account, changes[0], computedValues);

            foreach (var pair in secret)
            {
                writer.WriteString(pair.Key, pair.Value);
            }

            writer.WriteString("timestamp", changes[0].Time.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture));
            writer.WriteEndObject();
        });
        return new Notification(
            webhook.Id,
            Schema.Get<string>(webhook, "target")!,
            Schema.Get<KeyValuePair<string, string>[]>(webhook, "headers") ?? [],
            body);
    }

    private static void WriteAttributes(Utf8JsonWriter writer, Account account, SandboxChange change, bool computedValues)
    {
        writer.WriteStartObject();
        foreach (var attribute in change.UpdatedAttributes)
        {
            writer.WritePropertyName(attribute.Key);
            if (attribute.Key == "custom_fields")
            {
                CustomFieldChanges.Write(writer, account, attribute.Value, computedValues);
            }
            else
            {
                writer.WriteStartArray();
                writer.WriteRawValue(attribute.Value.OldValue);
                writer.WriteRawValue(attribute.Value.NewValue);
                writer.WriteEndArray();
            }
        }

        writer.WriteEndObject();
    }
}
