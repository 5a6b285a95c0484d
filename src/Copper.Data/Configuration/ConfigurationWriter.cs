using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Copper.Data.Configuration;

/// <summary>Writes a configuration as JSON that differs only where accounts do: sorted, without ids and times.</summary>
internal static class ConfigurationWriter
{
    /// <summary>Describes the file to editors, which check and complete it.</summary>
    public const string Schema = "https://raw.githubusercontent.com/copperps/CopperPS/main/docs/copper-configuration.schema.json";

    private const string Unfinished = ".tmp";

    public static void Save(CopperConfiguration configuration, string path)
    {
        // A reader finds the former file or the new one, whole.
        File.WriteAllText(path + Unfinished, TextOf(configuration), new UTF8Encoding(false));
        Plans.PrivateFile.Replace(path + Unfinished, path);
    }

    public static string TextOf(CopperConfiguration configuration)
    {
        using var stream = new MemoryStream();
        var options = new JsonWriterOptions { Indented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };
        using (var writer = new Utf8JsonWriter(stream, options))
        {
            writer.WriteStartObject();
            writer.WriteString("$schema", Schema);
            writer.WriteNumber("version", CopperConfiguration.CurrentVersion);
            Write(writer, ConfigurationReader.CustomFields, configuration.CustomFields, WriteField);
            Write(writer, ConfigurationReader.CustomActivityTypes, configuration.CustomActivityTypes, WriteType);
            Write(writer, ConfigurationReader.Webhooks, configuration.Webhooks, WriteWebhook);
            Write(writer, ConfigurationReader.Pipelines, configuration.Pipelines, WritePipeline);
            WriteNames(writer, ConfigurationReader.ContactTypes, configuration.ContactTypes);
            WriteNames(writer, ConfigurationReader.CustomerSources, configuration.CustomerSources);
            WriteNames(writer, ConfigurationReader.LeadStatuses, configuration.LeadStatuses);
            WriteNames(writer, ConfigurationReader.LossReasons, configuration.LossReasons);
            writer.WriteEndObject();
        }

        // The writer ends lines as the machine does; a file that is compared must not depend on it.
        return Encoding.UTF8.GetString(stream.ToArray()).Replace("\r\n", "\n") + "\n";
    }

    private static void WriteField(Utf8JsonWriter writer, ConfiguredField field)
    {
        writer.WriteString("name", field.Name);
        WriteOptional(writer, "key", field.Key);
        writer.WriteString("type", field.Type);
        WriteNames(writer, "availableOn", field.AvailableOn);
        writer.WriteBoolean("filterable", field.IsFilterable);
        WriteOptional(writer, "currency", field.Currency);
        WriteNames(writer, "options", field.Options);
        WriteOptional(writer, "connectedTo", field.ConnectedTo);
    }

    private static void WriteType(Utf8JsonWriter writer, ConfiguredActivityType type)
    {
        writer.WriteString("name", type.Name);
        WriteOptional(writer, "icon", type.Icon);
        writer.WriteBoolean("disabled", type.IsDisabled);
        writer.WriteBoolean("interaction", type.IsInteraction);
    }

    private static void WriteWebhook(Utf8JsonWriter writer, ConfiguredWebhook webhook)
    {
        writer.WriteString("type", webhook.Type);
        writer.WriteString("event", webhook.Event);
        writer.WriteString("target", webhook.Target);
        writer.WriteBoolean("computedCustomFields", webhook.ComputedCustomFields);
        writer.WriteBoolean("hasSecret", webhook.HasSecret);
        writer.WriteBoolean("hasHeaders", webhook.HasHeaders);
    }

    private static void WritePipeline(Utf8JsonWriter writer, ConfiguredPipeline pipeline)
    {
        writer.WriteString("name", pipeline.Name);
        WriteOptional(writer, "type", pipeline.Type);
        Write(writer, "stages", pipeline.Stages, static (writer, stage) =>
        {
            writer.WriteString("name", stage.Name);
            if (stage.WinProbability is { } probability)
            {
                writer.WriteNumber("winProbability", probability);
            }
        });
    }

    private static void Write<T>(Utf8JsonWriter writer, string name, IReadOnlyList<T>? items, Action<Utf8JsonWriter, T> write)
    {
        if (items is null)
        {
            return;
        }

        writer.WriteStartArray(name);
        foreach (var item in items)
        {
            writer.WriteStartObject();
            write(writer, item);
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
    }

    private static void WriteNames(Utf8JsonWriter writer, string name, IReadOnlyList<string>? names)
    {
        if (names is null)
        {
            return;
        }

        writer.WriteStartArray(name);
        foreach (var item in names)
        {
            writer.WriteStringValue(item);
        }

        writer.WriteEndArray();
    }

    private static void WriteOptional(Utf8JsonWriter writer, string name, string? value)
    {
        if (value is not null)
        {
            writer.WriteString(name, value);
        }
    }
}
