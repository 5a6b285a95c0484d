using System.Globalization;
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
            task.ProjectId ??= ProjectOf(task.Page);
            task.AdditionalMembers = NullIfEmpty(task.AdditionalMembers);
        });

    /// <summary>Comments on tasks.</summary>
    public static CopperHubEntity<CopperHubTaskComment> TaskComment { get; } = new(
        "hub task comment",
        "taskcomment",
        static (record, id) => record.Id = id,
        static comment =>
        {
            // What was written comes back under another name; the same text is shown once.
            comment.Body ??= Text(comment.AdditionalMembers, "Body") ?? Text(comment.AdditionalMembers, "Subject");
            RemoveCopy(comment.AdditionalMembers, "Body", comment.Body);
            RemoveCopy(comment.AdditionalMembers, "Subject", comment.Body);
            comment.AdditionalMembers = NullIfEmpty(comment.AdditionalMembers);
        });

    private static AdditionalMembers? NullIfEmpty(AdditionalMembers? members) => members is { Count: > 0 } ? members : null;

    /// <summary>
    /// Reading a task is documented without its project, which stands only in the address of its page: …&amp;projectid=121.
    /// </summary>
    private static long? ProjectOf(Uri? page)
    {
        const string Key = "projectid=";
        var parts = page?.OriginalString.Split('?', '&', '#') ?? [];
        var part = Array.FindLast(parts, static part => part.StartsWith(Key, StringComparison.OrdinalIgnoreCase));
        var text = part?.Substring(Key.Length);
        return long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var id) && id > 0 ? id : null;
    }

    private static string? Text(AdditionalMembers? members, string name) =>
        members is not null && members.TryGetValue(name, out var value) ? value as string : null;

    private static string? Take(AdditionalMembers? members, string name)
    {
        var text = Text(members, name);
        RemoveCopy(members, name, text);
        return text;
    }

    private static void RemoveCopy(AdditionalMembers? members, string name, string? text)
    {
        if (text is not null && Text(members, name) == text)
        {
            _ = members!.Remove(name);
        }
    }
}
