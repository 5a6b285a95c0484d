using System.Text.Json;

namespace Copper.Sandbox.Accounts;

/// <summary>How the values of an attribute are checked, kept and written.</summary>
internal abstract class AttributeType
{
    /// <summary>The value of an attribute that was never set, or was cleared with null.</summary>
    public virtual object? Empty => null;

    /// <summary>Turns JSON (never null) into the value that is kept, or reports why that is impossible.</summary>
    public abstract object? Read(JsonElement json, AttributeReading reading);

    /// <summary>Writes that there is no value.</summary>
    public virtual void WriteNone(Utf8JsonWriter writer) => writer.WriteNullValue();

    /// <summary>Writes a kept value (never null).</summary>
    public abstract void Write(Utf8JsonWriter writer, object value);
}
