using System.Collections;
using System.Globalization;
using System.Management.Automation;
using Copper.Client.Json;
using CopperPS.Abstractions;
using CopperPS.Binding;

namespace CopperPS.Activities;

/// <summary>Makes of <c>-ActivityType</c> what the service wants: <c>{category, id}</c>, since ids are unique only within a category.</summary>
internal static class ActivityTypes
{
    /// <summary>What people write down; the only category that can be written.</summary>
    private const string User = "user";

    /// <summary>A note, the one type that every account has.</summary>
    public static JsonBody Note => Body(User, 0);

    /// <summary>A type to search for.</summary>
    public static JsonBody Of(CopperReference reference)
    {
        var parts = reference.Name?.Split(':');
        if (parts?.Length == 2 && long.TryParse(parts[1], NumberStyles.None, CultureInfo.InvariantCulture, out var id))
        {
            return Body(parts[0].Trim().ToLowerInvariant(), id);
        }

        // 0 is a type, the note, although no record has the id 0.
        return Body(CategoryOf(reference.Source) ?? User, reference is { Id: 0, EntityType: null or "activity type" } ? 0 : WireValues.IdOf(reference, "activity type"));
    }

    /// <summary>A type for a new activity.</summary>
    public static JsonBody OfWritten(CopperReference reference)
    {
        var type = Of(reference);
        return type["category"] is User
            ? type
            : throw WireValues.Refuse($"-ActivityType {reference}: only activities of the category user can be written, not of '{type["category"]}'.", reference.Source);
    }

    private static JsonBody Body(string category, long id) => new() { ["category"] = category, ["id"] = id };

    private static string? CategoryOf(object? source) => source switch
    {
        null or string => null,
        IDictionary dictionary => dictionary["Category"]?.ToString(),
        _ => PSObject.AsPSObject(source).Properties["Category"]?.Value?.ToString(),
    };
}
