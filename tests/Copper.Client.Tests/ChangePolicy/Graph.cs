using System.Collections;
using System.Globalization;
using System.Reflection;
using Copper.Client.Json;
using Copper.Client.Models;

namespace Copper.Client.Tests.ChangePolicy;

/// <summary>A result laid out flat: each value under the path by which a user reaches it. Asking for a text of everything is part of
/// it.</summary>
internal sealed class Graph
{
    private readonly Dictionary<string, string?> _values = [];

    public Graph(object? root) => Add(string.Empty, root, 0);

    /// <summary>Path to text, without the members that the module does not know.</summary>
    public IReadOnlyDictionary<string, string?> Values => _values;

    /// <summary>The sets of members that the module does not know.</summary>
    public List<AdditionalMembers> Unknown { get; } = [];

    /// <summary>The pairs of secrets and headers, by name: their values are not shown.</summary>
    public List<string> SecretNames { get; } = [];

    private void Add(string path, object? value, int depth)
    {
        Assert.True(depth < 100, "The result goes round in a circle.");
        switch (value)
        {
            case null:
                _values[path] = null;
                return;
            case AdditionalMembers members:
                Unknown.Add(members);
                _ = members.ToString();
                foreach (var nested in members.Values)
                {
                    new Graph(nested).Unknown.ForEach(Unknown.Add);
                }

                return;
            case CopperSecretMap secrets:
                SecretNames.AddRange(secrets.Keys);
                return;
            case string or IFormattable or bool or Uri:
                _values[path] = Convert.ToString(value, CultureInfo.InvariantCulture);
                return;
            case IEnumerable list:
                _ = list.ToString();
                var position = 0;
                foreach (var item in list is CopperCustomFieldList fields ? fields.Concat(fields.WithoutValue) : list.Cast<object?>())
                {
                    Add($"{path}[{position++}]", item, depth + 1);
                }

                _values[path + ".Count"] = position.ToString(CultureInfo.InvariantCulture);
                return;
        }

        Assert.StartsWith("Copper.Client", value.GetType().Namespace, StringComparison.Ordinal);
        Assert.NotNull(value.ToString());
        foreach (var property in value.GetType().GetProperties(BindingFlags.Public | BindingFlags.Instance)
            .Where(static property => property.GetIndexParameters().Length == 0 && !IsFromElsewhere(property)))
        {
            if (property.PropertyType != typeof(AdditionalMembers) || property.GetValue(value) is not null)
            {
                Add($"{path}.{property.Name}", property.GetValue(value), depth + 1);
            }
        }
    }

    /// <summary>The name of a related record stands in no response of its own: the client remembers it from the record.</summary>
    private static bool IsFromElsewhere(PropertyInfo property) => property.Name == nameof(CopperRelatedItem.Name)
        && (property.DeclaringType == typeof(CopperRelatedItem) || property.DeclaringType == typeof(CopperRelatedResource));
}
