using System.Globalization;
using System.Text;
using Copper.Client;
using Copper.Client.Json;

namespace Copper.Data.Plans;

/// <summary>
/// The lines of a journal: the plan, then for each request a line before it is sent and a line once its response has come. The last line
/// may be torn, since the process may end at any moment.
/// </summary>
internal sealed class JournalFile
{
    public const string PlanKind = "plan";
    public const string StepKind = "step";
    public const string StartKind = "start";
    public const string BeginKind = "begin";
    public const string EndKind = "end";
    private const long Version = 1;

    private readonly SpilledList<CopperPlanStep> _steps = SpilledSteps.New();
    private readonly List<CopperJournalEntry> _entries = [];
    private readonly Dictionary<long, List<CopperJournalEntry>> _byRequest = [];
    private long _planned = -1;

    /// <summary>The plan that the journal is of; null when none was written, or not all of it.</summary>
    public ChangePlan? Plan { get; private set; }

    /// <summary>The requests, in the order in which they were sent.</summary>
    public IReadOnlyList<CopperJournalEntry> Entries => _entries;

    /// <summary>The number of the last request.</summary>
    public long LastRequest { get; private set; }

    /// <summary>The length of the file without a torn last line, in bytes.</summary>
    public long SoundLength { get; private set; }

    /// <summary>Reads a journal, also while it is being written.</summary>
    /// <exception cref="PlanException">The file is no journal, or is damaged.</exception>
    public static JournalFile Read(string path)
    {
        using var stream = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        var file = new JournalFile();
        var reader = new LineReader(stream);
        var number = 0;
        while (reader.TryRead(out var bytes))
        {
            number++;
            var line = Encoding.UTF8.GetString(bytes.Array!, bytes.Offset, bytes.Count).Trim();
            if (line.Length > 0)
            {
                file.ReadLine(path, number, line);
            }

            file.SoundLength = reader.Next;
        }

        // The first line of a journal is its head, whatever a file of other lines holds.
        if (file._planned < 0 && (number > 0 || reader.IsTorn))
        {
            throw new PlanException($"'{path}' is no journal.") { JournalPath = path };
        }

        file.Know(path);
        return file;
    }

    /// <summary>Where the entries come from, and the names by which they show the records that they point to.</summary>
    private void Know(string path)
    {
        var names = new Dictionary<RecordEnd, string>();
        foreach (var entry in _entries)
        {
            if (entry is { Id: { } id, Name: { Length: > 0 } name })
            {
                names[new RecordEnd(entry.Entity, id)] = name;
            }

            entry.Journal = path;
            entry.Names = names;
        }
    }

    public static JsonBody Head(int steps) => new() { ["kind"] = PlanKind, ["version"] = Version, ["steps"] = steps,
        ["time"] = DateTimeOffset.UtcNow };

    public static JsonBody Line(CopperPlanStep step) => new() { ["kind"] = StepKind, ["step"] = step.ToJson() };

    public static JsonBody Begin(long request, DateTimeOffset time, IEnumerable<CopperJournalEntry> entries) => new()
    {
        ["kind"] = BeginKind,
        ["request"] = request,
        ["time"] = time,
        ["records"] = entries.Select(static entry => new JsonBody
        {
            ["step"] = entry.Step,
            ["action"] = entry.Action.ToString(),
            ["entity"] = entry.Entity,
            ["id"] = entry.Id,
            ["name"] = entry.Name,
            ["fields"] = entry.Fields,
            ["before"] = entry.BeforeImage,
            ["final"] = !entry.CanUndo,
            ["reason"] = entry.Reason,
            ["names"] = entry.ListNames,
        }).ToArray(),
    };

    public static JsonBody End(long request, IEnumerable<CopperJournalEntry> entries) => new()
    {
        ["kind"] = EndKind,
        ["request"] = request,
        ["time"] = DateTimeOffset.UtcNow,
        ["records"] = entries.Select(static entry => new JsonBody
        {
            ["status"] = entry.Status?.ToString(),
            ["id"] = entry.Id,
            ["reason"] = entry.Reason,
            ["after"] = entry.AfterImage,
        }).ToArray(),
    };

    private void ReadLine(string path, int number, string text)
    {
        try
        {
            var line = JsonBody.Parse(text);
            switch (line["kind"])
            {
                case PlanKind when line["version"] is not Version:
                    throw new PlanException(Advice.LaterVersion(path)) { JournalPath = path };
                case PlanKind:
                    _planned = (long)line["steps"]!;
                    break;
                case StepKind:
                    _steps.Add(CopperPlanStep.FromJson((string)line["step"]!));
                    break;
                case StartKind when _steps.Count == _planned:
                    Plan = new ChangePlan(_steps);
                    _steps.Dispose();
                    break;
                case BeginKind:
                    ReadBegin(line);
                    break;
                case EndKind:
                    ReadEnd(line);
                    break;
            }
        }
        catch (Exception exception) when (
            exception is ArgumentException or KeyNotFoundException or InvalidCastException or NullReferenceException)
        {
            throw new PlanException(
                string.Format(CultureInfo.InvariantCulture, "'{0}' is no journal, or is damaged: line {1} cannot be read.", path, number),
                    exception)
            {
                JournalPath = path,
            };
        }
    }

    private void ReadBegin(JsonBody line)
    {
        LastRequest = (long)line["request"]!;
        var time = DateTimeOffset.FromUnixTimeSeconds((long)line["time"]!);
        var begun = _byRequest[LastRequest] = [];
        foreach (var record in ((JsonArray)line["records"]!).OfType<AdditionalMembers>())
        {
            begun.Add(new CopperJournalEntry
            {
                Time = time,
                Request = LastRequest,
                Step = record["step"] as long?,
                Action = (PlanAction)Enum.Parse(typeof(PlanAction), (string)record["action"]!),
                Entity = (string)record["entity"]!,
                Id = record["id"] as long?,
                Name = record["name"] as string,
                Fields = BodyOf(record["fields"]),
                BeforeImage = BodyOf(record["before"]),
                CanUndo = record.TryGetValue("final", out var final) ? final is not true : true,
                Reason = record.TryGetValue("reason", out var reason) ? reason as string : null,
                ListNames = record.TryGetValue("names", out var names) && names is AdditionalMembers texts
                    ? texts.Where(static text => text.Value is string).ToDictionary(
                        static text => text.Key, static text => (string)text.Value!, StringComparer.Ordinal)
                    : null,
            });
        }

        _entries.AddRange(begun);
    }

    private void ReadEnd(JsonBody line)
    {
        var request = (long)line["request"]!;
        var entries = _byRequest[request];
        var results = ((JsonArray)line["records"]!).OfType<AdditionalMembers>().ToArray();
        foreach (var (entry, result) in entries.Zip(results, static (entry, result) => (entry, result)))
        {
            entry.Status = (PlanStatus)Enum.Parse(typeof(PlanStatus), (string)result["status"]!);
            entry.Id = result["id"] as long? ?? entry.Id;
            entry.Reason = result["reason"] as string ?? entry.Reason;
            entry.AfterImage = BodyOf(result["after"]);
        }
    }

    private static JsonBody? BodyOf(object? value)
    {
        if (value is not AdditionalMembers members)
        {
            return null;
        }

        var body = new JsonBody();
        foreach (var member in members)
        {
            body[member.Key] = member.Value;
        }

        return body;
    }
}
