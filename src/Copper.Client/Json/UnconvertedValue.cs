using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace Copper.Client.Json;

/// <summary>
/// Keeps a value that cannot be converted to the type of its property: the converter, which cannot see the record, notes it, and the
/// property's setter, which runs next on the same thread, puts it among the record's additional members under its name on the wire.
/// </summary>
internal static class UnconvertedValue
{
    [ThreadStatic]
    private static object? _noted;

    /// <summary>Reads past a value that cannot be converted, and notes it. A null can be converted to every type.</summary>
    public static void Keep(ref Utf8JsonReader reader) => _noted = ClrValueConverter.ReadValue(ref reader);

    /// <summary>Notes this in place of the value itself.</summary>
    public static void Note(object value) => _noted = value;

    /// <summary>What was noted last, once; null when nothing was.</summary>
    public static object? Take()
    {
        var noted = _noted;
        if (noted is not null)
        {
            _noted = null;
        }

        return noted;
    }

    /// <summary>
    /// A contract modifier: the setters of the type keep what cannot be converted, and secrets among the additional members are masked.
    /// </summary>
    public static void KeepIn(JsonTypeInfo type)
    {
        if (type.Kind != JsonTypeInfoKind.Object
            || type.Properties.FirstOrDefault(static property => property.IsExtensionData) is not { Get: { } get, Set: { } put })
        {
            return;
        }

        type.OnDeserialized = record =>
        {
            (record as IHoldsSecrets)?.RedactSecrets();
            Redaction.RedactMembers(get(record) as AdditionalMembers);
        };
        foreach (var property in type.Properties)
        {
            // Text takes every value; plain values are what they are.
            if (!property.IsExtensionData
                && property.Set is { } set
                && property.PropertyType != typeof(string)
                && property.PropertyType != typeof(object))
            {
                var name = property.Name;
                property.Set = (record, value) =>
                {
                    set(record, value);
                    if (Take() is { } noted)
                    {
                        if (get(record) is not AdditionalMembers members)
                        {
                            put(record, members = []);
                        }

                        members[name] = noted;
                    }
                };
            }
        }
    }
}
