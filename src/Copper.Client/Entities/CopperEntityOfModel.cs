using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Copper.Client.Json;
using Copper.Client.Models;

namespace Copper.Client;

/// <summary>A kind of record with its model.</summary>
/// <typeparam name="T">The model.</typeparam>
public sealed class CopperEntity<T> : CopperEntity
    where T : class, ICopperRecord
{
    internal CopperEntity(string name, string path, JsonTypeInfo<T> item, params string[] sortFields)
        : base(name, path, sortFields)
    {
        Item = item;
    }

    /// <inheritdoc/>
    public override Type ModelType => typeof(T);

    /// <summary>The JSON contract of the model.</summary>
    internal JsonTypeInfo<T> Item { get; }

    /// <summary>
    /// Tells apart the rows of a search that have one id: those of different numbers are not the same. Null where an id comes once.
    /// </summary>
    internal Func<T, JsonBody, long>? RowOf { get; init; }

    /// <summary>Reads the dates of creation and of the last update; null where the model has none.</summary>
    internal Func<T, (DateTimeOffset? Created, DateTimeOffset? Modified)>? Dates { get; init; }

    /// <inheritdoc/>
    public override (DateTimeOffset? Created, DateTimeOffset? Modified) DatesOf(ICopperRecord record) => record is T model
        ? Dates?.Invoke(model) ?? (null, null)
        : throw new ArgumentException($"This is no {Name} but {CopperEntityNames.WithArticle(record.GetEntityType())}.", nameof(record));

    /// <inheritdoc/>
    public override ICopperRecord Read(JsonBody members)
    {
        try
        {
            return ResponseReader.Read(members.ToUtf8(), CopperJson.TypeOf<T>());
        }
        catch (JsonException exception)
        {
            throw new ArgumentException($"This is no {Name}: {exception.Message}", nameof(members), exception);
        }
    }

    /// <inheritdoc/>
    internal override ICopperRecord Read(RecordReader records, byte[] json) => records.ReadKept<T>(json);

    /// <inheritdoc/>
    public override JsonBody Write(ICopperRecord record) => record is T model
        ? JsonBody.Parse(JsonSerializer.Serialize(model, CopperJson.TypeOf<T>()))
        : throw new ArgumentException($"This is no {Name} but {CopperEntityNames.WithArticle(record.GetEntityType())}.", nameof(record));
}
