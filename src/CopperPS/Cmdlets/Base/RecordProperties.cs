using System.Collections.Concurrent;
using System.Reflection;

namespace CopperPS.Cmdlets.Base;

/// <summary>The properties of models by name, found once per type.</summary>
internal static class RecordProperties
{
    private static readonly ConcurrentDictionary<(Type Model, string Name), PropertyInfo?> Found = new();

    /// <summary>The property; null when the model has none of the name.</summary>
    public static PropertyInfo? Find(Type model, string name) =>
        Found.GetOrAdd((model, name), static key => key.Model.GetProperty(key.Name, BindingFlags.Instance | BindingFlags.Public));

    /// <summary>What stands in the property; null when there is none of the name.</summary>
    public static object? ValueOf(object record, string name) => Find(record.GetType(), name)?.GetValue(record);
}
