using System.Globalization;
using Copper.Client;
using Copper.Client.Http;
using Copper.Client.Metadata;
using Copper.Client.Models;

namespace CopperPS.Cmdlets.FlatRecords;

/// <summary>
/// The names behind the ids in records. Each list is read when the first id asks for it, and once in total; an id that it
/// does not have – a user who left – stays as it is.
/// </summary>
internal sealed class FlatNames(CopperClient client, ILookUp lookUp, bool inUtc)
{
    private readonly Dictionary<string, Dictionary<(string? Scope, long Id), string>> _tables = [];

    public string? User(long? id) => Find(client.Metadata.Users, id, static user => [((null, user.Id), user.Name ?? user.Email)]);

    public string? ContactType(long? id) => Find(client.Metadata.ContactTypes, id, static item => [((null, item.Id), item.Name)]);

    public string? CustomerSource(long? id) => Find(client.Metadata.CustomerSources, id, static item => [((null, item.Id), item.Name)]);

    public string? LossReason(long? id) => Find(client.Metadata.LossReasons, id, static item => [((null, item.Id), item.Name)]);

    public string? LeadStatus(long? id) => Find(client.Metadata.LeadStatuses, id, static item => [((null, item.Id), item.Name)]);

    public string? Pipeline(long? id) => Find(client.Metadata.Pipelines, id, Pipelines);

    /// <summary>The pipelines bring their stages, so that one request serves for both.</summary>
    public string? Stage(long? id) => Find(client.Metadata.Pipelines, id, Pipelines, "stage");

    /// <summary>The name of a type of activities, whose ids are unique only within a category.</summary>
    public string? ActivityType(CopperActivityTypeKey? type)
    {
        var category = type?.Category ?? "user";
        var name = Find(client.Metadata.ActivityTypes, type?.Id, static item => [((item.Category, item.Id), item.Name)], category);
        return type is not null && name == Text(type.Id) ? type.ToString() : name;
    }

    /// <summary>A moment, to the second and without a zone, in the form that every spreadsheet and database reads: 2026-01-31 08:00:00.</summary>
    public string? Time(DateTimeOffset? time) => (inUtc ? time?.UtcDateTime : time?.LocalDateTime)?.ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture);

    /// <summary>A day: 2026-01-31. No zone shifts it.</summary>
    public static string? Day(DateTime? day) => day?.ToString(day.Value.TimeOfDay == TimeSpan.Zero ? "yyyy-MM-dd" : "yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture);

    private static IEnumerable<((string? Scope, long Id) Key, string? Name)> Pipelines(CopperPipeline pipeline) =>
        pipeline.Stages.Select(static stage => (((string?)"stage", stage.Id), stage.Name)).Prepend(((null, pipeline.Id), pipeline.Name));

    private static string? Text(long? id) => id?.ToString(CultureInfo.InvariantCulture);

    private string? Find<T>(MetadataList<T> list, long? id, Func<T, IEnumerable<((string? Scope, long Id) Key, string? Name)>> namesOf, string? scope = null)
        where T : class
    {
        if (id is null)
        {
            return null;
        }

        if (!_tables.TryGetValue(list.ItemName, out var table))
        {
            var wasKept = list.Peek() is not null;
            table = Read(list, namesOf);

            // What the session keeps may be older than the record.
            if (wasKept && !table.ContainsKey((scope, id.Value)))
            {
                list.Forget();
                table = Read(list, namesOf);
            }

            _tables.Add(list.ItemName, table);
        }

        return table.TryGetValue((scope, id.Value), out var name) ? name : Text(id);
    }

    private Dictionary<(string? Scope, long Id), string> Read<T>(MetadataList<T> list, Func<T, IEnumerable<((string? Scope, long Id) Key, string? Name)>> namesOf)
        where T : class
    {
        var table = new Dictionary<(string?, long), string>();
        try
        {
            foreach (var (key, name) in lookUp.Get(list.GetAsync).SelectMany(namesOf))
            {
                if (name is { Length: > 0 })
                {
                    table[key] = name;
                }
            }
        }
        catch (CopperException exception) when (exception is not CopperAuthenticationException)
        {
            lookUp.Warn($"No {list.ItemName} can be looked up, so ids stand in place of the names. {exception.Message}");
        }

        return table;
    }
}

/// <summary>How the cmdlet reads a list, and what it says when that fails.</summary>
internal interface ILookUp
{
    T Get<T>(Func<CancellationToken, Task<T>> read);

    void Warn(string message);
}
