using Copper.Client;
using Copper.Client.Metadata;
using Copper.Data.Columns;

namespace Copper.Data.Snapshots;

/// <summary>The properties that are restored: by the names of fields, of the properties that show them, or of custom fields.</summary>
internal sealed class PropertyFilter
{
    private readonly HashSet<string>? _names;

    private PropertyFilter(HashSet<string>? names) => _names = names;

    /// <summary>A filter of these names; null for all.</summary>
    /// <exception cref="SnapshotException">No entity has a property of a name that can be written.</exception>
    public static PropertyFilter Of(IReadOnlyCollection<string>? names, IReadOnlyList<CopperEntity> entities, CopperMetadata metadata)
    {
        if (names is null)
        {
            return new PropertyFilter(null);
        }

        var fields = entities.SelectMany(static entity => RecordFields.Writable(entity.Name)).Distinct()
            .Where(static field => field != RecordFields.CustomFields).ToArray();
        var custom = (metadata.CustomFieldDefinitions.Peek() ?? []).Select(static field => field.Name).OfType<string>().ToArray();
        var wanted = new HashSet<string>(StringComparer.Ordinal);
        foreach (var name in names)
        {
            var found = fields.Where(field => WordsOf(field).Contains(Squeeze(name)))
                .Concat(custom.Where(field => Squeeze(field) == Squeeze(name)).Select(Custom)).ToArray();
            if (found.Length == 0)
            {
                throw new SnapshotException(
                    $"No property '{name}' can be restored. Those that can: {string.Join(", ", fields.Select(Pascal).Concat(custom))}.");
            }

            wanted.UnionWith(found);
        }

        return new PropertyFilter(wanted);
    }

    /// <summary>The field is restored.</summary>
    public bool Has(string field) => _names is null || _names.Contains(field);

    /// <summary>The custom field of this name is restored.</summary>
    public bool HasField(string? name) => _names is null || (name is not null && _names.Contains(Custom(name)));

    private static string Custom(string name) => "custom:" + Squeeze(name);

    /// <summary>assignee_id is also Assignee, pipeline_stage_id Stage, emails Email.</summary>
    private static IEnumerable<string> WordsOf(string field)
    {
        yield return Squeeze(field);
        if (field.EndsWith("_id", StringComparison.Ordinal))
        {
            yield return Squeeze(field.Substring(0, field.Length - 3));
        }

        if (field == "pipeline_stage_id")
        {
            yield return "stage";
        }

        if (field.EndsWith("s", StringComparison.Ordinal))
        {
            yield return Squeeze(field.Substring(0, field.Length - 1));
        }
    }

    private static string Squeeze(string name) => new([.. name.Where(char.IsLetterOrDigit).Select(char.ToLowerInvariant)]);

    private static string Pascal(string field) => string.Concat(
        (field.EndsWith("_id", StringComparison.Ordinal) ? field.Substring(0, field.Length - 3) : field).Split('_')
            .Select(static word => char.ToUpperInvariant(word[0]) + word.Substring(1)));
}
