using Copper.Client.Hub.Models;
using Copper.Client.Json;

namespace Copper.Client.Hub;

/// <summary>Every kind of record of the CopperHub, a line each: its words, its model, and what the wire calls by another name.</summary>
public static class CopperHubEntities
{
    /// <summary>Organisations.</summary>
    public static CopperHubEntity<CopperHubOrganisation> Organisation { get; } = new(
        "hub organisation", "organisation", static (record, id) => record.Id = id);

    /// <summary>Projects.</summary>
    public static CopperHubEntity<CopperHubProject> Project { get; } = new(
        "hub project", "project", static (record, id) => record.Id = id);

    /// <summary>Tasks.</summary>
    public static CopperHubEntity<CopperHubTask> Task { get; } = new(
        "hub task", "task", static (record, id) => record.Id = id, static task =>
        {
            task.Name ??= Take(task.AdditionalMembers, "Subject");
            task.AdditionalMembers = NullIfEmpty(task.AdditionalMembers);
        });

    /// <summary>Comments on tasks.</summary>
    public static CopperHubEntity<CopperHubTaskComment> TaskComment { get; } = new(
        "hub task comment",
        "taskcomment",
        static (record, id) => record.Id = id,
        static comment =>
        {
            comment.Body ??= Take(comment.AdditionalMembers, "Body") ?? Take(comment.AdditionalMembers, "Subject");
            comment.AdditionalMembers = NullIfEmpty(comment.AdditionalMembers);
        });

    private static AdditionalMembers? NullIfEmpty(AdditionalMembers? members) => members is { Count: > 0 } ? members : null;

    private static string? Take(AdditionalMembers? members, string name)
    {
        if (members is null || !members.TryGetValue(name, out var value) || value is not string text)
        {
            return null;
        }

        _ = members.Remove(name);
        return text;
    }
}
