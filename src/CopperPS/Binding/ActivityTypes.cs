using System.Collections;
using System.Globalization;
using System.Management.Automation;
using Copper.Client;
using Copper.Client.Metadata;
using Copper.Client.Models;

namespace CopperPS.Binding;

/// <summary>
/// Converts <c>-ActivityType</c> into the form of the service: <c>{category, id}</c>, since ids are unique only within a category.
/// </summary>
internal static class ActivityTypes
{
    /// <summary>The category of what users log; the only one that can be written. The API's word is that of users.</summary>
    public const string User = CopperEntityNames.User;

    /// <summary>The category of what Copper logs by itself.</summary>
    public const string System = "system";

    /// <summary>A note, the one type that every account has.</summary>
    public static JsonBody Note => Body(User, 0);

    /// <summary>A type to search for: of any category, and it may be disabled.</summary>
    public static async Task<JsonBody> FindAsync(NameResolver resolver, CopperReference reference, CancellationToken cancellationToken)
    {
        if (WithoutName(reference) is { } type)
        {
            return type;
        }

        var (category, name) = Split(reference.Name!);
        var found = await resolver
            .FindActivityTypeAsync(name, category, reference.Source, reference.Name, cancellationToken)
            .ConfigureAwait(false);
        return Body(found.Category ?? User, found.Id);
    }

    /// <summary>A type for a new activity: one of the category user that is not disabled.</summary>
    public static async Task<JsonBody> FindForWritingAsync(
        NameResolver resolver, CopperReference reference, CancellationToken cancellationToken)
    {
        var type = WithoutName(reference);
        var (category, name) = type is null ? Split(reference.Name!) : ((string?)type["category"], string.Empty);
        if (category is not (null or User))
        {
            throw RequestValueConverter.Reject($"-ActivityType {reference}: only activities of the category user can be written, not "
                + $"of '{category}'.", reference.Source);
        }

        if (type is not null)
        {
            return type;
        }

        var found = await resolver
            .FindActivityTypeAsync(name, User, reference.Source, reference.Name, cancellationToken)
            .ConfigureAwait(false);
        return found.IsDisabled == true
            ? throw RequestValueConverter.Reject($"-ActivityType '{found.Name}' is disabled: it can be searched for, but not be used "
                + "for new activities.", reference.Source)
            : Body(User, found.Id);
    }

    /// <summary>A type given by its id, with or without a category, or by an object that has one; null when a name was given.</summary>
    private static JsonBody? WithoutName(CopperReference reference)
    {
        var parts = reference.Name?.Split(':');
        if (parts?.Length == 2 && long.TryParse(parts[1], NumberStyles.None, CultureInfo.InvariantCulture, out var id))
        {
            return Body(parts[0].Trim().ToLowerInvariant(), id);
        }

        // 0 is a type, the note, although no record has the id 0.
        return string.IsNullOrEmpty(reference.Name)
            ? Body(
                CategoryOf(reference.Source) ?? User,
                reference is { Id: 0, EntityType: null or CopperEntityNames.ActivityType }
                    ? 0
                    : RequestValueConverter.IdOf(reference, CopperEntityNames.ActivityType))
            : null;
    }

    /// <summary>
    /// A category may stand before the name, as in system:Property Changed; the name of a type may have a colon of its own.
    /// </summary>
    private static (string? Category, string Name) Split(string text)
    {
        var category = new[] { User, System }.FirstOrDefault(word => text.StartsWith(word + ":", StringComparison.OrdinalIgnoreCase));
        return category is null ? (null, text) : (category, text.Substring(category.Length + 1).Trim());
    }

    private static JsonBody Body(string category, long id) => new() { ["category"] = category, ["id"] = id };

    private static string? CategoryOf(object? source) => source switch
    {
        null or string => null,
        IDictionary dictionary => dictionary["Category"]?.ToString(),
        _ => PSObject.AsPSObject(source).Properties["Category"]?.Value?.ToString(),
    };
}
